"""What no page should have to think of."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from huiyin.components.errors import button_only
from huiyin.journal.work import looking


def typeable_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Nobody types a NUL, and PostgreSQL knows no text with one: an address with one is refused. Forms refuse it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


# What a browser may be asked for by these pages alone (the visit sheet asks where it is), and what by none at all.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


def permissions_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A photo is taken by the phone's own camera through a file field, which needs no permission."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return answer

    return middleware


def looking_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page that only shows asks for the rules and the calendar once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return get_response(request)
        with looking():
            return get_response(request)

    return middleware


def button_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Django refuses a page where only a form may be sent with nothing to read; here it says where to go."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        return button_only(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer

    return middleware
