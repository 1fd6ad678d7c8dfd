"""开办: one question a page. What is answered is stored at once, so that one may leave and come back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.journal.step import STEPS, Refused
from huiyin.ledgers.reading import LedgerError
from huiyin.people.accounts import is_looked_after, password_link
from huiyin.people.models import Post
from huiyin.people.steps import appoint
from huiyin.people.views import BACKEND
from huiyin.proposals.models import Plenary
from huiyin.proposals.steps import choose_pack
from huiyin.proposals.steps.opening import usual_pack
from huiyin.setup import code
from huiyin.setup.accounts import without_password
from huiyin.setup.forms import (
    CodeForm,
    ColleagueForm,
    FirstAdministratorForm,
    ListForm,
    PlaceForm,
    PlenaryForm,
    QuestionForm,
    tell,
)
from huiyin.setup.lists import KINDS, ListKind, bring, brought_by, give_up, said, take_in
from huiyin.setup.opening import begin_plenary, enter_place, first_administrator
from huiyin.setup.packs import choices
from huiyin.setup.template import table, template
from huiyin.setup.visiting import CHOSEN, Visitor, question, show, visitor_of
from huiyin.words import Role

PAGE = 50
TOLD = 10  # refusals told one by one
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.ASSEMBLY_STAFF)


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """What stands and what comes next; before there is an administrator, the question of the code."""
    visitor = visitor_of(request)
    if visitor is None:
        if is_looked_after():
            raise Http404
        return _code(request)
    if visitor.by_code:
        return redirect("setup:place" if visitor.known_place is None else "setup:people")
    plenaries = Plenary.objects.filter(jurisdiction=visitor.place)
    return show(request, visitor, "start", plenary=plenaries.first())


def _code(request: HttpRequest) -> HttpResponse:
    code.offered()
    form = CodeForm(request.POST if request.method == "POST" else None)
    locked = request.method == "POST" and code.is_locked(request)
    if not locked and form.is_valid():
        if code.is_right(request, form.cleaned_data["password"]):
            return redirect("setup:place")
        form.add_error("password", "开办码不对，请核对后再填。")
    if locked or code.is_locked(request):
        return render(request, "setup/code.html", {"form": CodeForm(), "locked": True}, status=429)
    return render(request, "setup/code.html", {"form": form}, status=422 if form.errors else 200)


@question
def place(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Which government this is."""
    form = PlaceForm(request.POST or None, place=visitor.known_place)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        try:
            found = enter_place(visitor.known_place, visitor.person_acts, given)
        except Refused as refused:
            tell(form, refused)
        else:
            request.session[CHOSEN] = found.pk
            return redirect("setup:pack")
    return show(request, visitor, "place", form=form)


@question
def pack(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """By which rules items are handled here."""
    offered = choices(visitor.place)
    chosen = request.POST.get("pack_code") or usual_pack(visitor.place) or offered[0].pack.code
    form = QuestionForm(STEPS["jurisdiction.choose_pack"], visitor.place, visitor.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_pack(visitor.place, actor=visitor.actor, **form.values())
        return redirect("setup:people")
    near, far = [one for one in offered if one.why], [one for one in offered if not one.why]
    far_chosen = any(one.pack.code == chosen for one in far)
    return show(request, visitor, "pack", form=form, near=near, far=far, chosen=chosen, far_chosen=far_chosen)


@question
def people(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who keeps the accounts, who registers and assigns."""
    if visitor.by_code:
        return _first_administrator(request, visitor)
    form = ColleagueForm(request.POST or None) if visitor.keeps_accounts else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            post = appoint(visitor.place, actor=visitor.actor, **form.appointment()).subject
        except Refused as refused:
            tell(form, refused)
        else:
            if post.person.has_usable_password():
                messages.success(request, f"{post.person.name}已登记，用原来的密码登录。")
                return redirect("setup:people")
            return redirect("people:password_link", post.pk)
    posts = Post.objects.filter(jurisdiction=visitor.place).in_role(*HERE).select_related("person", "unit")
    return show(request, visitor, "people", form=form, posts=posts.filter(to_on=None)[:PAGE])


def _first_administrator(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        account = {
            "username": given["username"] or given["phone"],
            "name": given["name"],
            "phone": given["phone"],
        }
        try:
            person = first_administrator(visitor.place, account, given["password1"])
        except Refused as refused:
            tell(form, refused)
        else:
            login(request, person, backend=BACKEND)
            request.session.pop(code.PASSED, None)
            messages.success(
                request, f"{person.name}已是系统管理员，登录名是{person.username}，现在已经登录。"
            )
            return redirect("setup:people")
    return show(request, visitor, "people", form=form, posts=[])


@question
def plenary(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Which meeting items are handed in for."""
    form = PlenaryForm(STEPS["plenary.open"], visitor.place, visitor.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_plenary(visitor.place, visitor.actor, form.values())
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, f"已登记{made.label}。")
            return redirect("setup:plenary")
    plenaries = Plenary.objects.filter(jurisdiction=visitor.place)
    return show(request, visitor, "plenary", form=form, plenaries=plenaries)


@question
def units(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Which units items can be given to."""
    return _list(request, visitor, KINDS["units"])


@question
def members(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who hands items in."""
    plenaries = Plenary.objects.filter(jurisdiction=visitor.place)
    return _list(request, visitor, KINDS["members"], plenaries=plenaries)


@question
def accounts(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who works at it in the units, and which members come in themselves."""
    if not visitor.keeps_accounts:
        raise Http404
    return _list(request, visitor, KINDS["accounts"])


@question
def links(request: HttpRequest, visitor: Visitor) -> FileResponse:
    """For everybody who has none yet, the link by which a password is chosen, to be handed over one by one."""
    if not visitor.keeps_accounts:
        raise Http404
    rows = [
        (
            post.person.name,
            post.unit.name if post.unit else "",
            Role.label_of(post.role),
            post.person.username,
            request.build_absolute_uri(password_link(post.person)),
        )
        for post in without_password(visitor.place)
    ]
    heads = {"姓名": 12, "单位": 28, "角色": 20, "登录名": 16, "设密码链接": 90}
    content = table("设密码链接", heads, rows)
    return FileResponse(content, as_attachment=True, filename="设密码链接.xlsx", content_type=XLSX)


def _list(request: HttpRequest, visitor: Visitor, kind: ListKind, **more: Any) -> HttpResponse:
    """Bring a list, look at what it would change, take it in or give it up."""
    does = request.POST.get("do", "")
    if does in ("take", "drop"):
        _done_with(request, visitor, kind)
        return redirect(f"setup:{kind.what}")
    form = ListForm(request.POST, request.FILES, **more) if does else ListForm(**more)
    if does and form.is_valid():
        try:
            bring(kind, form.cleaned_data["file"], visitor.actor, form.chosen())
        except LedgerError as error:
            form.add_error("file", f"{str(error).rstrip('。')}。")
        else:
            return redirect(f"setup:{kind.what}")
    brought = brought_by(visitor.actor, kind)
    compared = kind.compare(brought) if brought else None
    wanted = request.GET.get("show", "")
    lines = compared.shown(wanted) if compared else []
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visitor,
        kind.what,
        form=form,
        brought=brought,
        compared=compared,
        page=page,
        wanted=wanted,
        **more,
    )


def _done_with(request: HttpRequest, visitor: Visitor, kind: ListKind) -> None:
    """The list at hand is taken in or given up; a second click finds none."""
    brought = brought_by(visitor.actor, kind)
    if brought is None:
        messages.info(request, "这份名单已经处理过了。")
    elif request.POST["do"] == "drop":
        give_up(brought)
        messages.info(request, "这份名单没有收，可以重新上传。")
    else:
        taken = take_in(kind, brought, visitor.actor)
        messages.success(request, said(taken))
        for problem in taken.problems[:TOLD]:
            messages.error(request, problem)


@question
def blank(request: HttpRequest, visitor: Visitor, what: str) -> FileResponse:
    """The spreadsheet to fill in."""
    kind = KINDS.get(what)
    if kind is None:
        raise Http404
    content = template(kind.sheet, kind.columns)
    return FileResponse(content, as_attachment=True, filename=f"{kind.sheet}模板.xlsx", content_type=XLSX)
