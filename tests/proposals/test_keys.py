"""Numbers stand in the order in which an office counts them; titles are compared without spaces and punctuation."""

from django.http import QueryDict

from huiyin.desks.filters import Filters
from huiyin.proposals.keys import number_key, title_key
from tests.stories import intake


def test_numbers_are_counted_not_spelled():
    given = ["10", "闭字10", "", "2", "闭字2", "DH0271", "DH0027"]
    assert sorted(given, key=number_key) == ["2", "10", "DH0027", "DH0271", "闭字2", "闭字10", ""]


def test_width_and_punctuation_do_not_make_another_title():
    assert title_key("关于 ＡＢ“路灯”的建议。") == title_key("关于ab路灯的建议")


def test_the_ledger_stands_in_the_order_of_numbers(city):
    for count, number in enumerate(("10", "2", "闭字1")):
        intake.filed(city, title=f"关于第{count}件事的提案", number=number)
    intake.received(city, title="关于还没有编号的事的提案")
    rows = Filters(city.lin_lan, QueryDict(f"plenary={city.plenary.code}")).rows()
    assert [item.number for item in rows] == ["2", "10", "闭字1", ""]
