"""What single cells mean: marks, kinds, grades, key items, publicity, ways of contact, proposers.

Each function gives a code of `huiyin.words`, or None where the cell's words are unknown: the caller says so and the
cell stays on the row as it stood.
"""

import re
import unicodedata
from collections.abc import Mapping

from huiyin.ledgers.reading.shapes import INDIVIDUAL, Proposer
from huiyin.words import ContactWay, Grade, Kind, ProposerKind, Publicity

_NOTHING = re.compile(r"[-—–―/\\\\_\s.。]+|无|暂无|空|没有")
_BRACKETS = str.maketrans(dict.fromkeys("()[]{}【】〔〕〖〗《》<>「」“”\"'", ""))
_STEMS = dict(zip("甲乙丙丁戊", "ABCDE", strict=True))


def folded(text: str) -> str:
    """Without spaces and width differences."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def says_nothing(text: str) -> bool:
    """无, a dash or a stroke: the writer's way to leave a cell empty."""
    return not text.strip() or bool(_NOTHING.fullmatch(unicodedata.normalize("NFKC", text)))


def read_mark(text: str, marks: Mapping[str, str]) -> str | None:
    """The pack's code for A, A类, (A类), 类别:A, 甲 or one of the pack's labels; None for an unknown mark.

    The stems 甲乙丙丁 stand for A B C D (marks of 河南沁阳) unless the pack uses them itself.
    """
    known = {_bare_mark(word): code for word, code in marks.items()}
    bare = _bare_mark(text)
    if code := known.get(bare) or known.get(_STEMS.get(bare, "")):
        return code
    if match := re.fullmatch(r"([^()]+)\((.+)\)", folded(text)):
        first, second = read_mark(match[1], marks), read_mark(match[2], marks)
        return first if first is not None and first == second else None
    return None


def _bare_mark(text: str) -> str:
    bare = folded(text).translate(_BRACKETS).upper()
    bare = re.sub(r"^(?:办理|答复|办复|结果)*(?:类别|分类|结果|类型|标记)[::]", "", bare)
    return re.sub(r"(?<=^[A-Z甲乙丙丁戊])\d?(?:类|级)$", lambda match: match[0][:-1], bare)


def read_kind(text: str) -> tuple[Kind, bool] | None:
    """提案 or 建议; a 议案 passed on for handling is a suggestion of that origin (the second value)."""
    plain = re.sub(r"^(?:政协|委员|人大|人大代表|代表)", "", folded(text))
    return {
        "提案": (Kind.PROPOSAL, False),
        "建议": (Kind.SUGGESTION, False),
        "建议批评和意见": (Kind.SUGGESTION, False),
        "建议、批评和意见": (Kind.SUGGESTION, False),
        "意见建议": (Kind.SUGGESTION, False),
        "议案": (Kind.SUGGESTION, True),
        "议案转建议": (Kind.SUGGESTION, True),
    }.get(plain)


def read_grade(text: str) -> Grade | None:
    """满意, 基本满意, 不满意; 很满意 and 非常满意 count as satisfied, anything between is not guessed at."""
    plain = re.sub(r"[√✓✔。.,:;!]", "", folded(text))
    return {
        "满意": Grade.SATISFIED,
        "很满意": Grade.SATISFIED,
        "非常满意": Grade.SATISFIED,
        "十分满意": Grade.SATISFIED,
        "基本满意": Grade.BASIC,
        "不满意": Grade.DISSATISFIED,
    }.get(plain)


def read_key_item(text: str) -> bool | None:
    """是, √, 重点, 重点督办… against 否, ×, 一般; None where the cell says something else."""
    plain = folded(text).upper()
    if says_nothing(text) or plain in {
        "否",
        "×",
        "X",
        "0",
        "N",
        "NO",
        "FALSE",
        "不是",
        "非重点",
        "一般",
        "非",
    }:
        return False
    if plain in {"是", "√", "✓", "✔", "☑", "1", "Y", "YES", "TRUE", "★", "☆", "●", "○", "有", "对", "V"}:
        return True
    return True if re.search(r"重点|督办|领办|一号|1号", plain) and "非" not in plain else None


_PUBLICITY = {
    Publicity.FULL: (
        "公开 主动公开 全文公开 同意公开 同意对外公开 全部公开 对外公开 此件公开发布 "
        "此件公开 予以公开 可以公开 可公开 是 √ 同意"
    ),
    Publicity.SUMMARY: "摘要公开 部分公开 公开摘要 摘要 部分内容公开 主动公开摘要",
    Publicity.ON_REQUEST: "依申请公开 依申请",
    Publicity.CLOSED: "不公开 不予公开 不同意公开 不宜公开 不对外公开 此件不公开 否 × 不同意",
}


def read_publicity(text: str) -> Publicity | None:
    plain = re.sub(r"[。.,;]$", "", folded(text).translate(_BRACKETS))
    return next((kind for kind, words in _PUBLICITY.items() if plain in words.split()), None)


def is_headcount(text: str) -> bool:
    """12, 7人, 等5名: a number of co-signers, no name."""
    return bool(re.fullmatch(r"等?\d+(?:\.0)?[人名位]?", folded(text)))


_WAYS = (
    (ContactWay.PHONE, r"电话|微信|短信|通话|手机|致电"),
    (ContactWay.ON_SITE, r"现场|实地|踏勘|调研|视察"),
    (ContactWay.VISIT, r"上门|走访|登门|拜访|入户"),
    (ContactWay.TALK, r"座谈|面商|面谈|当面|见面|面对面|面复|会商|会议|邀请"),
)


def read_way(text: str) -> ContactWay:
    """The first way that the words name; 其他 keeps the words beside it."""
    return next((way for way, words in _WAYS if re.search(words, text)), ContactWay.OTHER)


_PROPOSER_WORDS: dict[str, str] = {
    ProposerKind.MEMBER: "委员 政协委员 委员个人 个人委员 政协委员个人",
    ProposerKind.DEPUTY: "代表 人大代表 代表个人 个人代表 人大代表个人",
    ProposerKind.JOINT: "联名 委员联名 代表联名 联合 委员联合 联名提案 代表联合 联名委员 联名代表",
    ProposerKind.PARTY: "党派 民主党派 党派团体 党派提案",
    ProposerKind.BODY: "团体 人民团体 群众团体 有关团体",
    ProposerKind.SECTOR: "界别 界别提案",
    ProposerKind.COMMITTEE: "专委会 专门委员会 政协专委会",
    ProposerKind.DELEGATION: "代表团",
    ProposerKind.GROUP: "小组 界别小组 委员小组 代表小组 联组 活动组 委员活动组",
    ProposerKind.COLLECTIVE: "集体 集体提案 单位",
    INDIVIDUAL: "个人 个人提案",
}
_PARTIES = re.compile(r"(?:中国)?(?:民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|九三|台盟)")
_BODIES = re.compile(
    r"(?:[省市区县州盟旗全国].{0,6})?(?:工商联|总工会|妇联|科协|侨联|台联|青联|残联|文联|共青团.{0,6}|团[省市区县州]委)"
)
_ENDINGS = (
    (ProposerKind.DELEGATION, "代表团"),
    (ProposerKind.COMMITTEE, "专委会"),
    (ProposerKind.COMMITTEE, "委员会"),
    (ProposerKind.SECTOR, "界别"),
    (ProposerKind.GROUP, "小组"),
    (ProposerKind.GROUP, "活动组"),
)


def proposer_kind(text: str) -> str:
    """The kind that a word such as 委员, 专委会 or 联名 names, empty where it is no such word."""
    plain = re.sub(r"^(?:全国|[省市区县州盟旗])(?=人大代表|政协委员)", "", folded(text).translate(_BRACKETS))
    return next((str(kind) for kind, words in _PROPOSER_WORDS.items() if plain in words.split()), "")


def read_proposer(text: str, kind_text: str = "") -> Proposer:
    """A cell with only a kind leaves the name as a gap; 党派(X) names X; else the cell is the name."""
    kind = proposer_kind(kind_text)
    if says_nothing(text):
        return Proposer(kind=kind)
    if own := proposer_kind(text):
        return Proposer(kind=own)
    named = re.fullmatch(r"([^(\uff08]+)[(\uff08](.+)[)\uff09]", text.strip(), re.DOTALL)
    if named and (own := proposer_kind(named[1])):
        return Proposer(name=named[2].strip(), kind=own)
    return Proposer(name=text.strip(), kind=kind or _kind_by_name(folded(text)))


def _kind_by_name(name: str) -> str:
    """What a proposer's own name shows beyond doubt: a party's, a people's body's, 第三代表团, 提案委员会."""
    if _PARTIES.match(name):
        return str(ProposerKind.PARTY)
    if _BODIES.fullmatch(name):
        return str(ProposerKind.BODY)
    return next(
        (str(kind) for kind, ending in _ENDINGS if name.endswith(ending) and len(name) > len(ending)), ""
    )
