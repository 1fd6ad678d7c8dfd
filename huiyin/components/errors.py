"""What a page says that could not be shown: in plain words, what to do next, and the way back to where one was.

The page of a fault (500) asks neither the session nor the database: they may be what is at fault.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.people.middleware import came_from

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Fault:
    """The heading, what has happened, and what to do next; `again`: the same address may be tried once more."""

    status: int
    title: str
    what: str
    next: str
    again: bool = False


NOT_READ = Fault(
    400, "这个地址打不开", "地址不完整，或者里面有认不出的字符。", "请返回上一页，从页面上的链接再进一次。"
)
NOT_YOURS = Fault(
    403,
    "不能进入这一页",
    "您现在的身份不能进入这一页。",
    "该由您办的，请联系系统管理员核对您的任职；有几项任职的，请在右上角换一个身份再试。",
)
NOT_FOUND = Fault(
    404,
    "没有找到这一页",
    "没有这一页，或者这一件不由您看。",
    "请核对地址；知道编号或案由的，可以到台账里查找。",
)
BUTTON = Fault(
    405,
    "这里要从页面上的按钮进来",
    "这是一个按钮的地址，直接打开它，什么也不会办。",
    "请回到原来的页面，再按一次那里的按钮。",
)
TOO_LARGE = Fault(
    413,
    "内容太多，没有收下",
    "一次提交的文字、附件或勾选的行太多，这一次什么也没有办。",
    "请返回上一页，分几次提交；附件可以压缩以后再传。",
)
STALE = Fault(
    403,
    "页面放得太久，没有提交",
    "这一页打开以后登录换过了，或者浏览器没有保存登录信息，刚才填的没有提交。",
    "请重新打开刚才的页面再提交一次，自动暂存的内容会放回原处。",
    again=True,
)
LOCKED = Fault(
    429,
    "登录暂停半小时",
    "登录名或密码连续几次不对，为了账号安全，暂时不能登录。",
    "请半小时以后再试；忘记密码的，请联系系统管理员重设密码。",
)
BROKEN = Fault(
    500,
    "系统出了故障",
    "刚才这一步可能没有办成。办成的都记在那一件的“经过”里，没有记上的要再办一次；自动暂存的内容还在。",
    "请过几分钟再试；还是不行的，请把这个地址和时间告诉系统管理员。",
    again=True,
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, TOO_LARGE if isinstance(exception, TOO_MUCH) else NOT_READ)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever refuses may say why, in a sentence of its own."""
    return _page(request, NOT_YOURS, said=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, NOT_FOUND)


def button_only(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Opened like a page, what a form is sent to."""
    page = _page(request, BUTTON)
    page["Allow"] = refused["Allow"]
    return page


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of a form does not fit the log-in any more."""
    return _page(request, STALE)


def locked_out(request: HttpRequest, response: Any, credentials: Any) -> HttpResponse:
    return _page(request, LOCKED)


def broken(request: HttpRequest) -> HttpResponse:
    page = render_to_string("components/error.html", _context(request, BROKEN))
    return HttpResponse(page, status=BROKEN.status)


def _page(request: HttpRequest, fault: Fault, said: str = "") -> HttpResponse:
    page = render_to_string("components/error.html", _context(request, fault) | {"said": said}, request)
    return HttpResponse(page, status=fault.status)


def _context(request: HttpRequest, fault: Fault) -> dict[str, Any]:
    return {"fault": fault, "said": "", "way_back": _way_back(request), "address": request.get_full_path()}


def _way_back(request: HttpRequest) -> str:
    """The page that led here: the one named as the way back (the item's, for a step), else the one the browser names."""
    named = request.GET.get("back", "")
    return named if url_has_allowed_host_and_scheme(named, None) else came_from(request)
