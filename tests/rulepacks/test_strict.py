"""A pack is refused with file, place and meaning: every way of getting it wrong, and all of them at once."""

import re

import pytest

from huiyin.rulepacks.loader import load, overlapping, parse
from huiyin.rulepacks.periods import NO_SOURCE
from huiyin.rulepacks.problems import PackError
from tests.rulepacks.texts import SMALL, entry, problems, read, small

DEADLINE = '\n[[deadline]]\nname = "{}"\nstarts = "assignment.assign"\nlength = "1 month"\nsource = "rule"\n'
LETTER = '\n[[letter]]\nname = "reply"\ntitle = "{}"\nsource = "rule"\n'
SECOND_SCHEME = """
[[mark_scheme]]
name = "sample-2020"
kind = "suggestion"
assumed = true
[[mark_scheme.mark]]
code = "A"
label = "解决"
meanings = ["solved"]
"""

DEADLINES = SMALL[SMALL.index("[[deadline]]") : SMALL.index("[[mark_scheme]]")]
MARKS = SMALL[SMALL.index("[[mark_scheme.mark]]") : SMALL.index("[[taxonomy]]")]
EVALUATION = SMALL[SMALL.index("[[evaluation]]") :]
WORD = 'meanings = ["reference"]\nsynonyms = ["已解决"]'
WARNING = entry("warning", 'colour = "红"', 'label = "超期"', "days = -1")
BACK = DEADLINE.format("co_opinion").replace("1 month", "20 days before {}")
BACK_AGAIN = DEADLINE.format("feedback").replace("1 month", "5 days before reply")

# (id, passage, put in its place, added at the end, where, what the sentence says)
REFUSED = [
    ("unknown table", "", "", "\n[[rule]]\nname = 1\n", "[rule]", "不认识的键“rule”"),
    ("unknown key", 'article = "第五条"', 'aticle = "第五条"', "", "aticle", "不认识的键“aticle”"),
    ("unknown key in [pack]", 'version = "2020.1"', 'version = "1"\nauthor = "x"', "", "author", "不认识的键"),
    ("unknown key of a mark", 'code = "A"', 'code = "A"\ncolour = "红"', "", "colour", "不认识的键"),
    ("unknown event in starts", "assignment.assign", "assignment.asign", "", "starts", "不是已有的步骤"),
    ("unknown event in met_by", "reply.issue", "reply.isue", "", "met_by", "不是已有的步骤"),
    ("no source", 'source = "rule"\narticle = "第五条"', "", "", "[[deadline]]第1个", "没有写明出处"),
    ("an article of nothing", 'source = "rule"\narticle', "assumed = true\narticle", "", "article", "没有写出处"),
    ("unknown source", 'source = "rule"\narticle', 'source = "rul"\narticle', "", "source", "没有名为“rul”的出处"),
    ("a source nobody cites", "[source.rule]", '[source.other]\ndocument = "甲"\n\n[source.rule]', "", "other", "没有条目引用"),
    ("an address for a source", "示例市办理办法", "http://example.org/1", "", "document", "不能写网址"),
    ("wrong type of text", 'length = "3 months"', "length = 3", "", "length", "应当是文字"),
    ("wrong type of flag", 'article = "第五条"', 'restart = "yes"', "", "restart", "true 或 false"),
    ("wrong type of list", 'met_by = ["reply.issue"]', 'met_by = "reply.issue"', "", "met_by", "列表"),
    ("wrong type of date", "valid_from = 2020-01-01", 'valid_from = "2020"', "", "valid_from", "日期"),
    ("a list of other things", '["工交城建", "科教文卫体"]', '["工交城建", 2]', "", "classes", "每一项都应当是文字"),
    ("something twice in a list", "科教文卫体", "工交城建", "", "classes", "重复了：工交城建"),
    ("a list for a table", "[[taxonomy]]", "[taxonomy]", "", "[taxonomy]", "应当是列表"),
    ("length that is no length", "3 months", "three months", "", "length", "看不懂"),
    ("a day that does not exist", "3 months", "02-30", "", "length", "看不懂"),
    ("no length", 'length = "3 months"\n', "", "", "[[deadline]]第1个", "缺少length"),
    ("no code", 'code = "sample"\n', "", "", "[pack]", "缺少code"),
    ("no start of validity", "valid_from = 2020-01-01\n", "", "", "[pack]", "缺少valid_from"),
    ("ends before it begins", "valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-01-01", "", "valid_to", "不能早于"),
    ("no place's code", '"370300"', '"3703"', "", "jurisdiction", "6位行政区划代码"),
    ("unknown kind", 'name = "reply"', 'name = "reply"\nkind = "motion"', "", "kind", "可用的有：proposal、suggestion"),
    ("unknown deadline", 'name = "reply"', 'name = "answer"', "", "name", "可用的有：reply"),
    ("before an unknown deadline", "", "", BACK.format("feedback"), "length", "不是本规则包里的期限"),
    ("before itself", "", "", BACK.format("co_opinion"), "length", "不能以自己为准"),
    ("before what itself counts back", "", "", BACK.format("feedback") + BACK_AGAIN, "length", "自己也是倒推的"),
    ("a maximum below the length", '"6 months"', '"2 months"', "", "maximum", "比期限本身"),
    ("limit and maximum at odds", "", "", DEADLINE.format("extension_max").replace("1 month", "5 months"), "[[deadline]]第2个", "不一致"),
    ("two rules for one question", "", "", DEADLINE.format("reply"), "[[deadline]]第2个", "规定了两次"),
    ("one for both kinds and one for one", "", "", DEADLINE.format("reply") + 'kind = "proposal"\n', "[[deadline]]第2个", "规定了两次"),
    ("alerts of what never runs", "", "", DEADLINE.format("publication") + 'alerts = ["0d"]\n', "alerts", "不会运行"),
    ("an alert that is none", 'article = "第五条"', 'alerts = ["soon"]', "", "alerts", "看不懂"),
    ("no deadline at all", DEADLINES, "", "", "[deadline]", "没有规定期限"),
    ("no reply", 'name = "reply"', 'name = "feedback"', "", "[deadline]", "缺少答复期限"),
    ("no evaluation", EVALUATION, "", "", "[evaluation]", "没有规定评价"),
    ("no first taxonomy", 'name = "category"', 'name = "topic"', "", "[[taxonomy]]第1个", "category"),
    ("no taxonomy for one kind", 'label = "类别"', 'label = "类别"\nkind = "proposal"', "", "[[taxonomy]]第1个", "建议的第一个"),
    ("a scheme without marks", MARKS, "", "", "[[mark_scheme]]第1个", "一个类别也没有"),
    ("a word for two marks", 'meanings = ["reference"]', WORD, "", "[[mark]]第2个", "既指A又指B"),
    ("a mark without meaning", 'meanings = ["reference"]', "meanings = []", "", "meanings", "至少要有一项"),
    ("an unknown meaning", '["reference"]', '["done"]', "", "meanings", "可用的有：solved"),
    ("a word said of another mark", '"正在解决" = ', '"列入计划" = ', "", "says", "不在label和synonyms中"),
    ("a meaning the mark has not", '= "being_solved" }', '= "planned" }', "", "says", "不在meanings中"),
    ("a code too long to keep", 'code = "B"', 'code = "abcdefghijklm"', "", "code", "最多12个字"),
    ("two schemes of one name", "lettered = true", 'kind = "proposal"', SECOND_SCHEME, "name", "用了两次"),
    ("a need the code does not know", 'code = "B"', 'code = "B"\nneeds = ["luck"]', "", "needs", "可用的有：consent"),
    ("an unknown option", "", "", entry("option", 'name = "colour"', 'value = "red"'), "name", "可用的有：office_check"),
    ("an unknown value of an option", "", "", entry("option", 'name = "extension"', 'value = "never"'), "value", "可取：approve、explain"),
    ("a number out of range", "", "", entry("option", 'name = "second_handling_rounds"', 'value = 0'), "value", "1至9的整数"),
    ("an option without value", "", "", entry("option", 'name = "extension"'), "[[option]]第1个", "缺少value"),
    ("one option twice", "", "", entry("option", 'name = "extension"', 'value = "explain"') * 2, "[[option]]第2个", "选项“extension”"),
    ("an unknown base", "", "", entry("rate", 'name = "satisfaction"', 'base = "all"'), "base", "forms_returned"),
    ("an unknown round", "", "", entry("rate", 'name = "satisfaction"', 'base = "forms_sent"', 'round = "best"'), "round", "latest"),
    ("a number pattern without number", "", "", entry("numbering", 'in_plenary = "第号"'), "in_plenary", "{n}"),
    ("an unknown placeholder", "", "", LETTER.format("关于{mayor}"), "title", "不认识mayor"),
    ("braces that do not match", "", "", LETTER.format("关于{number"), "title", "花括号"),
    ("an unknown phase", "", "", entry("contact", 'phase = "never"'), "phase", "可用的有：before"),
    ("the same ground twice", "", "", entry("ground", 'code = "a"', 'label = "甲"') * 2, "[[ground]]第2个", "“a”"),
    ("a colour from nowhere", "", "", entry("warning", 'colour = "红"', 'label = "超期"'), "[[warning]]第1个", "缺少days"),
    ("one colour twice", "", "", WARNING + WARNING.replace("-1", "-2"), "[[warning]]第2个", "预警颜色“红”"),
    ("two colours for one day", "", "", WARNING + WARNING.replace("红", "橙"), "[[warning]]第2个", "预警起始天数"),
    ("reminded from nowhere on", "", "", entry("escalation", 'to = "chief"'), "[[escalation]]第1个", "缺少days"),
    ("nobody known is reminded", "", "", entry("escalation", 'to = "mayor"', "days = 1"), "to", "可用的有：liaison"),
    ("reminded from two days on", "", "", entry("escalation", 'to = "chief"', "days = 1") * 2, "[[escalation]]第2个", "提醒对象"),
    ("one score twice", "", "", entry("score", 'measure = "超期"', 'points = "扣1分"') * 2, "[[score]]第2个", "考核项目“超期”"),
    ("one score twice", "", "", entry("score", 'measure = "result"', "points = 1") * 2, "[[score]]第2个", "考核项目“result”"),
    ("a score of what is not measured", "", "", entry("score", 'measure = "印象"', "points = 1"), "[[score]]第1个", "不能是“印象”"),
    ("a score without points", "", "", entry("score", 'measure = "result"'), "[[score]]第1个", "缺少points"),
    ("a case that costs nothing", "", "", entry("score", 'measure = "slips"', "points = 4"), "[[score]]第1个", "每次扣多少分"),
    ("no expressions", "", "", entry("score", 'measure = "slips"', "points = 4", 'each = "n*2"'), "[[score]]第1个", "看不懂"),
    ("a share that costs", "", "", entry("score", 'measure = "result"', "points = 4", 'each = "1"'), "[[score]]第1个", "按比例计分"),
    ("a range the wrong way", "", "", entry("score", 'measure = "result"', "points = 4", "low=8", "high=8"), "[[score]]第1个", "大于low"),
    ("a worth without grades", "", "", entry("score", 'measure = "fulfilment"', "points = 4", "basic = 50"), "[[score]]第1个", "不分等次"),
    ("a period that says nothing", "", "", entry("other_period", 'name = "assign"'), "[[other_period]]第1个", "至少要写一项"),
    ("no TOML", "[pack]", "[pack", "", "", "不是合格的TOML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "more", "place", "said"),
    [pytest.param(*case[1:], id=case[0]) for case in REFUSED],
)
def test_it_is_refused_with_place_and_meaning(old, new, more, place, said):
    found = problems(small(old, new, more=more))
    assert [one for one in found if said in one.meaning and place in one.place], [str(one) for one in found]
    for one in found:
        assert one.file == "sample.toml"
        assert re.search(r"[\u4e00-\u9fff].*。$", one.meaning), one.meaning


def test_the_small_pack_itself_is_taken():
    assert problems(SMALL) == ()


def test_all_problems_are_told_at_once_in_the_order_of_lines():
    text = small(more=entry("option", 'name = "colour"', "value = 1"))
    text = (
        text.replace("assignment.assign", "nowhere").replace('"370300"', '"1"').replace('["reference"]', "[]")
    )
    found = problems(text)
    assert len(found) == 4
    assert [one.line for one in found] == sorted(one.line for one in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('length = "3 months"', 'length = "long"'),
        ('meanings = ["reference"]', 'meanings = ["x"]'),
        ("document =", "title = 1\ndocument ="),
    ],
)
def test_the_line_named_is_the_line_that_is_wrong(old, new):
    text = small(old, new)
    wrong = next(n for n, line in enumerate(text.splitlines(), 1) if line in new.splitlines())
    assert wrong in {one.line for one in problems(text)}


def test_a_problem_says_file_line_place_and_meaning():
    (found,) = problems(small("3 months", "long"))
    line = 1 + small("3 months", "long").splitlines().index('length = "long"')
    assert str(found).startswith(
        f"sample.toml 第{line}行，[[deadline]]第1个的length：length的写法“long”看不懂"
    )


def test_which_steps_there_are_is_for_the_caller_to_say():
    with pytest.raises(PackError, match="不是已有的步骤"):
        parse(SMALL, event_codes=frozenset({"reply.issue"}))
    codes = frozenset({"reply.issue", "assignment.assign"})
    assert parse(SMALL, event_codes=codes).deadlines[0].met_by == ("reply.issue",)


@pytest.mark.parametrize("content", [None, b"\xd6\xd0\xce\xc4"], ids=["no file", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PackError, match="读不了这个文件"):
        load(path)


def version(number: str, begins: str, ends: str = "") -> tuple[str, object]:
    ends = f"\nvalid_to = {ends}" if ends else ""
    text = small('version = "2020.1"', f'version = "{number}"')
    return number, parse(text.replace("valid_from = 2020-01-01", f"valid_from = {begins}{ends}"))


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (("1", "2020-01-01"), ("2", "2021-01-01"), False),
        (("1", "2020-01-01", "2020-12-31"), ("2", "2021-01-01"), False),
        (("1", "2020-01-01", "2021-01-01"), ("2", "2021-01-01"), True),
        (("1", "2020-01-01"), ("2", "2020-01-01"), True),
    ],
)
def test_versions_follow_one_another(first, second, refused):
    for pair in ([version(*first), version(*second)], [version(*second), version(*first)]):
        found = overlapping(pair)
        assert [("重叠" in one.meaning) for one in found] == ([True] if refused else [])


def test_what_is_not_named_is_the_other_kinds_choice_else_the_catalogues_and_assumed():
    pack = read(
        more='\n[[option]]\nname = "extension"\nvalue = "explain"\nkind = "suggestion"\nsource = "rule"\n'
    )
    stated, leaning = pack.option_entry("extension", "suggestion"), pack.option_entry("extension", "proposal")
    assert (stated.value, stated.assumed) == ("explain", False)
    assert (leaning.value, leaning.assumed, leaning.source) == ("explain", True, stated.source)
    usual = pack.option_entry("office_check", "proposal")
    assert (usual.value, usual.assumed, usual.source) == ("none", True, NO_SOURCE)
