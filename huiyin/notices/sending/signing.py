"""The signatures that providers ask of a call. Pure: what is signed, when and with which key comes from outside."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

Headers = dict[str, str]


def aliyun(
    key_id: str,
    secret: str,
    *,
    host: str,
    action: str,
    version: str,
    query: Mapping[str, str],
    at: datetime,
    nonce: str,
) -> Headers:
    """ACS3-HMAC-SHA256: a POST without a body, everything in the query."""
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": _sha256(b""),
        "x-acs-date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    asked, names = canonical("POST", canonical_query(query), headers, headers["x-acs-content-sha256"])
    to_sign = f"ACS3-HMAC-SHA256\n{_sha256(asked.encode())}"
    signature = _hmac(secret.encode(), to_sign).hex()
    headers["Authorization"] = (
        f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"
    )
    return headers


def tencent(
    key_id: str,
    secret: str,
    *,
    host: str,
    service: str,
    action: str,
    version: str,
    region: str,
    body: bytes,
    at: datetime,
) -> Headers:
    """TC3-HMAC-SHA256: a POST of JSON; the key is derived from the day and the service."""
    content_type = "application/json; charset=utf-8"
    signed = {"content-type": content_type, "host": host, "x-tc-action": action.lower()}
    asked, names = canonical("POST", "", signed, _sha256(body))
    day = f"{at.astimezone(UTC):%Y-%m-%d}"
    scope = f"{day}/{service}/tc3_request"
    stamp = str(int(at.timestamp()))
    to_sign = f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{_sha256(asked.encode())}"
    key = _hmac(_hmac(_hmac(f"TC3{secret}".encode(), day), service), "tc3_request")
    signature = _hmac(key, to_sign).hex()
    return {
        "Authorization": (
            f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        ),
        "content-type": content_type,
        "host": host,
        "x-tc-action": action,
        "x-tc-timestamp": stamp,
        "x-tc-version": version,
        "x-tc-region": region,
    }


def dingtalk(secret: str, at: datetime) -> dict[str, str]:
    """加签 of a group robot: the moment in milliseconds and its signature, for the query."""
    stamp = str(round(at.timestamp() * 1000))
    signature = base64.b64encode(_hmac(secret.encode(), f"{stamp}\n{secret}")).decode()
    return {"timestamp": stamp, "sign": signature}


def generic(secret: str, body: bytes, at: datetime) -> Headers:
    """A gateway of the site's own: the moment in seconds and HMAC-SHA256 over moment, full stop and body."""
    stamp = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Huiyin-Timestamp": stamp, "X-Huiyin-Signature": f"sha256={signature}"}


def canonical_query(query: Mapping[str, str]) -> str:
    """Sorted by name, everything but letters, digits and -_.~ as %XX."""
    pairs = (f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(query.items()))
    return "&".join(pairs)


def canonical(method: str, query: str, headers: Mapping[str, str], payload: str) -> tuple[str, str]:
    """The request as both providers write it down before they sign it, and the names of the headers signed."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    return f"{method}\n/\n{query}\n{lines}\n{names}\n{payload}", names


def _sha256(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
