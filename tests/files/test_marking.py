"""A classified marking is refused; a text that merely speaks of secrets is not."""

import pytest

from huiyin.files.marking import classified_marking, refuse_classified


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("机密★10年", "机密"),
        ("秘密★", "秘密"),
        ("绝密★启用前", "绝密"),
        ("关于边防设施的建议\n机密 ★ 长期\n正文", "机密"),
        ("机 密 ★ 5 年", "机密"),
        ("秘密☆6个月", "秘密"),
        ("机密", "机密"),
        ("  绝密  ", "绝密"),
        ("机密级", "机密"),
        ("秘密 5年", "秘密"),
        ("机密 特急", "机密"),
        ("特急 机密", "机密"),
        ("密级:机密", "机密"),
        ("密级\uff1a秘密", "秘密"),
        ("密 级", None),
        ("标密为绝密", "绝密"),
        ("密级:【机密】", "机密"),
        ("(机密)关于加强人防工程建设的建议", "机密"),
        ("关于加强人防工程建设的建议\uff08秘密\uff09", "秘密"),
        ("【绝密】人防工程", "绝密"),
        ("[机密级]人防工程", "机密"),
        ("机密:人防工程", "机密"),
        ("机密 关于人防工程的建议", "机密"),
        ("关于人防工程的建议 机密", "机密"),
        ("本件属机密", "机密"),
        ("機密★十年", "机密"),
        ("机\u200b密\u2060★5年", "机密"),
        ("秘密★1年 与 绝密★长期", "绝密"),
    ],
)
def test_a_marking_is_seen_in_every_form(text: str, level: str | None) -> None:
    assert classified_marking(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "",
        "关于加强商业秘密保护的建议",
        "关于完善工作秘密管理的提案",
        "工作秘密★5年",
        "国家秘密分为绝密、机密、秘密三级",
        "密级分为绝密、机密和秘密",
        "建议对机密级会议室统一管理",
        "保守国家秘密,人人有责",
        "关于保护个人秘密\n和隐私的建议",
        "秘密花园小区加装电梯的建议",
        "机密档案数字化",
        "建议打通秘密渠道举报",
        "关于修订《保守国家秘密法》实施办法的建议(草案)",
        "三级(绝密、机密、秘密)的划分",
        "密级:无",
        "不涉密",
        "商业秘密",
        "国家秘密",
    ],
)
def test_ordinary_talk_of_secrets_is_taken_in(text: str) -> None:
    assert classified_marking(text) is None
    assert refuse_classified(text) is None


def test_the_refusal_names_the_paper_channel() -> None:
    sentence = refuse_classified("机密★10年")
    assert sentence is not None
    assert "机密" in sentence
    assert "纸质涉密渠道" in sentence
    assert "编号、日期和单位" in sentence
