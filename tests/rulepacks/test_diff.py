"""What a new version changes, in sentences that people understand."""

import pytest

from huiyin.rulepacks.diff import assumed, diff, show
from tests.rulepacks.texts import entry, read

CO = (
    'name = "co_opinion"',
    'starts = "assignment.assign"',
    'length = "1 month"',
    'met_by = ["assignment.give_opinion"]',
)


@pytest.mark.parametrize(
    ("old", "new", "more", "said"),
    [
        ("3 months", "2 months", "", "答复期限：期限由“自交办之日起3个月”改为“自交办之日起2个月”。"),
        ("3 months", "08-31", "", "答复期限：期限由“自交办之日起3个月”改为“每年8月31日”。"),
        ('"6 months"', '"5 months"', "", "答复期限：最长由“6个月”改为“5个月”。"),
        ('article = "第五条"', "restart = false", "", "答复期限：增加“改办”：不重新起算，接着原来的期限。"),
        ('"科教文卫体"', '"其他"', "", "分类“类别”：类别由“工交城建、科教文卫体”改为“工交城建、其他”。"),
        ('label = "留作参考"', 'label = "作为参考"', "", "办理结果类别：B类由“留作参考；含义：留作参考”改为“作为参考；含义：留作参考”。"),
        ("", "", entry("deadline", *CO), "新增会办意见期限：期限：自交办之日起1个月。"),
        ("", "", entry("deadline", *CO, 'kind = "suggestion"', 'period = "between"'), "新增会办意见期限：期限：自交办之日起1个月。"),
        ("", "", entry("option", 'name = "extension"', 'value = "explain"', 'kind = "proposal"')
         + entry("option", 'name = "extension"', 'value = "approve"', 'kind = "suggestion"'),
         "延期办理（提案）：选择由“须经批准”改为“向提案者说明即可”。"),
        ("", "", entry("contact", 'phase = "before"'), "新增必须的沟通：内容：办前。"),
    ],
)  # fmt: skip
def test_a_change_is_told(old, new, more, said):
    assert said in diff(read(), read(old, new, more=more))


def test_what_goes_is_told_too():
    assert diff(read(more=entry("deadline", *CO)), read()) == [
        "不再规定会办意见期限，原为：期限：自交办之日起1个月。"
    ]


def test_a_change_for_one_kind_and_period_says_so():
    def pack(months: int):
        rules = "".join(
            entry(
                "deadline",
                'name = "second_handling"',
                'starts = "assignment.reopen"',
                f'length = "{length} months"',
                f'kind = "{kind}"',
                f'period = "{period}"',
            )
            for kind in ("proposal", "suggestion")
            for period in ("in_plenary", "between")
            for length in [months if (kind, period) == ("proposal", "between") else 2]
        )
        return read(more=rules)

    (said,) = diff(pack(2), pack(3))
    assert said.startswith("重新办理期限（闭会期间的提案）：期限由“自决定重新办理之日起2个月”改为")


def test_another_document_is_told_once_for_everything_that_rests_on_it():
    said = diff(read(), read("示政发〔2020〕1号", "示政发〔2021〕2号"))
    grounds = [sentence for sentence in said if sentence.startswith("依据由")]
    assert len(said) == len(grounds) == 2, "the reply cites an article, the others the document"
    assert any("办理结果类别、分类“类别”、评价。" in sentence for sentence in grounds)


def test_patterns_with_braces_are_told_as_they_stand():
    letter = entry("letter", 'name = "urging"', 'title = "关于{title}的催办通知"')
    assert diff(read(), read(more=letter)) == ["新增催办通知的行文：标题：关于{title}的催办通知。"]


def test_a_note_alone_changes_nothing_for_people():
    assert diff(read(), read('article = "第五条"', 'article = "第五条"\nnote = "另说明"')) == []


def test_showing_says_everything_with_its_source():
    said = show(read(more=entry("deadline", *CO, 'kind = "suggestion"')))
    assert "示例市（sample，版本2020.1，自2020-01-01起施行）" in said
    assert "期限：自交办之日起3个月" in said
    assert "出处：《示例市办理办法》（示政发〔2020〕1号）第五条" in said
    assert "提案未见规定，按建议的规定" in said
    assert said.count("未见规定，本规则包设定") > 10


def test_what_is_assumed_is_listed_and_what_is_cited_is_not():
    said = assumed(read(more=entry("option", 'name = "extension"', 'value = "explain"')))
    assert "延期办理：向提案者说明即可（可选项）" in said
    assert not [line for line in said if line.startswith("答复期限")]
