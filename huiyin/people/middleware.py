"""Puts the actor on the request: the post chosen at log-in, else the person's first current one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.journal.work import hooks
from huiyin.people.actor import Actor
from huiyin.people.models import Post

POST_KEY = "post"


def posts_of(request: HttpRequest) -> list[Post]:
    """The person's current posts, the one acted in first; none for strangers."""
    if not request.user.is_authenticated:
        return []
    held = Post.objects.filter(person=request.user).held_on(timezone.localdate(hooks.now()))
    chosen = request.session.get(POST_KEY)
    return sorted(held.select_related("person", "jurisdiction", "unit"), key=lambda post: post.pk != chosen)


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
