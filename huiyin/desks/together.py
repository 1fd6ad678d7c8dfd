"""Several rows at once: the same step on each of those chosen, one after the other, with a result for each."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.components.forms import form_of
from huiyin.components.views import actor_of, entitled, seen_by, subject_or_404
from huiyin.desks import said
from huiyin.desks.acts import Act, acts_of
from huiyin.desks.desk import Row, ordered, row_of
from huiyin.desks.filters import Filters
from huiyin.desks.open_steps import may
from huiyin.desks.procedure import place_of
from huiyin.journal.step import STEPS, AlreadyDone, Call, Refused, Step
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.words import AssignmentState

MOST = 200  # rows at once
NAMED = 20  # numbers in one sentence
NOTHING_OWED = (AssignmentState.ANSWERED, AssignmentState.OPINION_GIVEN, AssignmentState.CLOSED)


@dataclass
class Choice:
    """What one step may be taken on: the rows, which of them are ticked, what stands in the way of the others.

    everything: the address at which all of them are ticked, where they are not. each: by row, what it gets of a field
    that is left empty.
    """

    step: Step
    rows: list[Row]
    ticked: set[int]
    hindered: list[tuple[Proposal, str]] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    everything: str = ""
    each: dict[int, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[Row, bool, str, str]]:
        """Those that were refused first, each with its sentence."""
        keyed = [(row, row.obj.pk) for row in self.rows]
        found = [
            (row, pk in self.ticked, self.refused.get(pk, ""), self.each.get(pk, "")) for row, pk in keyed
        ]
        return sorted(found, key=lambda line: not line[2])


def bulk_steps(items: list[Proposal], actor: Actor) -> list[Step]:
    """What may be done with some of these items or their shares, in the order of the procedure; shares must be fetched."""
    shares = [share for item in items for share in item.assignments.all()]
    on = {"proposals.Proposal": items, "handling.Assignment": shares}
    open_now = (
        step
        for step in STEPS.values()
        if step.bulk and any(may(actor, step, row) for row in on.get(step.on, []))
    )
    return sorted(open_now, key=place_of)


def together(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of one group of the desk to choose from, and the form of their step."""
    actor = actor_of(request)
    act = next((act for act in acts_of(actor) if act.step == code and STEPS[code].bulk), None)
    if act is None:
        raise Http404
    rows = [row_of(act, obj) for obj in ordered(act, actor)[:MOST]]
    if not rows:
        return HttpResponseRedirect(reverse("desks:desk"))
    everything = {row.obj.pk for row in rows} if "all" in request.GET else set()
    crumbs = [(reverse("desks:group", args=[code]), act.label)]
    choice = Choice(STEPS[code], rows, everything, everything="" if everything else "?all=1")
    return _page(request, actor, choice, crumbs, lambda: _left_of(act, actor))


def selection(request: HttpRequest) -> HttpResponse:
    """What was ticked in the ledger, and the form of the step that was picked there."""
    actor = actor_of(request)
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("desks:ledger")
    step = STEPS.get(request.GET.get("step", ""))
    items = _picked(request.GET, actor)
    if step is None or not step.bulk or not items:
        asked = "请先勾选要办的件，再点“去办理”。" if not items else "请先选择要办的事，再点“去办理”。"
        messages.info(request, asked)
        return HttpResponseRedirect(back)
    return _page(request, actor, choice_of(step, items, actor), [(back, "台账")], lambda: back)


def _picked(asked: QueryDict, actor: Actor) -> list[Proposal]:
    """Those ticked one by one or a page at a time, or the first of a whole list."""
    if "all" in asked:
        rows = Filters(actor, QueryDict(asked["all"])).rows()
    else:
        pks = {int(pk) for value in asked.getlist("rows") for pk in value.split(",") if pk.isdigit()}
        seen = Proposal.objects.visible_to(actor).filter(pk__in=pks)
        rows = seen.order_by("plenary", "number_key", "id")
    return list(rows.select_related(*Proposal.lock_with)[:MOST])


def choice_of(step: Step, items: list[Proposal], actor: Actor) -> Choice:
    """The items themselves or their shares, as the step asks; those that owe nothing any more are left unticked."""
    model = apps.get_model(step.on)
    parts: dict[int, list[Any]] = defaultdict(list)
    if model is Proposal:
        parts |= {item.pk: [item] for item in items}
    else:
        shares = seen_by(actor, model).filter(proposal__in=[item.pk for item in items])
        for share in shares.select_related(*model.lock_with).order_by("pk"):
            parts[share.proposal_id].append(share)
    choice = Choice(step, [], set())
    for item in items:
        possible = [row for row in parts[item.pk] if may(actor, step, row)]
        if not possible:
            choice.hindered.append((item, _hindrance(step, parts[item.pk], actor)))
        for row in possible:
            choice.rows.append(Row(row, item, None, _line(row)))
            if row.state not in NOTHING_OWED:
                choice.ticked.add(row.pk)
    return choice


def _line(row: Any) -> str:
    if isinstance(row, Proposal):
        return ""
    return said.joined(said.of_share(row), AssignmentState.label_of(row.state))


def _hindrance(step: Step, rows: list[Any], actor: Actor) -> str:
    """The sentence of the runner itself, for the row that is nearest to it."""
    if not rows:
        return f"还没有交办给承办单位，不能{step.label}；请先交办。"
    refusals = [step.refusal(Call(step, row, actor, hooks.now(), None), ()) for row in rows]
    own = [row for row in rows if step.who(actor, row)]
    refused = refusals[rows.index(own[0])] if own else refusals[0]
    return refused.sentence if refused else ""


def _page(
    request: HttpRequest,
    actor: Actor,
    choice: Choice,
    crumbs: list[tuple[str, str]],
    back: Callable[[], str],
) -> HttpResponse:
    """The form once, the rows to tick; what is refused stays ticked with its sentence, and what was typed stays too."""
    step, form = choice.step, None
    if choice.rows:
        first = subject_or_404(step, choice.rows[0].obj.pk, actor)
        form = form_of(step, first, entitled(step, first, actor), request)
        for spec in (spec for spec in step.fields if spec.each):
            form.initial.pop(spec.name, None)  # it is what the first row gets, not the others
            choice.each |= spec.each([row.obj for row in choice.rows])
    if request.method == "POST" and form is not None:
        choice.ticked = {int(pk) for pk in request.POST.getlist("rows") if pk.isdigit()}
        if not choice.ticked:
            form.add_error(None, f"请先勾选要{step.label}的件，再提交。")
        elif form.is_bound and form.is_valid():
            _take(request, choice, actor, form.values())
            if not choice.refused:
                return HttpResponseRedirect(back())
    wrong = form is not None and form.is_bound and (form.errors or choice.refused)
    page = {"choice": choice, "step": step, "form": form, "crumbs": crumbs, "back": crumbs[-1][0]}
    return render(request, "desks/together.html", page, status=422 if wrong else 200)


def _take(request: HttpRequest, choice: Choice, actor: Actor, given: dict[str, Any]) -> None:
    """The step in a loop; each row stands for itself, so that one refusal keeps none of the others back."""
    done, step = [], choice.step
    for row in [row for row in choice.rows if row.obj.pk in choice.ticked]:
        try:
            obj = subject_or_404(step, row.obj.pk, actor)
            step(obj, actor=entitled(step, obj, actor), **given)
        except AlreadyDone as known:
            messages.info(request, f"{row.short}：{known.sentence}")
        except Refused as refused:
            choice.refused[row.obj.pk] = refused.sentence
            continue
        except Http404:
            choice.refused[row.obj.pk] = f"这一件刚才有变动，您现在不能{step.label}。"
            continue
        else:
            done.append(row)
        choice.rows.remove(row)
    if done:
        named = list(dict.fromkeys(row.short for row in done))
        more = "等" if len(named) > NAMED else ""
        messages.success(request, f"已办好：{step.label}，{len(done)}件。{'、'.join(named[:NAMED])}{more}。")


def _left_of(act: Act, actor: Actor) -> str:
    """To what is left of the group, or to the desk."""
    left = act.rows(actor).exists()
    return reverse("desks:group", args=[act.step]) if left else reverse("desks:desk")
