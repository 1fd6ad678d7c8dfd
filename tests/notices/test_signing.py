"""The signatures against examples that the providers print in their own descriptions."""

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
