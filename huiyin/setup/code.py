"""开办码: whoever can read the home's folder may set the city up, until it has an administrator."""

import os
import secrets
import unicodedata
from pathlib import Path

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from huiyin.people.accounts import is_looked_after

# Without letters and digits that are taken for each other.
ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
GROUPS, LONG = 3, 4
# Under this name wrong codes are counted beside wrong passwords; nobody is called so.
COUNTED_AS = "（开办码）"
PASSED = "setup_code"


def _file() -> Path:
    return Path(settings.HOME) / "setup.code"


def offered() -> str:
    """The code of this home, made on first use, readable by the owner only; '' where an administrator exists."""
    if is_looked_after():
        forget()
        return ""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LONG)) for _ in range(GROUPS))
    try:
        handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _file().read_text(encoding="utf-8").strip()
    made = "-".join(groups)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made


def forget() -> None:
    _file().unlink(missing_ok=True)


def _plain(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in folded if sign in ALPHABET)


def is_locked(request: HttpRequest) -> bool:
    """Too many wrong codes have come from this address lately."""
    return not AxesProxyHandler.is_allowed(request, {"username": COUNTED_AS})


def is_right(request: HttpRequest, typed: str) -> bool:
    """Whether this is the code. A wrong one is counted like a wrong password."""
    code = _plain(offered())
    if code and secrets.compare_digest(_plain(typed), code):
        AxesProxyHandler.reset_attempts(username=COUNTED_AS)
        request.session[PASSED] = True
        return True
    authenticate(request, username=COUNTED_AS, password=typed)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # the page says it itself, in its own words
    return False


def has_passed(request: HttpRequest) -> bool:
    """The code was given in this browser, and the home has no administrator yet."""
    return bool(request.session.get(PASSED)) and not is_looked_after()
