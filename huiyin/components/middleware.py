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
