"""notices.toml: what is understood, and the sentence for each thing that is not."""

from pathlib import Path

import pytest

from huiyin.notices.config import Config, load, parse
from huiyin.notices.words import Way
from huiyin.rulepacks.problems import PackError

GOOD = """
[site]
address = "https://huiyin.example.gov.cn/"
[mail]
server = "smtp.example.gov.cn"
user = "huiyin"
password = "kept-to-itself"
sender = "回音 <huiyin@example.gov.cn>"
[sms]
gateway = "aliyun"
key_id = "LTAI"
secret = "kept-to-itself"
signature = "淄博市政府办"
template = "SMS_1"
[wecom]
[dingtalk]
"""


def test_what_is_left_out_takes_the_usual_value() -> None:
    made = parse(GOOD)
    assert made.site == "https://huiyin.example.gov.cn"
    assert made.host == "huiyin.example.gov.cn"
    assert made.mail is not None
    assert (made.mail.security, made.mail.port) == ("tls", 465)
    assert made.sms is not None
    assert made.sms.address == "https://dysmsapi.aliyuncs.com"
    assert made.wecom is not None
    assert made.wecom.address == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    assert made.channels == (Way.MAIL, Way.SMS, Way.WECOM, Way.DINGTALK)


def test_each_channel_is_open_only_where_its_table_stands() -> None:
    assert parse('[site]\naddress = "https://a.cn"\n[dingtalk]\n').channels == (Way.DINGTALK,)


WRONG = (
    ("nothing of the site", "[wecom]\n", "缺少[site]"),
    ("no TOML", "[site\n", "不是合格的TOML"),
    ("a table that is none of ours", GOOD + "[fax]\n", "不认识的键“fax”"),
    ("a key that is none of ours", GOOD.replace("user =", "username ="), "不认识的键“username”"),
    ("a port that is none", GOOD.replace("[mail]", "[mail]\nport = 70000"), "port应当在1和65535之间"),
    ("a security that is none", GOOD.replace("[mail]", '[mail]\nsecurity = "ssl"'), "security不能是“ssl”"),
    ("a sender without an address", GOOD.replace("回音 <huiyin@example.gov.cn>", "回音"), "发件邮箱"),
    ("a user without a password", GOOD.replace('password = "kept-to-itself"\n', ""), "要么都写，要么都不写"),
    ("a gateway unheard of", GOOD.replace("aliyun", "huawei"), "gateway不能是“huawei”"),
    ("a gateway without its template", GOOD.replace('template = "SMS_1"\n', ""), "缺少template"),
    ("a key of another gateway", GOOD.replace("SMS_1", 'SMS_1"\napp = "1'), "不认识的键“app”"),
    ("a provider over plain http", GOOD.replace("[wecom]", '[wecom]\naddress = "http://a.cn"'), "https://"),
    ("a site that is no address", GOOD.replace("https://huiyin", "huiyin"), "https://"),
    ("a secret that is a number", GOOD.replace('password = "kept-to-itself"', "password = 1234567"), "应当是文字"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_in_plain_words_and_no_secret_with_it(text: str, said: str) -> None:
    with pytest.raises(PackError) as refused:
        parse(text)
    assert said in str(refused.value)
    assert "kept-to-itself" not in str(refused.value)
    assert "1234567" not in str(refused.value)


def test_a_file_that_others_may_read_opens_no_channel(tmp_path: Path) -> None:
    file = tmp_path / "notices.toml"
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0o644)
    found = load(tmp_path)
    assert found.channels == ()
    assert "chmod 600" in found.problems[0]
    file.chmod(0o600)
    assert load(tmp_path).problems == ()


def test_a_wrong_file_opens_no_channel_and_says_why(tmp_path: Path) -> None:
    file = tmp_path / "notices.toml"
    file.write_text(GOOD + "[fax]\n", encoding="utf-8")
    file.chmod(0o600)
    found = load(tmp_path)
    assert found.channels == ()
    assert "第21行" in found.problems[0] or "fax" in found.problems[0]


def test_without_a_file_there_is_no_channel_and_no_complaint(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()
