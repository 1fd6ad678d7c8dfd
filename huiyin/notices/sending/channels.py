"""The channels: mail, three sorts of gateways for short messages, and two sorts of group robots.

Each takes a letter to an address and returns when the provider has taken it, else raises NotSent.
"""

import json
import secrets
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from huiyin.notices.config import Config, Mail, Sms
from huiyin.notices.sending import signing
from huiyin.notices.sending.calling import SECONDS, NotSent, post
from huiyin.notices.words import Way


@dataclass(frozen=True)
class Letter:
    """What is sent. For a short message: how many things wait, how many of them are past, how many other news."""

    key: str
    subject: str
    text: str
    open: int = 0
    late: int = 0
    news: int = 0


@dataclass(frozen=True)
class Goal:
    """Where to: an address, a number or a robot's key, and the secret of a robot."""

    key: str
    secret: str = ""


Send = Callable[[Config, Goal, Letter, datetime], None]
JSON = {"Content-Type": "application/json; charset=utf-8"}
PERMANENT = 500  # from here on a mail server's answer is final
ROBOT_BYTES = 2000  # 企业微信 takes 2048 of a text


def by_mail(config: Config, goal: Goal, letter: Letter, at: datetime) -> None:
    assert config.mail is not None
    mail = config.mail
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, goal.key
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.key}@{config.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    with _mail_server(mail) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise NotSent(f"邮件服务器不收这个邮箱（{code}）。", again=code < PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            again = error.smtp_code < PERMANENT
            raise NotSent(f"邮件服务器没有接收（{error.smtp_code}）。", again=again) from None
        except (smtplib.SMTPNotSupportedError, ValueError):
            raise NotSent("邮件服务器不能往这样的邮箱发信。", again=False) from None
        except (smtplib.SMTPException, OSError):
            raise NotSent("发送时邮件服务器断开了。", down=True) from None


@contextmanager
def _mail_server(mail: Mail) -> Iterator[smtplib.SMTP]:
    """Connected and logged in. Whatever goes wrong so far is not the message's fault."""
    context = ssl.create_default_context()
    try:
        server: smtplib.SMTP
        if mail.security == "tls":
            server = smtplib.SMTP_SSL(mail.server, mail.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(mail.server, mail.port, timeout=SECONDS)
    except (smtplib.SMTPException, OSError):
        raise NotSent("连不上邮件服务器。", down=True) from None
    with closing(server):
        try:
            if mail.security == "starttls":
                server.starttls(context=context)
            if mail.user:
                server.login(mail.user, mail.password)
        except (smtplib.SMTPException, OSError):
            raise NotSent("邮件服务器不让系统登录，请系统管理员核对。", down=True) from None
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def by_sms(config: Config, goal: Goal, letter: Letter, at: datetime) -> None:
    assert config.sms is not None
    GATEWAYS[config.sms.gateway](config.sms, goal.key, letter, at)


def _aliyun(sms: Sms, phone: str, letter: Letter, at: datetime) -> None:
    query = {
        "PhoneNumbers": phone,
        "SignName": sms.signature,
        "TemplateCode": sms.template,
        "TemplateParam": json.dumps({"open": str(letter.open), "late": str(letter.late)}),
        "OutId": letter.key,
    }
    headers = signing.aliyun(
        sms.key_id,
        sms.secret,
        host=urlsplit(sms.address).netloc,
        action="SendSms",
        version="2017-05-25",
        query=query,
        at=at,
        nonce=secrets.token_hex(16),
    )
    answer = post(f"{sms.address}/?{signing.canonical_query(query)}", b"", headers)
    _accepted(
        str(answer.get("Code", "")), "OK", ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "ServiceUnavailable")
    )


def _tencent(sms: Sms, phone: str, letter: Letter, at: datetime) -> None:
    body = json.dumps(
        {
            "PhoneNumberSet": [f"+86{phone}"],
            "SmsSdkAppId": sms.app,
            "SignName": sms.signature,
            "TemplateId": sms.template,
            "TemplateParamSet": [str(letter.open), str(letter.late)],
            "SessionContext": letter.key,
        },
        ensure_ascii=False,
    ).encode()
    headers = signing.tencent(
        sms.key_id,
        sms.secret,
        host=urlsplit(sms.address).netloc,
        service="sms",
        action="SendSms",
        version="2021-01-11",
        region=sms.region,
        body=body,
        at=at,
    )
    answer = post(f"{sms.address}/", body, headers)
    _accepted(_tencents_code(answer), "Ok", ("LimitExceeded", "RequestLimitExceeded", "InternalError"))


def _tencents_code(answer: dict[str, Any]) -> str:
    """Of the whole call where that failed, else of the one number in it."""
    match answer:
        case {"Response": {"Error": {"Code": str(code)}}}:
            return code
        case {"Response": {"SendStatusSet": [{"Code": str(code)}, *_]}}:
            return code
    return ""


def _generic(sms: Sms, phone: str, letter: Letter, at: datetime) -> None:
    given = {"phone": phone, "text": short(letter), "key": letter.key}
    body = json.dumps(given, ensure_ascii=False).encode()
    headers = JSON | {"Idempotency-Key": letter.key} | signing.generic(sms.secret, body, at)
    answer = post(sms.address, body, headers)
    _accepted("ok" if answer.get("ok") is True else str(answer.get("code", "refused")), "ok", ("busy",))


GATEWAYS = {"aliyun": _aliyun, "tencent": _tencent, "generic": _generic}


def short(letter: Letter) -> str:
    """A short message tells how many, never what: it goes through other people's hands."""
    if not letter.open:
        return f"您有{letter.news}条新通知，请登录回音查看。" if letter.news else letter.subject
    late = f"，其中{letter.late}件已过期限" if letter.late else ""
    return f"您有{letter.open}件事项需要办理{late}，请登录回音查看。"


def by_wecom(config: Config, goal: Goal, letter: Letter, at: datetime) -> None:
    assert config.wecom is not None
    _robot(f"{config.wecom.address}?{urlencode({'key': goal.key})}", letter, ("45009",))


def by_dingtalk(config: Config, goal: Goal, letter: Letter, at: datetime) -> None:
    assert config.dingtalk is not None
    query = {"access_token": goal.key} | signing.dingtalk(goal.secret, at)
    _robot(f"{config.dingtalk.address}?{urlencode(query)}", letter, ("130101", "410100", "-1"))


def _robot(address: str, letter: Letter, busy: tuple[str, ...]) -> None:
    """The last line carries the key: a group that gets a message twice can see that it is the same."""
    text = cut(f"{letter.subject}\n{letter.text}", ROBOT_BYTES) + f"\n消息编号：{letter.key}"
    given = {"msgtype": "text", "text": {"content": text}}
    answer = post(address, json.dumps(given, ensure_ascii=False).encode(), JSON)
    _accepted(str(answer.get("errcode", "")), "0", busy)


def cut(text: str, most: int) -> str:
    """No longer than so many bytes; whole lines, and a line that says that there is more."""
    more = "\n……其余请登录回音查看。"
    lines = text.split("\n")
    if len(text.encode()) <= most - 100:
        return text
    while len(lines) > 1 and len(("\n".join(lines) + more).encode()) > most - 100:
        lines.pop()
    return "\n".join(lines) + more


def _accepted(code: str, good: str, busy: tuple[str, ...]) -> None:
    """What a provider that answered has said; only codes are told on, never texts with numbers in them."""
    if code == good:
        return
    later = any(code.startswith(one) for one in busy)
    raise NotSent(f"对方没有接收（{code[:60] or '没有说明'}）。", again=later)


SENDERS: dict[Way, Send] = {
    Way.MAIL: by_mail,
    Way.SMS: by_sms,
    Way.WECOM: by_wecom,
    Way.DINGTALK: by_dingtalk,
}
