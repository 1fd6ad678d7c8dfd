"""我的通知 and 通知发送: chosen, tried, given up; what did not go out is tried again. No key on any page."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at, moment
from huiyin.journal.models import EventText
from huiyin.notices.models import Address, Feed, Message
from huiyin.notices.words import Outcome, Way
from huiyin.people.actor import Actor
from tests.notices.receivers import DINGTALK, WECOM_KEY, Receivers, config_text, receiving
from tests.notices.told import reached_by
from tests.pages.world import TODAY, World

OWN, FAILED = "/notices/", "/notices/failed/"


@pytest.fixture(scope="module")
def servers() -> Iterator[Receivers]:
    with receiving() as made:
        yield made


@pytest.fixture(autouse=True)
def site(servers: Receivers, settings: LazySettings, tmp_path: Path) -> Path:
    from huiyin.clock.now import now

    servers.taken.clear()
    servers.answers.clear()
    servers.now = now
    settings.HOME = tmp_path
    file = tmp_path / "notices.toml"
    file.write_text(config_text(servers), encoding="utf-8")
    file.chmod(0o600)
    return file


def seen(here: World, who: Actor, address: str = OWN) -> str:
    return here.client(who).get(address).content.decode()


def presses(here: World, who: Actor, do: str, address: str = OWN, **given: Any) -> Any:
    return here.client(who).post(address, {"do": do, **given}, follow=True)


def test_nobody_is_told_by_anything_but_the_page_until_a_way_is_chosen(here: World) -> None:
    assert not Address.objects.exists()
    page = BeautifulSoup(seen(here, here.city.chen_jing), "html.parser")
    heads = [head.get_text(strip=True) for head in page.select("main h2")]
    assert heads == ["电子邮件", "手机短信", "企业微信群机器人", "钉钉群机器人", "订阅"]
    assert not page.select('input[type="checkbox"][checked]')


def test_a_way_is_chosen_tried_and_given_up(here: World, servers: Receivers) -> None:
    who = here.city.chen_jing
    page = presses(here, who, "save:mail", **{"mail-key": "chenjing@example.gov.cn", "mail-news_too": "on"})
    assert "已保存" in page.content.decode()
    stored = Address.objects.get()
    assert (stored.person, stored.key, stored.news_too, stored.weekly) == (
        who.person,
        "chenjing@example.gov.cn",
        True,
        False,
    )
    assert "测试消息一分钟内发出" in presses(here, who, "test:mail").content.decode()
    with at(moment(TODAY, 20)):  # a test does not wait for the morning
        run_once()
    [mail] = servers.taken
    assert mail.raw["Subject"] == "回音测试消息"
    assert "已发出" in seen(here, who)
    assert "不再用电子邮件通知" in presses(here, who, "stop:mail").content.decode()
    assert not Address.objects.exists()


def test_nobody_is_flooded_with_tests(here: World) -> None:
    reached_by(here.city.chen_jing, Way.SMS)
    for _ in range(5):
        presses(here, here.city.chen_jing, "test:sms")
    assert "今天已经试过5次" in presses(here, here.city.chen_jing, "test:sms").content.decode()
    assert Message.objects.count() == 5


def test_a_robots_key_is_taken_from_its_address_and_never_shown(here: World) -> None:
    who = here.city.chen_jing
    token, secret = DINGTALK
    webhook = f"https://oapi.dingtalk.com/robot/send?access_token={token}"
    presses(here, who, "save:dingtalk", **{"dingtalk-key": webhook, "dingtalk-secret": secret})
    presses(here, who, "save:wecom", **{"wecom-key": f"https://qyapi.weixin.qq.com/x?key={WECOM_KEY}"})
    stored = {one.channel: (one.key, one.secret) for one in Address.objects.all()}
    assert stored == {"dingtalk": (token, secret), "wecom": (WECOM_KEY, "")}
    page = seen(here, who)
    for kept in (token, secret, WECOM_KEY):
        assert kept not in page
    presses(
        here, who, "save:dingtalk", **{"dingtalk-key": "", "dingtalk-secret": "", "dingtalk-news_too": "on"}
    )
    again = Address.objects.get(channel="dingtalk")
    assert (again.key, again.secret, again.news_too) == (token, secret, True)
    assert not EventText.objects.filter(text__contains=secret).exists()


@pytest.mark.parametrize(
    ("channel", "given", "said"),
    [
        ("mail", {"mail-key": "chenjing"}, "这不像电子邮箱"),
        ("mail", {"mail-key": ""}, "请填写“电子邮箱”"),
        ("sms", {"sms-key": "0533-2183456"}, "请填写11位手机号码"),
        ("wecom", {"wecom-key": "https://example.cn/"}, "没有认出机器人的地址"),
        ("dingtalk", {"dingtalk-key": DINGTALK[0], "dingtalk-secret": "abc"}, "加签密钥以SEC开头"),
        ("dingtalk", {"dingtalk-key": DINGTALK[0]}, "加签密钥以SEC开头"),
    ],
)
def test_what_cannot_be_an_address_is_said_at_its_field(
    here: World, channel: str, given: dict[str, str], said: str
) -> None:
    answer = presses(here, here.city.chen_jing, f"save:{channel}", **given)
    assert answer.status_code == 422
    [wrong] = BeautifulSoup(answer.content, "html.parser").select(".wrong")
    assert said in wrong.get_text()
    assert not Address.objects.exists()


def test_only_leaders_are_offered_the_week(here: World) -> None:
    assert "每周发一份一周要情" in seen(here, here.city.mayor_wang)
    assert "每周发一份一周要情" in seen(here, here.city.gao_yuan)
    assert "每周发一份一周要情" not in seen(here, here.city.chen_jing)
    assert "每天最多一条（一周要情每周另发一条），" in seen(here, here.city.mayor_wang)
    assert "每天最多一条，" in seen(here, here.city.chen_jing)


def test_a_channel_that_the_site_has_not_is_not_offered(here: World, site: Path) -> None:
    site.unlink()
    page = seen(here, here.city.chen_jing)
    assert "这里还没有开通邮件、短信等方式" in page
    answer = presses(here, here.city.chen_jing, "save:mail", **{"mail-key": "a@example.gov.cn"})
    assert answer.status_code == 200
    assert not Address.objects.exists()


def test_the_secret_address_is_shown_once_renewed_and_revoked(here: World) -> None:
    who = here.city.chen_jing

    def addresses(answer: Any) -> list[str]:
        found = BeautifulSoup(answer.content, "html.parser").select("input.copy")
        return [str(one["value"]) for one in found]

    first = addresses(presses(here, who, "feed:open"))
    assert [one.rsplit("/", 1)[1] for one in first] == ["due.ics", "news.atom"]
    assert addresses(here.client(who).get(OWN)) == []
    second = addresses(presses(here, who, "feed:open"))
    client = here.client(here.city.sun_yue)
    assert client.get(first[0]).status_code == 404
    assert client.get(second[0]).status_code == 200
    presses(here, who, "feed:close")
    assert not Feed.objects.filter(person=who.person).exists()
    assert client.get(second[0]).status_code == 404


def test_the_administrator_tries_again_what_did_not_go_out(here: World, servers: Receivers) -> None:
    city = here.city
    for who, key in (
        (city.chen_jing, "nobody@a.cn"),
        (city.gao_yuan, "nobody@b.cn"),
        (city.stranger, "nobody@c.cn"),
    ):
        reached_by(who, Way.MAIL, key=key)
        presses(here, who, "test:mail")
    run_once()
    page = seen(here, city.administrator, FAILED)
    assert "邮件服务器不收这个邮箱（550）" in page
    assert "陈静" in page
    assert "高远" in page
    assert "外市经办人" not in page  # another city's administrator looks after theirs
    Address.objects.filter(person=city.chen_jing.person).update(key="chenjing@example.gov.cn")
    dead = Message.objects.get(person=city.chen_jing.person)
    again = presses(here, city.administrator, f"again:{dead.pk}", FAILED).content.decode()
    assert "发给陈静的2020年4月14日测试消息重新发送" in again
    with at(moment(TODAY, 9) + timedelta(minutes=1)):
        run_once()
    assert [one.to for one in servers.taken] == ["chenjing@example.gov.cn"]
    other = Message.objects.get(person=city.gao_yuan.person)
    presses(here, city.administrator, f"drop:{other.pk}", FAILED)
    other.refresh_from_db()
    assert other.outcome == Outcome.GIVEN_UP
    strangers = Message.objects.get(person=city.stranger.person)
    assert presses(here, city.administrator, f"again:{strangers.pk}", FAILED).status_code == 404


def test_all_are_tried_again_at_once(here: World) -> None:
    city = here.city
    for who, key in ((city.chen_jing, "nobody@a.cn"), (city.gao_yuan, "nobody@b.cn")):
        reached_by(who, Way.MAIL, key=key)
        presses(here, who, "test:mail")
    run_once()
    assert "2条消息重新发送" in presses(here, city.administrator, "again:all", FAILED).content.decode()
    assert set(Message.objects.values_list("outcome", flat=True)) == {Outcome.WAITING}


def test_a_wrong_file_is_told_to_the_administrator_without_its_secrets(here: World, site: Path) -> None:
    site.write_text(site.read_text(encoding="utf-8") + "[fax]\n", encoding="utf-8")
    page = seen(here, here.city.administrator, FAILED)
    assert "不认识的键“fax”" in page
    assert "mail-password-example" not in page


def test_a_leader_reads_the_week_and_the_one_before(here: World) -> None:
    page = seen(here, here.city.mayor_wang, "/notices/week/")
    assert "关于海绵城市的提案" in page
    assert here.client(here.city.mayor_wang).get("/notices/week/?until=nonsense").status_code == 200
    assert "4月1日至" in seen(here, here.city.mayor_wang, "/notices/week/?until=2020-04-07").replace(
        "2020年", ""
    )
