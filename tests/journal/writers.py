"""What the writers of test_many_writers.py do, in threads and in processes of their own."""

import os
import sys
import threading
from types import SimpleNamespace

EACH, TOGETHER = 6, 3


def write_some(city, mine, errors, begin):
    """One writer: hands in and files items by single steps, then some suggestions in one transaction."""
    from django.db import connections

    from huiyin.journal.work import work
    from huiyin.proposals import steps
    from tests.stories.moments import at

    when = at("2020-01-06")
    try:
        begin.wait(timeout=60)
        for count in range(EACH):
            title = f"关于{mine}第{count}件事的提案"
            received = steps.receive(city.plenary, actor=city.staff, at=when, title=title).subject
            steps.file(received, actor=city.staff, at=when)
        with work():
            for count in range(TOGETHER):
                title = f"关于{mine}第{count}件事的建议"
                steps.receive(city.congress, actor=city.congress_staff, at=when, title=title)
    except Exception as error:  # noqa: BLE001  shown by the test, whatever it is
        errors.append(f"{mine}: {error!r}")
    finally:
        connections.close_all()


def written_by_threads(city, count, name):
    """The errors of so many threads that begin at the same moment."""
    errors, begin = [], threading.Barrier(count)
    threads = [
        threading.Thread(target=write_some, args=(city, f"{name}{number}", errors, begin))
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=200)
    return errors + [f"{thread.name} hangs" for thread in threads if thread.is_alive()]


def held(writers):
    """What does not hold after so many writers; nothing when all is well."""
    from huiyin.journal import chain
    from huiyin.journal.models import ChainHead, Event, Seal
    from huiyin.proposals.models import Proposal

    events = writers * (2 * EACH + TOGETHER)
    numbers = Proposal.objects.exclude(number="").values_list("number", flat=True)
    wrong = list(chain.breaks())
    if list(Seal.objects.order_by("seq").values_list("seq", flat=True)) != list(range(1, events + 1)):
        wrong.append(f"{Event.objects.count()} events, {Seal.objects.count()} links, {events} expected")
    if ChainHead.objects.get().seq != events:
        wrong.append("the head is not the last link")
    if sorted(map(int, numbers)) != list(range(1, writers * EACH + 1)):
        wrong.append(f"numbers: {sorted(numbers)}")
    return wrong


def city_again():
    """The city of the test, as another process finds it."""
    from huiyin.people.actor import Actor
    from huiyin.people.models import Post
    from huiyin.proposals.models import Plenary

    staff = {post.assembly: Actor.of(post) for post in Post.objects.filter(role="assembly_staff")}
    return SimpleNamespace(
        plenary=Plenary.objects.get(assembly="cppcc"),
        congress=Plenary.objects.get(assembly="npc"),
        staff=staff["cppcc"],
        congress_staff=staff["npc"],
    )


def main(act, name):
    import django

    django.setup()
    if database := os.environ.get("TEST_DATABASE"):
        from django.db import connections

        connections.databases["default"]["NAME"] = database
    if act == "prepare":
        from django.core.management import call_command

        from tests import people

        call_command("migrate", verbosity=0, skip_checks=True)
        people.city()
    elif act == "write":
        if errors := written_by_threads(city_again(), 2, name):
            sys.exit("\n".join(errors))
    elif wrong := held(int(name)):
        sys.exit("\n".join(wrong))
    else:
        print(f"{int(name) * EACH}件无误")


if __name__ == "__main__":
    main(*sys.argv[1:])
