"""Where somebody stood, as a phone says it: 36.8131°N, 118.0548°E（约±20米）. Pure."""

import re

LIKE = "36.8131°N, 118.0548°E"
WRITTEN = re.compile(
    r"(?P<latitude>\d{1,3}(?:\.\d{1,8})?)°(?P<ns>[NS])[,，] ?"
    r"(?P<longitude>\d{1,3}(?:\.\d{1,8})?)°(?P<ew>[EW])(?:（约±\d{1,7}米）)?",
    re.ASCII,
)


def what_is_wrong(text: str) -> str:
    """Why it is no position, "" where it is one."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return f"“位置”要照这个样子写：{LIKE}；说不准的请留空，在“地点”里写明路名、院名。"
    if float(found["latitude"]) > 90:
        return "纬度在0到90之间，请核对“位置”里的第一个数。"
    if float(found["longitude"]) > 180:
        return "经度在0到180之间，请核对“位置”里的第二个数。"
    return ""
