"""我的通知, a leader's week, messages that did not go out, and the feeds. A person's own wishes: no step, no event."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from huiyin.clock.now import now, today
from huiyin.components.views import actor_of
from huiyin.notices.config import Config, load
from huiyin.notices.feeds import due_dates
from huiyin.notices.feeds import news as news_of
from huiyin.notices.forms import AddressForm
from huiyin.notices.models import (
    Address,
    Feed,
    Message,
    ask_for_test,
    choose,
    close_feed,
    feed_of,
    open_feed,
    stop,
)
from huiyin.notices.week import LEADERS, week_of
from huiyin.notices.words import Way
from huiyin.people.actor import Actor
from huiyin.words import Role

LATEST = 10
PAGE = 50
TESTS_A_DAY = 5
SAVED = "已保存。从下一个工作日起，也用{channel}通知您。"
TESTED = "测试消息一分钟内发出，结果见下面“最近发出的”。"


def own(request: HttpRequest) -> HttpResponse:
    """Which ways one is told by, and what has gone out lately."""
    actor = actor_of(request)
    config = load(settings.HOME)
    stored = {Way(one.channel): one for one in Address.objects.of(actor.person)}
    forms = {channel: AddressForm(channel, actor, stored.get(channel)) for channel in config.channels}
    shown_once = ""
    if request.method == "POST":
        pressed, _, name = request.POST.get("do", "").partition(":")
        if pressed == "feed":
            shown_once = _feed(request, actor, name)
        elif pressed == "save" and name in forms:
            channel = Way(name)
            forms[channel] = AddressForm(channel, actor, stored.get(channel), request.POST)
            if forms[channel].is_valid():
                choose(actor.person, channel, forms[channel].chosen())
                messages.success(request, SAVED.format(channel=channel.label))
                return redirect("notices:own")
        elif name in stored:
            _press(request, pressed, stored[Way(name)])
            return redirect("notices:own")
    page = {
        "ways": [(channel, forms[channel], stored.get(channel)) for channel in config.channels],
        "feed": Feed.objects.filter(person=actor.person).first(),
        "feeds": _addresses(request, shown_once),
        "leads": actor.role in LEADERS,
        "latest": Message.objects.of(actor.person)[:LATEST],
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "notices/own.html", page, status=422 if wrong else 200)


def _press(request: HttpRequest, pressed: str, address: Address) -> None:
    """The buttons beside a way that is in use."""
    if pressed == "test":
        if Message.objects.tests_of(address, today()).count() >= TESTS_A_DAY:
            messages.error(
                request, f"今天已经试过{TESTS_A_DAY}次，请明天再试，或请系统管理员看看为什么收不到。"
            )
        else:
            ask_for_test(address, today(), now())
            messages.success(request, TESTED)
    elif pressed == "stop":
        stop(address)
        messages.success(request, f"不再用{Way.label_of(address.channel)}通知。")


def _feed(request: HttpRequest, actor: Actor, wanted: str) -> str:
    """A new secret address, shown on this page alone, or none any more."""
    if wanted == "open" and actor.person is not None:
        messages.success(request, "订阅地址已生成，请现在复制：离开这一页就不再显示。")
        return open_feed(actor.person, now())
    if wanted == "close":
        close_feed(actor.person)
        messages.success(request, "订阅地址已停用，拿着旧地址的也看不到了。")
    return ""


def _addresses(request: HttpRequest, token: str) -> list[tuple[str, str]]:
    if not token:
        return []
    kinds = (("日历（到期日）", "notices:due_feed"), ("通知（Atom）", "notices:news_feed"))
    return [(label, request.build_absolute_uri(reverse(name, args=[token]))) for label, name in kinds]


def week(request: HttpRequest) -> HttpResponse:
    """The seven days up to yesterday, or up to a day asked for."""
    actor = actor_of(request)
    found = week_of(actor, _day(request.GET.get("until", "")) or today() - timedelta(days=1))
    if found is None:
        raise Http404
    return render(request, "notices/week.html", {"week": found, "earlier": found.begins - timedelta(days=1)})


def _day(text: str) -> date | None:
    try:
        return min(date.fromisoformat(text), today())
    except ValueError:
        return None


def failed(request: HttpRequest) -> HttpResponse:
    """For the administrator: the channels of the site, and messages that nobody took, to be tried again or given up."""
    actor = actor_of(request)
    if actor.role != Role.ADMINISTRATOR:
        raise Http404
    dead = Message.objects.dead().of_place(actor.jurisdiction)
    if request.method == "POST":
        pressed, _, key = request.POST.get("do", "").partition(":")
        if key == "all":
            messages.success(request, f"{dead.try_again(now())}条消息重新发送，一分钟内开始。")
        else:
            message = get_object_or_404(dead, pk=key if key.isdecimal() else None)
            _again_or_not(request, pressed, message)
        return redirect("notices:failed")
    config = load(settings.HOME)
    page: dict[str, Any] = {
        "page": Paginator(dead.select_related("person"), PAGE).get_page(request.GET.get("page")),
        "channels": [(channel, channel in config.channels) for channel in Way],
        "problems": config.problems,
        "waiting": Message.objects.waiting(now()).of_place(actor.jurisdiction).count(),
    }
    return render(request, "notices/failed.html", page)


def _again_or_not(request: HttpRequest, pressed: str, message: Message) -> None:
    one = Message.objects.filter(pk=message.pk)
    if pressed == "again":
        one.try_again(now())
        messages.success(request, f"发给{message.person.name}的{message}重新发送，一分钟内开始。")
    elif pressed == "drop":
        one.give_up()
        messages.success(request, f"发给{message.person.name}的{message}不再发送。")


@login_not_required
def due_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Due dates for whoever holds the secret address."""
    feed, config = _opened(token)
    text = due_dates(feed.person, config.site or _site(request), now())
    return _private(HttpResponse(text, content_type="text/calendar; charset=utf-8"))


@login_not_required
def news_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed, config = _opened(token)
    text = news_of(feed.person, config.site or _site(request), reverse("notices:own"), now())
    return _private(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


def _opened(token: str) -> tuple[Feed, Config]:
    feed = feed_of(token)
    if feed is None:
        raise Http404
    return feed, load(settings.HOME)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way, found by no search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
