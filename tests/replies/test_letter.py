"""The reply letter: one to each who is to be answered, with everything in its usual place."""

from decimal import Decimal
from io import BytesIO

from docx import Document

from huiyin.handling import steps as handling_steps
from huiyin.replies.letter import letters_of
from huiyin.replies.letter_docx import docx_of
from tests import people
from tests.packs_for_tests import pack_version
from tests.stories import answering, handling, intake
from tests.stories.moments import at


def lines(letter):
    return [paragraph.text for paragraph in Document(BytesIO(docx_of(letter))).paragraphs]


def test_each_signer_gets_a_letter(city):
    reply = answering.issued(city)
    assert [letter.addressee for letter in letters_of(reply)] == ["陈一鸣委员", "刘敏委员", "赵强委员"]


def test_the_lead_alone_where_the_pack_says_so(city):
    pack_version(joint_reply="lead")
    assert [letter.addressee for letter in letters_of(answering.issued(city))] == ["陈一鸣委员"]


def test_the_lead_alone_where_the_signers_consent(city):
    pack_version(joint_reply="each_or_lead_with_consent")
    reply = answering.issued(city, lead_consents=True)
    assert [letter.addressee for letter in letters_of(reply)] == ["陈一鸣委员"]


def test_three_merged_items_get_three_letters(city):
    """R1: each proposer is answered about the item that he has handed in, with its own points."""
    items = [
        intake.classified(
            city,
            title=f"幼儿园学位{n}",
            proposers=[people.proposer(name, city.here)],
            points=[{"text": f"建议{n}"}],
        )
        for n, name in enumerate(("甲", "乙", "丙"), 1)
    ]
    share = handling.assigned(city, items[0])
    for other in items[1:]:
        handling_steps.merge(other, actor=city.lin_lan, at=at("2020-03-02"), into=items[0])
    letters = letters_of(answering.issued(city, answering.at_work_on(city, share)))
    assert [(letter.addressee, letter.item.title) for letter in letters] == [
        ("甲委员", "幼儿园学位1"),
        ("乙委员", "幼儿园学位2"),
        ("丙委员", "幼儿园学位3"),
    ]
    assert [letter.points[0].asked for letter in letters] == ["建议1", "建议2", "建议3"]
    assert "合并办理" in letters[1].opening
    assert len({letter.file_name for letter in letters}) == 3


def test_it_says_everything_in_its_usual_order(city):
    first = handling.assigned(city, co=[city.police])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    handling.opinion_given(city, handling.share(share.proposal, city.police))
    reply = answering.issued(city, share, contact_person="周宁", contact_phone="0533-0000000")
    text = lines(letters_of(reply)[0])
    wanted = [
        "办理结果：三年内基本解决（B）",
        "市教育局",
        "签发人：高远",
        "号提案的答复",
        "陈一鸣委员：",
        "收悉",
        "您的提案收悉",
        "1.新建两所公办幼儿园",
        "采纳。第1条已采纳",
        "2.增加普惠学位",
        "市公安局：我单位做好安全配合。",
        "新建两所公办幼儿园（责任单位：市教育局，完成期限：2021年12月31日）",
        "市教育局",
        "2020年4月10日",
        "联系人：周宁",
        "抄送：",
    ]
    place = 0
    for part in wanted:
        place = next(n for n in range(place, len(text)) if part in text[n])
    assert "淄教函〔2020〕8号" in text[2]


def test_a_draft_has_a_letter_without_a_date(city):
    letter = letters_of(answering.drafted(city))[0]
    assert letter.dated is None
    assert "年\u3000月\u3000日" in lines(letter)


def test_it_says_how_much_is_promised_and_what_will_show_it(city):
    share = answering.at_work(city)
    answering.promised(city, share, amount=Decimal(2), measure="所", proof="招生公告")
    letter = next(iter(letters_of(answering.issued(city, share))))
    terms = "数量：2所，责任单位：市教育局，完成期限：2021年12月31日，完成的凭证：招生公告"
    assert letter.promises == (f"新建两所公办幼儿园（{terms}）",)
