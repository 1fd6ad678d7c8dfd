"""Puts the actor on the request: the post chosen at log-in, else the person's first current one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.journal.work import hooks
from huiyin.people.actor import Actor
from huiyin.people.models import Post

POST_KEY = "post"


def actor_of(request: HttpRequest) -> Actor | None:
    """The acting post of a logged-in person; None for strangers and for persons without a current post."""
    if not request.user.is_authenticated:
        return None
    posts = Post.objects.filter(person=request.user).held_on(timezone.localdate(hooks.now()))
    posts = posts.select_related("person", "jurisdiction", "unit")
    chosen = request.session.get(POST_KEY)
    post = (posts.filter(pk=chosen).first() if chosen else None) or posts.first()
    return Actor.of(post) if post else None


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)
        return get_response(request)

    return middleware
