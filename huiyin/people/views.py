"""Logging in, changing the post one acts in, and in a made city playing a role."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from huiyin.journal.work import hooks
from huiyin.people.accounts import is_looked_after, is_of_one_place
from huiyin.people.accounts import password_link as link_for
from huiyin.people.middleware import POST_KEY
from huiyin.people.models import Person, Post, PostQuerySet, Proposer, Unit
from huiyin.words import Role

PLAYED = "playing"
PAGE = 50
BACKEND = "django.contrib.auth.backends.ModelBackend"


class LogIn(LoginView):
    """Name and password; in a made city the page leads on to picking a role."""

    template_name = "people/login.html"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Where there is nobody yet, there is nobody to log in: the city is set up first."""
        if not Person.objects.exists():
            return redirect("setup:start")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | {
            "made_city": Person.objects.filter(made_up=True).exists(),
            "is_looked_after": is_looked_after(),
        }


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("people:login")


@login_not_required
def play(request: HttpRequest) -> HttpResponse:
    """Pick a made-up person. Only persons made by the demo can be played, so no other home has this page."""
    posts = Post.objects.filter(person__made_up=True).select_related("person", "unit", "jurisdiction")
    if not posts.exists():
        raise Http404
    if request.method == "POST":
        chosen = request.POST.get("post", "")
        post = get_object_or_404(posts, pk=chosen if chosen.isdecimal() else None)
        logout(request)
        login(request, post.person, backend=BACKEND)
        request.session[POST_KEY] = post.pk
        request.session[PLAYED] = True
        return redirect("desks:desk")
    groups = [(role, posts.filter(role=role)[:40]) for role in Role]
    return render(request, "people/play.html", {"groups": [(role, found) for role, found in groups if found]})


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Act in another of one's own posts."""
    post = get_object_or_404(Post.objects.filter(person=request.user), pk=pk)
    request.session[POST_KEY] = post.pk
    messages.success(request, f"现在以“{post}”的身份办理。")
    return HttpResponseRedirect("/")


def _posts_to_look_after(request: HttpRequest) -> PostQuerySet:
    """Posts of the administrator's place; nobody else sees this page."""
    actor = request.actor
    if actor is None or actor.role != Role.ADMINISTRATOR:
        raise Http404
    return Post.objects.filter(jurisdiction=actor.jurisdiction).select_related("person", "unit")


def accounts(request: HttpRequest) -> HttpResponse:
    """Who holds which post; accounts are changed by steps."""
    posts = _posts_to_look_after(request)
    wanted = request.GET.get("q", "").strip()
    if wanted:
        named = Q(person__name__icontains=wanted) | Q(person__username__icontains=wanted)
        posts = posts.filter(named | Q(unit__name__icontains=wanted))
    past = "past" in request.GET
    if not past:
        posts = posts.held_on(localdate(hooks.now()))
    page = Paginator(posts.order_by("unit", "id"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "past": past, "place": request.actor.jurisdiction}
    return render(request, "people/accounts.html", context)


def units(request: HttpRequest) -> HttpResponse:
    """The units of the place, for who keeps their entries; changed by steps."""
    actor = request.actor
    if actor is None or actor.role not in (Role.REGISTRAR, Role.ADMINISTRATOR):
        raise Http404
    found = Unit.objects.of(actor.jurisdiction).select_related("parent")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        named = Q(name__icontains=wanted) | Q(short_name__icontains=wanted) | Q(duties__icontains=wanted)
        found = found.filter(named)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/units.html", {"page": page, "wanted": wanted, "place": actor.jurisdiction})


def proposers(request: HttpRequest) -> HttpResponse:
    """Members, deputies and bodies, for who keeps their entries; changed by steps."""
    actor = request.actor
    if actor is None or actor.role not in (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.ADMINISTRATOR):
        raise Http404
    found = Proposer.objects.filter(jurisdiction=actor.jurisdiction)
    if actor.role == Role.ASSEMBLY_STAFF:
        found = found.filter(assembly=actor.assembly)
    wanted = request.GET.get("q", "").strip()
    if wanted:
        named = Q(name__icontains=wanted) | Q(sector__icontains=wanted) | Q(organisation__icontains=wanted)
        found = found.filter(named)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/proposers.html", {"page": page, "wanted": wanted})


def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link by which a person without a password chooses one, to be handed over."""
    post = get_object_or_404(_posts_to_look_after(request), pk=pk)
    path = link_for(post.person) if is_of_one_place(post.person) else ""
    address = request.build_absolute_uri(path) if path else ""
    return render(request, "people/password_link.html", {"post": post, "address": address})


@method_decorator(login_not_required, name="dispatch")
class SetPassword(PasswordResetConfirmView):
    """By the one-time link, without log-in."""

    template_name = "people/set_password.html"
    success_url = reverse_lazy("people:login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        messages.success(self.request, "密码已经设好，请用新密码登录。")
        return super().form_valid(form)
