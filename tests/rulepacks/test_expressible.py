"""What rules.md §13 wants configurable, each point written as a pack and read back."""

import pytest

from huiyin.rulepacks.loader import parse
from huiyin.rulepacks.schema import Alert, Before, FixedDate, Length
from huiyin.words import Dimension, Grade, Kind, Meaning, Publicity, UnitRole
from tests.rulepacks.texts import entry, read, small

LENGTHS = {
    "5 days": Length(5, "days"),
    "10 workdays": Length(10, "workdays"),
    "1 month": Length(1, "months"),
    "3 years": Length(3, "years"),
    "08-31": FixedDate(8, 31),
    "20 days before reply": Before(Length(20, "days"), "reply"),
}


def reply(*lines: str) -> str:
    return entry(
        "deadline", 'name = "reply"', 'starts = "assignment.assign"', 'met_by = ["reply.issue"]', *lines
    )


def without_reply(more: str):
    """The small pack with other rules for the reply."""
    text = small()
    old = text[text.index("[[deadline]]") : text.index("[[mark_scheme]]")]
    return parse(text.replace(old, "") + more)


@pytest.mark.parametrize(("written", "meant"), LENGTHS.items())
def test_1_length_unit_and_start_of_every_period(written, meant):
    line = 'name = "feedback"', 'starts = "proposal.receive"', f'length = "{written}"'
    rule = read(more=entry("deadline", *line)).deadline("feedback", "proposal", "between")
    assert (rule.length, rule.starts) == (meant, "proposal.receive")


def test_1_counting_from_the_day_itself_and_other_ways_with_rest_days():
    line = 'count_from = "same_day"', 'if_rest_day = "previous_workday"', 'alerts = ["-3w", "0d", "+1m"]'
    pack = without_reply(reply('length = "3 months"', *line))
    rule = pack.deadline("reply", "proposal", "between")
    assert (rule.count_from, rule.if_rest_day) == ("same_day", "previous_workday")
    assert rule.alerts == (Alert(-3, "workdays"), Alert(0), Alert(1, "months"))


def test_1_fixed_dates_differ_by_level_and_by_kind_of_proposer():
    """A city's yearly notice: provincial items by 16 April, its own by 30 June, those of parties by 10 May."""
    pack = without_reply(
        reply('length = "06-30"', 'period = "in_plenary"')
        + reply('length = "04-16"', 'period = "in_plenary"', 'levels = ["province"]')
        + reply('length = "05-10"', 'period = "in_plenary"', 'proposers = ["party"]', 'levels = ["city"]')
        + reply('length = "3 months"', 'period = "between"')
    )

    def due(**of: str):
        return pack.deadline("reply", "proposal", "in_plenary", **of).length

    assert due() == due(level="city") == due(level="city", proposer_kind="member") == FixedDate(6, 30)
    assert due(level="province") == due(level="province", proposer_kind="party") == FixedDate(4, 16)
    assert due(level="city", proposer_kind="party") == FixedDate(5, 10)
    assert pack.deadline("reply", "proposal", "between", level="province").length == Length(3, "months")


def test_2_objection_its_period_form_decider_lateness_and_effect_on_the_clock():
    window = entry(
        "deadline",
        'name = "return_window"',
        'starts = "assignment.assign"',
        'length = "7 workdays"',
        'met_by = ["assignment.ask_return"]',
        'approver = "市政府办公室"',
        'note = "书面说明理由，并提出建议交办的单位"',
    )
    options = entry("option", 'name = "late_return"', 'value = "rule"')
    options += entry("option", 'name = "proposer_objects"', 'value = "yes"')
    ruling = entry("other_period", 'name = "return_ruling"', 'length = "7 days"')
    pack = read('article = "第五条"', "restart = false", more=window + options + ruling)
    rule = pack.deadline("return_window", "proposal", "between")
    assert (rule.length, rule.approver, rule.note[:2]) == (Length(7, "workdays"), "市政府办公室", "书面")
    assert pack.option("late_return", "proposal") == "rule"
    assert pack.option("proposer_objects", "proposal") == "yes"
    assert pack.other_period("return_ruling", "proposal").length == Length(7, "days")
    assert not pack.deadline("reply", "proposal", "between").restart


def test_3_names_of_roles_several_leads_and_separate_parts():
    more = entry("role", 'role = "co"', 'label = "协办"', 'kind = "suggestion"')
    more += entry("option", 'name = "several_leads"', 'value = "one_agreed_reply"')
    more += entry("option", 'name = "separate_parts"', 'value = "named"')
    pack = read(more=more)
    assert (pack.role_label(UnitRole.CO, Kind.SUGGESTION), pack.role_label(UnitRole.LEAD, Kind.PROPOSAL)) == (
        "协办",
        "主办",
    )
    assert pack.option("several_leads", "proposal") == "one_agreed_reply"
    assert pack.option("separate_parts", "proposal") == "named"


def test_4_marks_with_scheme_setter_changer_and_the_proposers_consent():
    """Yanzhou: green only when all three sides agree; blue this year; yellow perhaps; red not now."""
    more = entry("option", 'name = "mark_setter"', 'value = "office"')
    more += entry("option", 'name = "mark_changer"', 'value = "office"')
    pack = read('code = "A"', 'code = "A"\nneeds = ["consent"]\nperiod = "12-31"', more=more)
    mark = pack.mark("proposal", "A")
    assert (mark.needs, mark.period, mark.order) == (("consent",), FixedDate(12, 31), 1)
    assert pack.mark_scheme("proposal").name == "sample-2020"
    assert (pack.option("mark_setter", "proposal"), pack.option("mark_changer", "proposal")) == (
        "office",
        "office",
    )
    assert pack.meaning_said("proposal", "A", "正在解决") == Meaning.BEING_SOLVED
    assert pack.meaning_said("proposal", "A", "已解决") is None, "the reply has to say which"


def test_5_second_handling_who_orders_it_its_term_rounds_and_what_follows():
    chosen = {
        "second_handling": '"standing_committee"',
        "second_handling_on": '"either"',
        "second_handling_rounds": "2",
        "after_last_round": '"convene"',
    }
    more = "".join(entry("option", f'name = "{name}"', f"value = {value}") for name, value in chosen.items())
    more += entry(
        "deadline", 'name = "second_handling"', 'starts = "assignment.reopen"', 'length = "2 months"'
    )
    pack = read(more=more)
    assert [str(pack.option(name, "proposal")) for name in chosen] == [
        value.strip('"') for value in chosen.values()
    ]
    assert pack.deadline("second_handling", "proposal", "between").length == Length(2, "months")


def test_6_evaluation_its_dimensions_grades_evaluator_base_and_unreturned_forms():
    more = entry("option", 'name = "evaluators"', 'value = "lead"')
    more += entry("option", 'name = "unreturned_forms"', 'value = "counted"')
    more += entry("rate", 'name = "satisfaction"', 'base = "forms_sent"', 'round = "first"')
    changed = 'grades = ["satisfied", "dissatisfied"]\nlater_dimensions = ["fulfilment"]\nlabels = { result = "答复函" }'
    changed += '\nquestions = ["走访情况", "答复是否针对提案"]'
    pack = read('grades = ["satisfied", "basic", "dissatisfied"]', changed, more=more)
    form = pack.evaluation("proposal")
    assert form.grades == (Grade.SATISFIED, Grade.DISSATISFIED)
    assert form.later_dimensions == (Dimension.FULFILMENT,)
    assert (form.label_of("result"), form.label_of("attitude")) == ("答复函", "办理态度")
    assert form.questions == ("走访情况", "答复是否针对提案")
    assert (pack.rate("satisfaction", "proposal").base, pack.rate("satisfaction", "proposal").round) == (
        "forms_sent",
        "first",
    )
    assert (pack.option("evaluators", "proposal"), pack.option("unreturned_forms", "proposal")) == (
        "lead",
        "counted",
    )


def test_7_signatory_copies_joint_reply_numbers_and_titles():
    letter = entry(
        "letter",
        'name = "reply"',
        'kind = "proposal"',
        'title = "关于{plenary}第{number}号提案的答复"',
        'number = "{word}提〔{year}〕{serial}号"',
        'signatory = "主要负责人"',
        'copies = ["市政协提案委员会", "市政府办公室"]',
        'attachments = ["征询意见表"]',
    )
    more = letter + entry("option", 'name = "joint_reply"', 'value = "each_or_lead_with_consent"')
    more += entry("numbering", 'in_plenary = "D-{n}"', 'between = "闭字{n}"', "width = 3")
    pack = read(more=more)
    made = pack.letter("reply", "proposal")
    assert (
        made.title.format(plenary="市政协十二届四次会议", number="7")
        == "关于市政协十二届四次会议第7号提案的答复"
    )
    assert made.number.format(word="淄教", year=2020, serial=8) == "淄教提〔2020〕8号"
    assert (made.signatory, made.copies[0], made.attachments) == (
        "主要负责人",
        "市政协提案委员会",
        ("征询意见表",),
    )
    assert pack.letter("reply", "suggestion").assumed, "the usual title where nothing is said"
    assert pack.option("joint_reply", "proposal") == "each_or_lead_with_consent"
    assert (pack.numbering_for("proposal").in_plenary, pack.numbering_for("proposal").width) == ("D-{n}", 3)


def test_8_grounds_for_not_filing_routes_and_merging():
    more = entry("ground", 'code = "tender"', 'label = "正在进行的招标投标"', 'kind = "suggestion"')
    more += entry("route", 'code = "opinion"', 'label = "转作社情民意"')
    more += entry("option", 'name = "merging"', 'value = "handling_only"')
    pack = read(more=more)
    assert [ground.code for ground in pack.grounds_for("suggestion")] == ["tender"]
    assert pack.grounds_for("proposal") == ()
    assert [route.label for route in pack.routes_for("proposal")] == ["转作社情民意"]
    assert pack.option("merging", "proposal") == "handling_only"


def test_9_publication_its_scope_period_what_is_taken_out_and_the_proposers_wish():
    more = entry(
        "publication",
        'items = ["item", "reply", "feedback"]',
        'default = "summary"',
        'removed = ["联系电话"]',
        'never = ["国家秘密"]',
        "wish = true",
    )
    more += entry("deadline", 'name = "publication"', 'starts = "reply.issue"', 'length = "20 workdays"')
    pack = read(more=more)
    published = pack.publication("proposal")
    assert (published.default, published.wish, published.removed) == (Publicity.SUMMARY, True, ("联系电话",))
    assert published.items == ("item", "reply", "feedback")
    assert pack.deadline("publication", "proposal", "between").length == Length(20, "workdays")


def test_10_taxonomies_scores_colours_and_report_dates():
    more = entry("taxonomy", 'name = "topic"', 'label = "专题"', 'classes = ["教育"]', "open = true")
    more += entry("score", 'measure = "late_replies"', "points = 5", 'each = "0.4"')
    more += entry("score", 'measure = "answered_in_time"', "points = 20", "low = 60")
    more += entry("warning", 'colour = "黄"', 'label = "临近"', "days = 7")
    more += entry("warning", 'colour = "红"', 'label = "超期"', "days = -1")
    more += entry("other_period", 'name = "summary_report"', 'length = "08-31"')
    pack = read(more=more)
    assert [taxonomy.name for taxonomy in pack.taxonomies_for("proposal")] == ["category", "topic"]
    late, in_time = pack.scoring_for("proposal")
    assert late.formula == "满分5分，每件逾期答复或者逾期未答复的件扣0.4分，扣完为止"
    assert in_time.formula.endswith("100%得满分，60%及以下不得分")
    assert [(one.colour, one.days) for one in pack.warning_colours] == [("黄", 7), ("红", -1)]
    assert pack.other_period("summary_report", "proposal").length == FixedDate(8, 31)


def test_11_who_is_reminded_level_by_level():
    """A pack says it all, or takes the usual levels."""
    own = entry("escalation", 'to = "liaison"', "days = -30") + entry(
        "escalation", 'to = "registrar"', "days = 1"
    )
    pack = read(more=own)
    assert [pack.reminded(late) for late in (-31, -30, 0, 1)] == [
        set(),
        {"liaison"},
        {"liaison"},
        {"liaison", "registrar"},
    ]
    usual = read()
    assert all(entry.assumed for entry in usual.escalations)
    grown = [len(usual.reminded(late)) for late in (-30, 0, 3, 7, 30)]
    assert grown == [2, 3, 4, 5, 6]
