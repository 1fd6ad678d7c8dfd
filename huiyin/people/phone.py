"""电话: kept as digits, shown masked where others need not know it, and never a resident identity number."""

import re

IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}")
FULL_WIDTH = str.maketrans("０１２３４５６７８９－（）", "0123456789-()")


def normalised(text: str) -> str:
    """Digits with at most one hyphen after an area code or before an extension: 0533-2183456, 13800000000."""
    plain = re.sub(r"[\s()]", "", text.translate(FULL_WIDTH)).removeprefix("+86")
    return re.sub(r"[-—–转]+", "-", plain).strip("-")


def objection_to(text: str) -> str | None:
    """Why this can't be a telephone number."""
    plain = normalised(text)
    if not plain:
        return None
    if IDENTITY.fullmatch(plain):
        return "电话一栏不要填写身份证号；本系统不收集身份证号。"
    if not re.fullmatch(r"[\d-]{5,20}", plain):
        return f"“{text}”不像电话号码，请核对。"
    return None


def masked(text: str) -> str:
    """138****0000: enough to recognise one's own, not enough to call."""
    plain = normalised(text)
    if len(plain) < 7:
        return "*" * len(plain)
    return f"{plain[:3]}{'*' * (len(plain) - 7)}{plain[-4:]}"
