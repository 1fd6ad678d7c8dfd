"""Lead and co-units rate each other unseen; what units say of proposals goes to the assembly, never to the proposer."""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.desks.story import events_for
from huiyin.journal.models import Event
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.scores import steps
from huiyin.scores.models import PartnerRating, QualityRating
from huiyin.scores.sheets import sheet_of
from tests.stories import answering, handling
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
GOOD = {"problem": "good", "facts": "fair", "advice": "plain"}


def answered(city):
    """(the lead's share, the co-unit's), the answer of the lead out on 10 April."""
    share = answering.at_work(city, co=[city.police])
    co = handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
    answering.issued(city, share, when="2020-04-10")
    share.refresh_from_db()
    return share, co


def rated(city, by, who, about, when="2020-04-15", grade="basic", **more):
    return steps.rate_partner(by, actor=who, at=at(when), rated=about, grade=grade, **more)


class TestPartners:
    def test_neither_sees_the_others_before_both_are_in(self, city):
        lead, co = answered(city)
        with clock_at(date(2020, 4, 16)):
            event = rated(city, lead, city.chen_jing, co, reason="意见来得晚")
            first = event.subject
            assert list(PartnerRating.objects.visible_to(city.chen_jing)) == [first]
            assert not PartnerRating.objects.visible_to(city.sun_yue).exists()
            assert list(PartnerRating.objects.visible_to(city.lin_lan)) == [first]
            assert not event.deliveries.exists()
            assert sentence(event) == "市教育局评价了办理这一件的配合情况"
            second = rated(city, co, city.sun_yue, lead, grade="satisfied").subject
            for side in (city.chen_jing, city.sun_yue):
                assert set(PartnerRating.objects.visible_to(side)) == {first, second}
            for other in (city.chen_yiming, city.he_shan, city.mayor_wang, city.stranger):
                assert not PartnerRating.objects.visible_to(other).exists(), other.name

    def test_when_the_time_is_over_what_was_said_alone_is_seen_and_counts(self, city):
        lead, co = answered(city)
        rated(city, lead, city.chen_jing, co)
        with clock_at(date(2020, 4, 25)):
            assert not PartnerRating.objects.visible_to(city.sun_yue).exists()
        assert not self.line(city, date(2020, 4, 25)).applies
        with clock_at(date(2020, 4, 26)):
            assert PartnerRating.objects.visible_to(city.sun_yue).exists()
        assert [row.worth for row in self.line(city, date(2020, 4, 26)).rows] == [60]

    def line(self, city, as_of):
        [scored] = sheet_of(city.plenary, as_of, unit=city.police.pk).units
        return next(line for line in scored.result.lines if line.measure == "partner_rating")

    def test_after_the_answer_within_its_days_once_and_not_oneself(self, city):
        share = answering.at_work(city, co=[city.police])
        co = handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
        with pytest.raises(Refused, match="还没有答复"):
            rated(city, co, city.sun_yue, share)
        answering.issued(city, share, when="2020-04-10")
        with pytest.raises(Refused, match="4月25日截止"):
            rated(city, co, city.sun_yue, share, when="2020-04-26")
        with pytest.raises(Refused, match="一起主办、会办"):
            rated(city, co, city.sun_yue, co)
        rated(city, co, city.sun_yue, share)
        with pytest.raises(Refused, match="不能修改"):
            rated(city, co, city.sun_yue, share, grade="satisfied")

    def test_who_handles_alone_has_nobody_to_rate(self, city):
        share = answering.issued(city).assignment
        with pytest.raises(Refused, match="没有与本单位一起"):
            rated(city, share, city.chen_jing, share)


class TestQuality:
    def test_the_assembly_learns_of_it_and_the_proposer_does_not(self, city):
        lead, _ = answered(city)
        event = steps.rate_quality(lead, actor=city.zhou_ning, at=at("2020-04-15"), reason="数据偏旧", **GOOD)
        rating = event.subject
        assert str(rating) == "市教育局：问题找得准不准：好、情况摸得实不实：较好、建议可行不可行：一般"
        for reader in (city.staff, city.lin_lan, city.auditor, city.chen_jing):
            assert list(QualityRating.objects.visible_to(reader)) == [rating], reader.name
        for other in (city.chen_yiming, city.co_signer, city.sun_yue, city.congress_staff, city.mayor_wang):
            assert not QualityRating.objects.visible_to(other).exists(), other.name
        assert sentence(event) == "市教育局评价了提案质量"
        with pytest.raises(AlreadyDone, match="已经评价过"):
            steps.rate_quality(lead, actor=city.zhou_ning, at=at("2020-04-15"), **GOOD)

    def test_a_proposer_is_told_of_neither(self, city):
        lead, co = answered(city)
        steps.rate_quality(lead, actor=city.zhou_ning, at=at("2020-04-15"), **GOOD)
        rated(city, co, city.sun_yue, lead)
        own = Event.objects.filter(code__in=["quality.rate", "partner.rate"])
        assert own.count() == 2
        assert events_for(city.chen_jing).filter(pk__in=own).count() == 2
        assert not events_for(city.chen_yiming).filter(pk__in=own).exists()

    def test_before_the_item_is_known_there_is_nothing_to_say(self, city):
        share = handling.signed(city)
        with pytest.raises(Refused, match="不能评价提案质量"):
            steps.rate_quality(share, actor=city.zhou_ning, at=at("2020-03-05"), **GOOD)
