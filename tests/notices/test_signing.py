"""The signatures against examples that the providers print in their own descriptions."""

import hashlib
import hmac
from datetime import UTC, datetime

from huiyin.notices.sending import signing


def test_aliyun_as_in_the_providers_example() -> None:
    """V3版本请求体&签名机制, the fixed example (RunInstances)."""
    headers = signing.aliyun(
        "YourAccessKeyId",
        "YourAccessKeySecret",
        host="ecs.cn-shanghai.aliyuncs.com",
        action="RunInstances",
        version="2014-05-26",
        query={
            "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
            "RegionId": "cn-shanghai",
        },
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
    )
    assert headers["Authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_tencents_example_as_far_as_it_is_printed() -> None:
    """签名方法 v3, DescribeInstances: the secret is not printed, but the key derived from it is, and what is signed."""
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    headers = {
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
        "x-tc-action": "describeinstances",
    }
    asked, names = signing.canonical("POST", "", headers, hashlib.sha256(body).hexdigest())
    assert names == "content-type;host;x-tc-action"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    assert digest == "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"
    key = bytes.fromhex("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af")
    to_sign = f"TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n{digest}"
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    assert signature == "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"


def test_a_query_is_written_as_the_providers_sort_and_escape_it() -> None:
    assert signing.canonical_query({"b": "甲 乙/~*", "A": "1+1"}) == "A=1%2B1&b=%E7%94%B2%20%E4%B9%99%2F~%2A"


def test_a_moment_is_told_in_universal_time() -> None:
    """On the first hours of a day here it is still yesterday there."""
    from huiyin.clock.now import SHANGHAI

    at = datetime(2020, 5, 25, 7, 30, tzinfo=SHANGHAI)
    headers = signing.tencent(
        "a", "b", host="h", service="sms", action="SendSms", version="v", region="r", body=b"{}", at=at
    )
    assert "/2020-05-24/sms/tc3_request" in headers["Authorization"]
