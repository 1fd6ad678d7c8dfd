"""Logging in, changing the post one acts in, and in a made city playing a role."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.people.middleware import POST_KEY
from huiyin.people.models import Person, Post
from huiyin.words import Role

PLAYED = "playing"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class LogIn(LoginView):
    """Name and password; in a made city the page leads on to picking a role."""

    template_name = "people/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | {"made_city": Person.objects.filter(made_up=True).exists()}


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
        post = get_object_or_404(posts, pk=request.POST.get("post"))
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
