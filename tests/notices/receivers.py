"""Real receivers on this machine: a mail server, and one HTTP server that stands for every provider.

It works out each provider's signature from the raw request by the provider's own description, with nothing of ours,
and refuses a wrong one as the provider does.
"""

import base64
import hashlib
import hmac
import json
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

ALIYUN = ("LTAIexample", "aliyun-secret-example")
TENCENT = ("AKIDexample", "tencent-secret-example")
GENERIC = "generic-secret-example"
WECOM_KEY = "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"
DINGTALK = ("0" * 63 + "a", "SEC" + "d" * 61)
USER, PASSWORD = "huiyin", "mail-password-example"


@dataclass
class Taken:
    """What one receiver has taken, in the order in which it came."""

    provider: str
    key: str
    to: str
    text: str
    raw: Any = None


@dataclass
class Receivers:
    """Where they listen, what they took, and what they answer next instead of taking it."""

    mail_port: int = 0
    http: str = ""
    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answers: dict[str, list[Any]] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    notes: Callable[[Taken], None] = lambda taken: None

    def take(self, taken: Taken) -> None:
        self.taken.append(taken)
        self.notes(taken)

    def of(self, provider: str) -> list[Taken]:
        return [one for one in self.taken if one.provider == provider]

    def next_answer(self, provider: str) -> Any:
        waiting = self.answers.get(provider) or [None]
        return waiting.pop(0) if self.answers.get(provider) else None


class _Mailbox:
    def __init__(self, here: Receivers) -> None:
        self.here = here

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if answer := self.here.next_answer("mail"):
            return str(answer)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        [to] = envelope.rcpt_tos
        key = str(message["Message-ID"]).strip("<>").partition("@")[0]
        self.here.take(Taken("mail", key, to, message.get_content(), message))
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if not session.authenticated:
            return "530 5.7.0 log in first"
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def _log_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=good, handled=good)


class _MailServer(Controller):
    """On whatever port is free, which is known once it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class _Provider(BaseHTTPRequestHandler):
    here: Receivers
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(urllib.parse.parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        name, judge = self._whose(parts.path)
        answer = self.here.next_answer(name)
        if isinstance(answer, int):
            self._say(answer, {})
            return
        if answer is None:
            answer = judge(self, query, parts.query, body)
        status, said = answer
        if status >= 400 or said.get("errcode"):
            self.here.refused.append(name)
        self._say(status, said)

    def _whose(self, path: str) -> tuple[str, Any]:
        if "X-Acs-Action" in self.headers:
            return "aliyun", aliyun
        if "X-TC-Action" in self.headers:
            return "tencent", tencent
        return {
            "/sms": ("generic", generic),
            "/wecom": ("wecom", wecom),
            "/dingtalk": ("dingtalk", dingtalk),
        }[path]

    def _say(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: Any) -> None:
        pass


Answer = tuple[int, dict[str, Any]]


def _digest(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _request_as_signed(call: _Provider, names: str, query: str, body_hash: str) -> str:
    headers = "".join(f"{name}:{call.headers[name].strip()}\n" for name in names.split(";"))
    return "\n".join(["POST", "/", query, headers, names, body_hash])


def aliyun(call: _Provider, query: dict[str, str], raw: str, body: bytes) -> Answer:
    found = re.fullmatch(
        r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})",
        call.headers["Authorization"],
    )
    assert found is not None
    who, names, signature = found.groups()
    sent = [name.lower() for name in call.headers if name.lower().startswith("x-acs-")]
    sorted_query = "&".join(
        f"{urllib.parse.quote(name, safe='-_.~')}={urllib.parse.quote(value, safe='-_.~')}"
        for name, value in sorted(query.items())
    )
    body_hash = hashlib.sha256(body).hexdigest()
    asked = _request_as_signed(call, names, sorted_query, body_hash)
    asked_hash = hashlib.sha256(asked.encode()).hexdigest()
    good = _digest(ALIYUN[1].encode(), f"ACS3-HMAC-SHA256\n{asked_hash}").hex()
    at = datetime.strptime(call.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    fresh = abs((call.here.now() - at).total_seconds()) < 900
    right = (
        hmac.compare_digest(good, signature)
        and who == ALIYUN[0]
        and {*sent, "host"} <= set(names.split(";"))
        and call.headers["x-acs-content-sha256"] == body_hash
        and call.headers["x-acs-version"] == "2017-05-25"
        and names == ";".join(sorted(names.split(";")))
        and fresh
    )
    if not right:
        return 400, {"Code": "SignatureDoesNotMatch", "Message": "wrong"}
    given = json.loads(query["TemplateParam"])
    call.here.take(Taken("aliyun", query["OutId"], query["PhoneNumbers"], json.dumps(given), query))
    return 200, {"Code": "OK", "Message": "OK", "BizId": "1", "RequestId": "2"}


def tencent(call: _Provider, query: dict[str, str], raw: str, body: bytes) -> Answer:
    found = re.fullmatch(
        r"TC3-HMAC-SHA256 Credential=([^/]+)/([0-9-]{10})/sms/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})",
        call.headers["Authorization"],
    )
    assert found is not None
    who, day, names, signature = found.groups()
    stamp = call.headers["X-TC-Timestamp"]
    headers = "".join(
        f"{name}:{(value.lower() if name == 'x-tc-action' else value).strip()}\n"
        for name in names.split(";")
        if (value := call.headers[name]) is not None
    )
    asked = "\n".join(["POST", "/", "", headers, names, hashlib.sha256(body).hexdigest()])
    text = f"TC3-HMAC-SHA256\n{stamp}\n{day}/sms/tc3_request\n{hashlib.sha256(asked.encode()).hexdigest()}"
    key = _digest(_digest(_digest(("TC3" + TENCENT[1]).encode(), day), "sms"), "tc3_request")
    right = (
        hmac.compare_digest(_digest(key, text).hex(), signature)
        and who == TENCENT[0]
        and day == f"{datetime.fromtimestamp(int(stamp), UTC):%Y-%m-%d}"
        and abs(call.here.now().timestamp() - int(stamp)) < 300
        and {"content-type", "host"} <= set(names.split(";"))
    )
    if not right:
        said = {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "wrong"}, "RequestId": "1"}
        return 200, {"Response": said}
    given = json.loads(body)
    [phone] = given["PhoneNumberSet"]
    call.here.take(
        Taken("tencent", given["SessionContext"], phone, json.dumps(given["TemplateParamSet"]), given)
    )
    status = {"SerialNo": "1", "PhoneNumber": phone, "Fee": 1, "Code": "Ok", "Message": "send success"}
    return 200, {"Response": {"SendStatusSet": [status], "RequestId": "1"}}


def generic(call: _Provider, query: dict[str, str], raw: str, body: bytes) -> Answer:
    stamp = call.headers["X-Huiyin-Timestamp"]
    good = hmac.new(GENERIC.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    if call.headers["X-Huiyin-Signature"] != f"sha256={good}":
        return 403, {"ok": False, "code": "signature"}
    given = json.loads(body)
    if call.headers["Idempotency-Key"] != given["key"]:
        return 400, {"ok": False, "code": "key"}
    call.here.take(Taken("generic", given["key"], given["phone"], given["text"], given))
    return 200, {"ok": True}


def wecom(call: _Provider, query: dict[str, str], raw: str, body: bytes) -> Answer:
    if query != {"key": WECOM_KEY}:
        return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
    return _robot("wecom", call, body)


def dingtalk(call: _Provider, query: dict[str, str], raw: str, body: bytes) -> Answer:
    stamp = query["timestamp"]
    digest = _digest(DINGTALK[1].encode(), f"{stamp}\n{DINGTALK[1]}")
    fresh = abs(call.here.now().timestamp() * 1000 - int(stamp)) < 3600_000
    if query["sign"] != base64.b64encode(digest).decode() or not fresh:
        return 200, {"errcode": 310000, "errmsg": "sign not match"}
    if query["access_token"] != DINGTALK[0]:
        return 200, {"errcode": 300001, "errmsg": "token is not exist"}
    return _robot("dingtalk", call, body)


def _robot(provider: str, call: _Provider, body: bytes) -> Answer:
    given = json.loads(body)
    text = given["text"]["content"]
    if given["msgtype"] != "text" or len(text.encode()) > 2048:
        return 200, {"errcode": 40058, "errmsg": "invalid"}
    key = re.search(r"^消息编号：(\S+)$", text, re.MULTILINE)
    assert key is not None
    call.here.take(Taken(provider, key[1], "", text, given))
    return 200, {"errcode": 0, "errmsg": "ok"}


@contextmanager
def receiving() -> Iterator[Receivers]:
    """Both servers, on free ports of this machine."""
    here = Receivers()
    mail = _MailServer(
        _Mailbox(here),
        hostname="127.0.0.1",
        port=0,
        authenticator=_log_in,
        auth_require_tls=False,
        enable_SMTPUTF8=False,
    )
    handler = type("Provider", (_Provider,), {"here": here})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    serving = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    mail.start()
    serving.start()
    try:
        here.mail_port = mail.port
        here.http = f"http://127.0.0.1:{http.server_address[1]}"
        yield here
    finally:
        http.shutdown()
        http.server_close()
        mail.stop()
        serving.join()


def config_text(here: Receivers, gateway: str = "aliyun") -> str:
    """The site's file, pointing at these receivers."""
    sms = {
        "aliyun": f'address = "{here.http}"\nkey_id = "{ALIYUN[0]}"\nsecret = "{ALIYUN[1]}"\n'
        'signature = "淄博市政府办"\ntemplate = "SMS_1"',
        "tencent": f'address = "{here.http}"\nkey_id = "{TENCENT[0]}"\nsecret = "{TENCENT[1]}"\n'
        'signature = "淄博市政府办"\ntemplate = "449739"\napp = "1400006666"',
        "generic": f'address = "{here.http}/sms"\nsecret = "{GENERIC}"',
    }[gateway]
    return f"""
[site]
address = "https://huiyin.example.gov.cn"
[mail]
server = "127.0.0.1"
port = {here.mail_port}
security = "none"
user = "{USER}"
password = "{PASSWORD}"
sender = "回音 <huiyin@example.gov.cn>"
[sms]
gateway = "{gateway}"
{sms}
[wecom]
address = "{here.http}/wecom"
[dingtalk]
address = "{here.http}/dingtalk"
"""
