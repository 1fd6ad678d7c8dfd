"""定期调度: all units asked by a day, one send a unit, the silent named; a unit that sends empty words is caught."""

from datetime import date

import pytest

from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.proposals import steps as proposals
from huiyin.supervision import steps
from huiyin.supervision.dispatching import hollow
from huiyin.supervision.models import DispatchLine, DispatchSheet
from tests.stories import answering, handling, supervising
from tests.stories.moments import at


def told(event):
    return set(event.deliveries.values_list("receiver", flat=True))


class TestWhoIsAskedWhat:
    def test_every_answering_unit_gets_one_sheet_with_all_its_items(self, city):
        for title in ("关于甲的提案", "关于乙的提案"):
            handling.signed(city, handling.assigned(city, title=title, co=[city.police]))
        handling.signed(city, handling.assigned(city, title="关于丙的提案", lead=city.land))
        found = supervising.asked_in_a_round(city)
        lines = {sheet.unit: sheet.lines.count() for sheet in found.sheets.all()}
        assert lines == {city.education: 2, city.land: 1}
        event = Event.objects.get(code="dispatch.open", subject_id=found.pk)
        assert city.chen_jing.person.pk in told(event)
        assert city.he_shan.person.pk in told(event)
        assert city.sun_yue.person.pk not in told(event)

    def test_key_items_alone_units_alone_a_mark_alone(self, city):
        key = handling.signed(city, handling.assigned(city, title="关于重点的提案"))
        proposals.mark_key(key.proposal, actor=city.lin_lan, at=at("2020-03-20"), key=True)
        handling.signed(city, handling.assigned(city, title="关于别的提案", lead=city.land))
        reply = answering.issued(city, title="关于三年内的提案")
        asked = {
            name: set(DispatchLine.objects.filter(sheet__round=found).values_list("proposal", flat=True))
            for name, found in {
                "key": supervising.asked_in_a_round(
                    city, key_only=True, when="2020-04-11", due_on=date(2020, 4, 20)
                ),
                "units": supervising.asked_in_a_round(city, units=[city.land]),
                "mark": supervising.asked_in_a_round(
                    city, mark="B", when="2020-04-12", due_on=date(2020, 4, 20)
                ),
            }.items()
        }
        assert asked["key"] == {key.proposal_id}
        assert asked["mark"] == {reply.proposal.pk}
        assert len(asked["units"]) == 1

    def test_promises_that_fall_due(self, city):
        promise = answering.promise_in_force(city)
        given = {"when": "2021-12-01", "due_on": date(2021, 12, 10)}
        found = supervising.asked_in_a_round(city, promises_until=date(2021, 12, 31), **given)
        assert [line.promise for line in DispatchLine.objects.filter(sheet__round=found)] == [promise]
        with pytest.raises(Refused, match="放宽条件"):
            supervising.asked_in_a_round(city, promises_until=date(2021, 11, 30), **given)

    def test_only_the_office_asks_and_leaves_time(self, city):
        handling.signed(city)
        for other in (city.staff, city.chen_jing, city.mayor_wang, city.stranger):
            with pytest.raises(Refused, match="市政府办公室"):
                steps.dispatch.open_round(
                    city.plenary, actor=other, title="调度", asks="进度", due_on=date(2020, 4, 8)
                )
        with pytest.raises(Refused, match="不能早于"):
            supervising.asked_in_a_round(city, due_on=date(2020, 3, 31))


class TestAnswers:
    def test_one_send_for_all_lines_or_none(self, city):
        for title in ("关于甲的提案", "关于乙的提案"):
            handling.signed(city, handling.assigned(city, title=title))
        sheet = supervising.sheet_of(supervising.asked_in_a_round(city), city.education)
        first = sheet.lines.first()
        with pytest.raises(Refused, match="还有1项没有填"):
            steps.dispatch.answer(
                sheet,
                actor=city.chen_jing,
                lines=[{"line": first, "standing": "on_time", "text": "4月3日开工"}],
            )
        for other in (city.sun_yue, city.unit_without_share, city.stranger):
            with pytest.raises(Refused, match="承办单位联络员、承办人"):
                steps.dispatch.answer(sheet, actor=other, lines=[])
        sheet = supervising.answered(city, sheet, "4月3日开工，5月底完成主体")
        assert (sheet.late, sheet.answered_at) == (False, at("2020-04-03"))
        with pytest.raises(Refused, match="已经报送"):
            supervising.answered(city, sheet, "再报")

    def test_late_answers_say_so_and_the_silent_are_named(self, city):
        for title, lead in (("关于甲的提案", city.education), ("关于乙的提案", city.land)):
            handling.signed(city, handling.assigned(city, title=title, lead=lead))
        found = supervising.asked_in_a_round(city)
        with pytest.raises(Refused, match="还没有到"):
            steps.dispatch.close(found, actor=city.lin_lan, at=at("2020-04-08"))
        late = supervising.answered(
            city, supervising.sheet_of(found, city.education), "4月9日完成招标", when="2020-04-09"
        )
        assert late.late
        event = steps.dispatch.close(found, actor=city.lin_lan, at=at("2020-04-10"))
        assert event.facts["silent"] == [city.land.pk]
        assert "市自然资源局" in event.texts.get(name="silent_names").text
        assert list(DispatchSheet.objects.silent()) == [supervising.sheet_of(found, city.land)]
        with pytest.raises(Refused, match="已经结束"):
            supervising.answered(city, supervising.sheet_of(found, city.land), "补报", when="2020-04-11")

    def test_what_is_sent_back_is_owed_again_and_its_words_stay(self, city):
        handling.signed(city)
        sheet = supervising.sheet_of(supervising.asked_in_a_round(city), city.education)
        supervising.answered(city, sheet, "正在积极推进")
        sheet = steps.dispatch.send_back(
            sheet, actor=city.lin_lan, at=at("2020-04-04"), reason="请写时间"
        ).subject
        assert (list(DispatchSheet.objects.owed()), sheet.sent_back) == ([sheet], 1)
        supervising.answered(city, sheet, "5月20日前完成设计", when="2020-04-05")
        line = sheet.lines.get()
        assert line.hollow == ""
        texts = [
            event.texts.get(name=f"text{line.pk}").text
            for event in Event.objects.filter(code="dispatch.answer", subject_id=sheet.pk).order_by("id")
        ]
        assert texts == ["正在积极推进", "5月20日前完成设计"]


@pytest.mark.parametrize(
    ("text", "before", "why"),
    [
        ("高度重视，正在抓紧推进，确保取得实效", None, "nothing"),
        ("积极协调有关部门，加快工作进度", None, "nothing"),
        ("4月20日完成招标，5月进场", None, ""),
        ("已印发《实施方案》", None, ""),
        ("两所幼儿园已竣工", None, ""),
        ("4月20日完成招标", "4月20日完成招标。", "same"),
        ("高度重视。正在推进！", "高度重视，正在推进", "same"),
        ("4月28日完成招标", "4月20日完成招标", ""),
    ],
)
def test_words_without_a_day_a_number_or_a_document_are_empty(text, before, why):
    assert hollow(text, before) == why


def test_a_unit_that_sends_empty_words_twice_is_caught_the_second_time_by_both(city):
    handling.signed(city)
    first = supervising.asked_in_a_round(city)
    supervising.answered(city, supervising.sheet_of(first, city.education), "正在抓紧推进")
    second = supervising.asked_in_a_round(city, when="2020-05-04", due_on=date(2020, 5, 8))
    supervising.answered(
        city, supervising.sheet_of(second, city.education), "正在抓紧推进。", when="2020-05-06"
    )
    found = list(DispatchLine.objects.hollow().order_by("id").values_list("hollow", flat=True))
    assert found == ["nothing", "same"]
