"""Puts the actor on the request: the post chosen at log-in, else the person's first current one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.journal.prepared import Prepared
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor
from huiyin.people.models import Post

POST_KEY = "post"


def posts_of(request: HttpRequest) -> list[Post]:
    """The person's current posts, the one acted in first; none for strangers."""
    if not request.user.is_authenticated:
        return []
    held = _HELD(request.user.pk, timezone.localdate(hooks.now()))
    chosen = request.session.get(POST_KEY)
    return sorted(held, key=lambda post: post.pk != chosen)


_HELD = Prepared(
    lambda person, day: (
        Post.objects.filter(person=person).held_on(day).select_related("person", "jurisdiction", "unit")
    )
)


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`actor` is None for strangers and for persons without a current post; `other_posts` can be changed to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        posts = posts_of(request)
        request.actor = Actor.of(posts[0]) if posts else None
        request.other_posts = posts[1:]
        return get_response(request)

    return middleware


class LogInFirst(LoginRequiredMiddleware):
    """Strangers are led to the log-in; a part of an open page is told 401, so that no log-in page lands inside it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.headers.get("HX-Request"):
            return HttpResponse("登录已经失效。", status=401)
        if request.method == "POST" and (page := came_from(request)):
            return redirect_to_login(page)  # what was pressed cannot be opened; the page it stood on can
        return super().handle_no_permission(request, view_func)


def came_from(request: HttpRequest) -> str:
    """The page of ours on which a link or a form was pressed, as the browser names it; "" where it was none."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    return urlunsplit(("", "", *urlsplit(referer)[2:4], ""))
