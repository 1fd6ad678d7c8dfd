"""How long an item has been with its units and for how much of that the clock stood still, in the ledger."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import at as clock_at
from huiyin.handling import steps
from tests.people import City
from tests.stories import answering, handling
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
COLUMNS = "number,title,worked,stopped"


def days(city: City, title: str) -> tuple[str, str]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(city.lin_lan.person, "django.contrib.auth.backends.ModelBackend")
    page = BeautifulSoup(client.get("/ledger/", {"cols": COLUMNS}).content, "html.parser")
    heads = [cell.get_text(strip=True) for cell in page.select("thead th")]
    row = next(row for row in page.select("tbody tr") if title in row.get_text())
    cells = [cell.get_text(strip=True) for cell in row.select("td")]
    return cells[heads.index("办理工作日")], cells[heads.index("其中停表")]


def test_what_stands_still_is_said_beside_what_was_worked(city: City) -> None:
    share = handling.planned(city, title="关于校车的提案")
    begun = share.offered_at.date()
    with clock_at(date(2020, 3, 13)):
        whole = calendar_today().workdays_between(begun, date(2020, 3, 13))
        assert days(city, "关于校车的提案") == (str(whole), "")
    steps.pause(share, actor=city.lin_lan, at=at("2020-03-16"), reason="报请省厅", superior="省教育厅")
    with clock_at(date(2020, 3, 26)):
        assert days(city, "关于校车的提案") == (str(whole + 9), "8")  # still standing
    steps.resume(share, actor=city.lin_lan, at=at("2020-03-30"), outcome="已批复")
    with clock_at(date(2020, 4, 3)):
        assert days(city, "关于校车的提案") == (str(whole + 15), "10")


def test_once_everything_is_answered_the_days_stand(city: City) -> None:
    reply = answering.issued(city)
    share = reply.assignment
    spent = calendar_today().workdays_between(share.offered_at.date(), reply.issued_at.date())
    for day in (date(2020, 7, 1), date(2020, 12, 1)):
        with clock_at(day):
            assert days(city, share.proposal.title) == (str(spent), "")
