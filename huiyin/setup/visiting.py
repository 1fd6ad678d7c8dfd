"""Who sets up: by the code while there is no administrator; later the administrator and the registrar, nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from huiyin.people.accounts import is_looked_after
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.setup import code
from huiyin.setup.course import BY_CODE, course_of
from huiyin.setup.opening import place_at_hand
from huiyin.words import Role

SETTING_UP = {Role.ADMINISTRATOR, Role.REGISTRAR}
CHOSEN = "setup_place"


@dataclass(frozen=True)
class Visitor:
    """Somebody at a page of the assistant; without a person it is the holder of the code, who acts as the system."""

    person_acts: Actor | None
    known_place: Jurisdiction | None

    @property
    def by_code(self) -> bool:
        return self.person_acts is None

    @property
    def place(self) -> Jurisdiction:
        assert self.known_place is not None, "the question of the place comes first"
        return self.known_place

    @property
    def actor(self) -> Actor:
        return self.person_acts or Actor.system(self.place)

    @property
    def keeps_accounts(self) -> bool:
        return self.person_acts is not None and self.person_acts.role == Role.ADMINISTRATOR


View = Callable[..., HttpResponseBase]


def visitor_of(request: HttpRequest) -> Visitor | None:
    """None for those who have to say first who they are; 404 for those who have no business here."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is not None and actor.role in SETTING_UP:
        return Visitor(actor, actor.jurisdiction)
    if request.user.is_authenticated:
        raise Http404
    if code.has_passed(request):
        return Visitor(None, place_at_hand(request.session.get(CHOSEN)))
    return None


def question(view: View) -> View:
    """A page of the assistant: called with the visitor; what comes before it has to be answered."""
    name = view.__name__

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visitor = visitor_of(request)
        if visitor is None:
            return redirect_to_login(request.path) if is_looked_after() else redirect("setup:start")
        if visitor.known_place is None and name != "place":
            return redirect("setup:place")
        if visitor.by_code and name not in BY_CODE:
            return redirect("setup:people")
        return view(request, visitor, *args, **kwargs)

    return login_not_required(asked)


def show(request: HttpRequest, visitor: Visitor, name: str, **page: Any) -> HttpResponse:
    """A page with the course beside it; a form that was refused is sent with 422."""
    course = course_of(visitor.known_place, name, by_code=visitor.by_code)
    form = page.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    context = {"visitor": visitor, "course": course, **page}
    return render(request, f"setup/{name}.html", context, status=status)
