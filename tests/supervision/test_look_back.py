"""回头看: drawn by rule and seed, visited, redressed with proof, gone to see again; the seed nobody can choose."""

from datetime import date

import pytest

from huiyin.journal.models import Event, Seal
from huiyin.journal.step import Refused
from huiyin.people.steps import correct
from huiyin.supervision import steps
from huiyin.supervision.models import Inspection, SampledItem, Task
from huiyin.supervision.sampling import drawn
from tests.stories import answering, supervising
from tests.stories.moments import at


class TestTheDraw:
    def test_the_same_candidates_seed_and_share_give_the_same(self):
        keys = range(1, 437)
        assert drawn(keys, "20201020", 5) == drawn(reversed(keys), "20201020", 5)
        assert len(drawn(keys, "20201020", 5)) == 22
        assert drawn(keys, "20201020", 5) != drawn(keys, "20201021", 5)
        assert drawn([7], "x", 1) == [7]
        assert sorted(drawn(keys, "x", 100)) == list(keys)

    def test_rule_seed_and_candidates_stay_in_the_event(self, city):
        sample = supervising.sampled(city, count=3, share=34)
        event = Event.objects.get(code="look_back.draw")
        assert (sample.candidates, sample.items.count(), event.facts["seed"]) == (3, 2, "20200412")
        assert drawn(event.facts["candidates"], "20200412", 34) == event.facts["drawn"]
        stored = sample.items.order_by("place").values_list("proposal", flat=True)
        assert event.facts["drawn"] == list(stored)

    def test_without_a_seed_it_is_the_last_link_of_the_chain(self, city):
        answering.issued(city)
        last = Seal.objects.filter(jurisdiction=city.here).order_by("-seq")[0].hash
        sample = supervising.sampled(city, count=0, seed="")
        assert sample.seed == last[:32]

    def test_by_unit_mark_and_age(self, city):
        early = answering.issued(city, title="关于早的提案", mark="A")
        answering.issued(city, title="关于晚的提案", when="2020-04-11")

        def found(**rule):
            sample = supervising.sampled(city, count=0, title=f"抽查{rule}", **rule)
            return set(sample.items.values_list("proposal", flat=True))

        assert found(mark="A") == {early.proposal.pk}
        assert found(age=2) == {early.proposal.pk}
        assert len(found(unit=city.education)) == 2
        with pytest.raises(Refused, match="放宽条件"):
            found(age=60)

    def test_the_rule_says_what_a_mark_means(self, city):
        answering.issued(city, title="关于早的提案")
        sample = supervising.sampled(city, count=0, unit=city.education, mark="B")
        assert sample.rule == "市教育局承办的、办理结果为三年内基本解决（B）的、已答复的件中抽取100%"

    def test_units_neither_draw_nor_see_what_is_drawn(self, city):
        sample = supervising.sampled(city)
        with pytest.raises(Refused, match="这一步由"):
            steps.draw(city.plenary, actor=city.chen_jing, title="抽查", share=10)
        assert not SampledItem.objects.visible_to(city.chen_jing).exists()
        assert SampledItem.objects.visible_to(city.staff).count() == sample.items.count()
        assert not SampledItem.objects.visible_to(city.congress_staff).exists()
        with pytest.raises(Refused, match="1到100"):
            supervising.sampled(city, count=0, share=0)


class TestTheVisit:
    def test_well_or_wanting_with_its_photo(self, city):
        sample = supervising.sampled(city)
        well = supervising.visited(city, sample)
        wanting = supervising.visited(city, sample, wanting=True)
        assert (well.verdict, well.photos.count(), well.tasks.count()) == ("well", 1, 0)
        [task] = wanting.tasks.all()
        assert (task.unit, task.due_on) == (city.education, date(2020, 5, 13))
        assert not SampledItem.objects.to_visit().exists()
        with pytest.raises(Refused, match="已经走访"):
            steps.visit(well.sampled, actor=city.lin_lan, verdict="well", finding="再看")

    def test_redress_without_proof_is_not_accepted_on_the_units_word(self, city):
        wanting = supervising.visited(city, supervising.sampled(city), wanting=True)
        task = supervising.reported(city, wanting.tasks.get(), text="已整改到位", document_number="")
        with pytest.raises(Refused, match="补充佐证"):
            steps.task.accept(task, actor=city.lin_lan)
        assert list(Inspection.objects.made_good()) == []
        steps.task.send_back(task, actor=city.lin_lan, reason="请附照片", at=at("2020-05-01"))
        supervising.reported(
            city, task, attachments=[supervising.photo()], document_number="", when="2020-05-08"
        )
        steps.task.accept(task, actor=city.lin_lan, at=at("2020-05-09"))
        assert list(Inspection.objects.to_go_again()) == [wanting]
        assert [report.has_proof for report in task.reports.all()] == [False, True]

    def test_the_second_inspection_asks_again_while_it_is_wanting(self, city):
        wanting = supervising.visited(city, supervising.sampled(city), wanting=True)
        again = {"actor": city.lin_lan, "finding": "只挖了一个坑", "verdict": "wanting"}
        more = {"redress": "一个月内完工", "redress_due_on": date(2020, 7, 1)}
        with pytest.raises(Refused, match="整改还没有确认"):
            steps.inspect_again(wanting, **again, **more)
        task = supervising.reported(city, wanting.tasks.get())
        steps.task.accept(task, actor=city.lin_lan)
        second = steps.inspect_again(wanting, at=at("2020-06-01"), **again, **more).subject
        assert (second.again_of, second.look_back, second.tasks.count()) == (wanting, True, 1)
        assert list(Inspection.objects.to_go_again()) == []
        with pytest.raises(Refused, match="已经二次核查"):
            steps.inspect_again(wanting, **again, **more)
        assert list(Task.objects.open()) == [second.tasks.get()]

    def test_what_it_asks_for_moves_with_it_when_its_day_is_corrected(self, city):
        wanting = supervising.visited(city, supervising.sampled(city), wanting=True)
        task = supervising.reported(city, wanting.tasks.get(), when="2020-05-10")
        steps.task.accept(task, actor=city.lin_lan, at=at("2020-05-12"))
        second = steps.inspect_again(
            wanting,
            actor=city.lin_lan,
            at=at("2020-06-10"),
            finding="只挖了一个坑",
            verdict="wanting",
            redress="一个月内完工",
            redress_due_on=date(2020, 7, 10),
        ).subject
        for inspection, code, day in (
            (wanting, "look_back.visit", "2020-04-14"),
            (second, "inspection.again", "2020-06-01"),
        ):
            visited = Event.objects.get(code=code)
            correct(visited, actor=city.lin_lan, at=at("2020-06-20"), to=at(day), reason="日期写错")
            inspection.refresh_from_db()
            assert (inspection.at, inspection.tasks.get().given_at) == (at(day), at(day)), code
