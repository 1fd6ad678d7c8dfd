"""The work on uploaded ledgers in processes of its own: killed in the middle, taken up by the next, stopped, served."""

import json
import signal
import subprocess
import sys

import pytest

from tests.ledgers.importing.homes import ROOT, Home
from tests.ledgers.importing.makers import ledger, many

BROUGHT = """
import sys
from datetime import date
from pathlib import Path
import django
django.setup()
from huiyin.ledgers import drafts
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import Job
from huiyin.people.actor import Actor
from huiyin.people.models import Person, Post
from huiyin.proposals.models import Plenary
plenary = Plenary.objects.get(code="zx")
person, _ = Person.objects.get_or_create(username="lin", name="林岚")
post, _ = Post.objects.get_or_create(person=person, role="registrar", jurisdiction=plenary.jurisdiction)
path = Path(sys.argv[1])
given = Options(new_units=True)
draft = drafts.bring(path.read_bytes(), path.name, plenary, actor=Actor.of(post), options=given)
drafts._ask(draft, Job.IMPORT, Actor.of(post), {})
"""
LOOKS = 60  # each a process that starts, looks and ends: time enough for a few rows to go in beside it
KILLED = """
import os, signal, sys
import django
django.setup()
from huiyin.cli import main
from huiyin.ledgers.importing import answers

left, how = int(sys.argv[1]), getattr(signal, sys.argv[2])
take = answers._issue

def killed(*arguments):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), how)
    take(*arguments)

answers._issue = killed
sys.exit(main(["run-imports"]))
"""
STANDS = """
import json
import django
django.setup()
from django.db.models import Count
from huiyin.ledgers.models import ImportDraft, ImportRow, LedgerImport
from huiyin.proposals.models import Proposal
draft = ImportDraft.objects.latest("pk")
made = Proposal.objects.annotate(count=Count("events"))
print(json.dumps({
    "items": made.count(),
    "lengths": len(set(made.values_list("count", flat=True))),
    "rows": ImportRow.objects.count(),
    "imports": LedgerImport.objects.count(),
    "done": draft.done,
    "taken_in": draft.is_taken_in,
}))
"""
AGED = """
import django
django.setup()
from huiyin.clock.now import now
from huiyin.ledgers.models import STALE, ImportDraft
ImportDraft.objects.update(beat_at=now() - STALE * 2)
"""


@pytest.fixture
def home(tmp_path) -> Home:
    made = Home(tmp_path / "home")
    made.folder.mkdir()
    made.add_plenary("zx", 1)
    return made


def stands(home: Home) -> dict:
    return json.loads(home.python("-c", STANDS).stdout)


def brought(home: Home, path) -> None:
    done = home.python("-c", BROUGHT, str(path))
    assert done.returncode == 0, done.stderr


def test_a_killed_import_is_taken_up_by_the_next_process_and_nothing_is_doubled(home, tmp_path):
    brought(home, ledger(tmp_path / "台账.xlsx", *many(250)))
    killed = home.python("-c", KILLED, "130", "SIGKILL")
    assert killed.returncode == -9
    half = {"items": 100, "lengths": 1, "rows": 100, "imports": 1, "done": 100, "taken_in": False}
    assert stands(home) == half
    assert home.huiyin("check-life").returncode == 0
    assert (
        home.huiyin("run-imports").returncode == 0
    )  # whoever is killed may be alive still, for all one knows
    assert stands(home) == half
    home.python("-c", AGED)
    done = home.huiyin("run-imports")
    assert (done.returncode, done.stdout) == (0, "已处理网页上传的台账1份。\n")
    whole = {"items": 250, "lengths": 1, "rows": 250, "imports": 1, "done": 250, "taken_in": True}
    assert stands(home) == whole
    assert home.huiyin("check-life").returncode == 0
    assert home.huiyin("verify-journal").returncode == 0


def test_whoever_is_told_to_stop_leaves_the_rest_to_the_next_at_once(home, tmp_path):
    brought(home, ledger(tmp_path / "台账.xlsx", *many(120)))
    stopped = home.python("-c", KILLED, "110", "SIGTERM")
    assert stopped.returncode == 1, stopped.stderr
    assert stands(home)["items"] == 100
    home.huiyin("run-imports")
    assert (stands(home)["items"], stands(home)["taken_in"]) == (120, True)


def test_the_server_does_what_waits(home, tmp_path):
    brought(home, ledger(tmp_path / "台账.xlsx", *many(3)))
    serve = [sys.executable, "-m", "huiyin", "serve", "--port", "0"]
    plainly = home.environment | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(serve, cwd=ROOT, env=plainly, stdout=subprocess.PIPE, text=True) as server:
        assert "回音已启动" in server.stdout.readline()
        assert any(stands(home)["taken_in"] for _ in range(LOOKS))
        server.send_signal(signal.SIGINT)
    assert stands(home)["items"] == 3
