"""One call to a provider: a POST with a time limit, no redirect followed, and what its answer means."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

SECONDS = 10
MOST_READ = 64 * 1024


class NotSent(Exception):
    """It was not sent, as far as is known. `again`: a later try may succeed. `down`: nobody answered at all."""

    def __init__(self, sentence: str, *, again: bool = True, down: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.again, self.down = sentence, again, down


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is signed is meant for one address alone."""

    def redirect_request(self, *given: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """The JSON that came back. Raises NotSent where nobody answered, or with no answer that can be read."""
    request = urllib.request.Request(address, data=body, headers=dict(headers), method="POST")
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            return _read(answer.read(MOST_READ))
    except urllib.error.HTTPError as error:
        found = _read(error.read(MOST_READ), strict=False)
        if found:
            return found | {"http": error.code}
        busy = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code == HTTPStatus.TOO_MANY_REQUESTS
        raise NotSent(f"对方没有接收（HTTP {error.code}）。", again=busy) from None
    except (OSError, HTTPException):
        raise NotSent("连不上对方的服务器。", down=True) from None


def _read(body: bytes, *, strict: bool = True) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        if strict:
            raise NotSent("对方的回答看不懂。")
        return {}
    return found
