"""Classified markings in a text: the one question every entrance asks before it takes anything in.

Huiyin is a non-classified system (design, promise 5). A document carries its level as a marking, 密级★期限
(保守国家秘密法实施条例; 国家秘密定密管理规定), or as an entry in a 密级 field. A text that merely speaks of secrets
(商业秘密保护, 工作秘密, 国家秘密分为绝密、机密、秘密三级) carries no marking and is taken in.
"""

import re
import unicodedata

PAPER_CHANNEL = "本系统不处理涉密内容，请改走纸质涉密渠道办理；系统中只可登记编号、日期和单位"

_VARIANTS = str.maketrans({"機": "机", "絕": "绝", "祕": "秘"})
_LEVEL = r"(?P<level>绝\s{0,6}密|机\s{0,6}密|秘\s{0,6}密)"
_NOT_OURS = r"(?<!商业)(?<!工作)(?<!技术)(?<!个人)(?<!国家)(?<!警务)(?<!审判)(?<!军事)(?<!保守)"
_TERM = r"(?:\d+\s*(?:年|个月|月|日|天)|[一二三五六十]+\s*(?:年|个月)|长期|永久)"
_HURRY = r"(?:特提|特急|加急|平急|急件)?"
_FIELD = r"(?:密级标[志识]|密级|标密|定密|涉密等级|保密等级|保密级别|秘密等级)"
_CLOSE = rf"\s*{_HURRY}\s*[\])】>》」]*\s*$"
_PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # 机密★10年, 秘密★, 绝密★启用前
        rf"{_NOT_OURS}{_LEVEL}\s*级?\s*[★☆✩✭⭐＊*]",
        # 密级:机密; 标密为秘密; but not a list of levels, 密级:绝密、机密、秘密
        rf"{_FIELD}\s*(?:为|是|定为|系|:|=)?\s*[\[(【<《]?\s*{_LEVEL}(?!\s*[、/或和及])",
        # a line, a cell or a head that is nothing but the level: 机密, 机密级, 特急 秘密 5年
        rf"^\s*[\[(【<《「]*\s*{_HURRY}\s*{_LEVEL}\s*(?:级|件|文件|材料)?\s*[·•:,]?\s*{_TERM}?{_CLOSE}",
        # the level set apart in brackets: 【机密】, (秘密级), [绝密 5年]
        rf"[\[(【〔〖]\s*{_HURRY}\s*{_LEVEL}\s*(?:级|件|文件)?\s*{_TERM}?\s*[\])】〕〗]",
        # the level as a word of its own before or after the text: 机密 关于…, 秘密:关于…, 关于…的建议 绝密
        rf"^\s*{_LEVEL}\s*(?:级|件)?(?:\s+|\s*:\s*)(?=\S)",
        rf"^\s*{_LEVEL}\s*(?:级|件)?\s*{_TERM}(?=\s|$)",
        rf"(?<=[\s:。])(?<!国家 ){_LEVEL}(?:级|件)?\s*[。.]?\s*$",
        # 本件属机密; 此文为秘密级文件
        rf"(?:本|此|该)(?:件|文|文件|提案|建议|材料)(?:密级)?(?:为|系|是|属于|属|标有|标注为?){_LEVEL}",
    )
)


def classified_marking(text: str) -> str | None:
    """The level a text is marked with, 秘密, 机密 or 绝密 (the highest where it carries several), else None."""
    if "密" not in text:
        return None
    plain = _plain(text)
    found = {re.sub(r"\s", "", match["level"]) for pattern in _PATTERNS for match in pattern.finditer(plain)}
    return next((level for level in ("绝密", "机密", "秘密") if level in found), None)


def marking_sentence(level: str) -> str:
    """What a person is told at the entrance."""
    return f"标有“{level}”：{PAPER_CHANNEL}"


def refuse_classified(text: str) -> str | None:
    """The runner's screen: the sentence that refuses a marked text, None for any other."""
    level = classified_marking(text)
    return f"{marking_sentence(level)}。" if level else None


def _plain(text: str) -> str:
    """Full-width forms folded, invisible characters dropped, so that a marking can't hide behind its typography."""
    folded = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")
