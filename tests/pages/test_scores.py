"""Unit scores on their pages: every number opens its rows, a unit appeals, the office rules, nobody sees too early."""

from datetime import date

import pytest
from django.urls import reverse

from huiyin.scores import steps
from huiyin.scores.models import Appeal, UnitScore
from huiyin.scores.sheets import sheet_of
from tests.pages.walking import Walker, address_of, words_on
from tests.pages.world import World


def test_every_number_of_the_dry_run_opens_its_rows(here: World) -> None:
    city, walker = here.city, Walker().is_(here.city.lin_lan)
    page = walker.sees(f"{reverse('desks:scores')}?plenary={city.plenary.code}")
    sheet = sheet_of(city.plenary, date(2020, 4, 14))
    assert len(page.select("tr[data-row]")) == len(sheet.units)
    for scored in sheet.units:
        address = reverse("desks:score_unit", args=[city.plenary.code, scored.unit.pk])
        of_unit = walker.sees(address)
        assert scored.unit.name in words_on(of_unit)
        for line in scored.result.lines:
            link = reverse("desks:score_rows", args=[city.plenary.code, scored.unit.pk, line.measure])
            assert [a for a in of_unit.find_all("a") if str(a.get("href", "")).startswith(link)], link
            if line.of <= 20:
                assert len(walker.sees(link).select("li[data-row]")) == line.of, line.label


def test_a_point_leads_to_the_item_and_to_the_event(here: World) -> None:
    city, walker = here.city, Walker().is_(here.city.lin_lan)
    address = reverse("desks:score_rows", args=[city.plenary.code, city.education.pk, "contact_made"])
    said = words_on(walker.sees(address))
    assert "计满" in said
    assert "座谈面商" in said
    late = reverse("desks:score_rows", args=[city.plenary.code, city.education.pk, "answered_in_time"])
    said = words_on(walker.sees(late))
    assert "期限6月2日" in said
    assert "市教育局已答复" in said


def test_a_report_that_is_missing_leads_to_its_promise_and_its_day(here: World) -> None:
    city, walker = here.city, Walker().is_(here.city.lin_lan)
    rows = reverse("desks:score_rows", args=["zx12-1", city.education.pk, "reports_in_time"])
    said = words_on(walker.sees(f"{rows}?as_of=2020-05-31"))
    for part in ("按期报告承诺进展 0 / 1", "建成老年大学 · 期限4月30日", "不得分", "承诺随答复生效"):
        assert part in said


def test_who_may_not_open_the_ratings_is_not_led_there(here: World) -> None:
    for who in (here.city.lin_lan, here.city.staff, here.city.mayor_wang, here.city.auditor):
        walker = Walker().is_(who)
        page = walker.sees(reverse("desks:scores"))
        for link in page.select("header.head .act a"):
            assert walker.client.get(str(link["href"])).status_code == 200, (who.role, link["href"])


@pytest.mark.parametrize("address", ["/scores/", "/figures/", "/figures/stock/"])
def test_a_day_beyond_all_calendars_is_today(here: World, address: str) -> None:
    walker = Walker().is_(here.city.lin_lan)
    assert walker.sees(f"{address}?as_of=9999-12-31").get_text() == walker.sees(address).get_text()


def test_a_unit_sees_its_own_score_and_appeals_and_the_office_rules(here: World) -> None:
    city, walker = here.city, Walker()
    own = UnitScore.objects.get(unit=city.education, sheet__label="季度考核")
    others = UnitScore.objects.get(unit=city.police, sheet__label="季度考核")
    walker.is_(city.chen_jing)
    assert "季度考核" in words_on(walker.sees(reverse("desks:scores")))
    assert walker.client.get(others.get_absolute_url()).status_code == 404
    page = words_on(walker.sees(own.get_absolute_url()))
    assert "件已送出" in page
    assert "等市政府办公室裁定" in page
    form = walker.sees(address_of(steps.appeal, own))
    assert "市教育局 季度考核（截至2020年4月12日）" in words_on(form)
    appeal = Appeal.objects.get(score=own)
    walker.is_(city.lin_lan)
    assert "考核申诉，等您裁定" in words_on(walker.sees("/"))
    refused = walker.is_refused(steps.rule, appeal, ruling="granted", points="99", reason="属实")
    assert "加回的不能比这更多" in refused
    walker.does(steps.rule, appeal, ruling="granted", points="0.5", reason="属实")
    assert "裁定加回后" in words_on(walker.is_(city.chen_jing).sees(own.get_absolute_url()))


def test_what_a_partner_said_stays_unseen_until_both_have_said_it(here: World) -> None:
    city, walker = here.city, Walker()
    row = "市公安局对市教育局：满意"
    assert row in words_on(walker.is_(city.sun_yue).sees(reverse("desks:ratings")))
    assert row not in words_on(walker.is_(city.chen_jing).sees(reverse("desks:ratings")))
    assert "待评价配合情况" in words_on(walker.sees("/"))
    rating = city.police.assignments.get(partnerratings__isnull=False)
    share = rating.proposal.assignments.get(unit=city.education)
    walker.does(steps.rate_partner, share, rated=rating, grade="basic")
    assert row in words_on(walker.sees(reverse("desks:ratings")))


def test_the_quality_of_proposals_is_for_the_assembly(here: World) -> None:
    city, walker = here.city, Walker()
    page = walker.is_(city.staff).sees(reverse("desks:quality"))
    assert "承办单位评价 1 份" in words_on(page)
    address = reverse("desks:quality_rows", args=[city.plenary.code, "facts", "fair"])
    assert len(walker.sees(address).select("li[data-row]")) == 1
    for other in (city.chen_yiming, city.chen_jing, city.mayor_wang):
        assert walker.is_(other).client.get(reverse("desks:quality")).status_code == 404
