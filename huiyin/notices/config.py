"""Which channels this site has: `notices.toml` in its home, strictly read. Secrets stand there and nowhere else."""

import tomllib
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from huiyin.notices.words import Way
from huiyin.rulepacks.problems import PackError, Report
from huiyin.rulepacks.reading import Table

FILE = "notices.toml"
SECURITY = ("tls", "starttls", "none")
GATEWAYS = ("aliyun", "tencent", "generic")
OTHERS_MAY_READ = 0o077


@dataclass(frozen=True)
class Mail:
    server: str
    port: int
    security: str
    user: str
    password: str
    sender: str


@dataclass(frozen=True)
class Sms:
    """One gateway; which of the values it needs depends on whose it is."""

    gateway: str
    address: str
    key_id: str = ""
    secret: str = ""
    signature: str = ""
    template: str = ""
    app: str = ""
    region: str = ""


@dataclass(frozen=True)
class Robot:
    """Where the robots of a provider are called; each person brings the key of an own group's robot."""

    address: str


@dataclass(frozen=True)
class Config:
    """What the file says. `problems`: why a file that is there can't be used; then no channel is open."""

    site: str = ""
    mail: Mail | None = None
    sms: Sms | None = None
    wecom: Robot | None = None
    dingtalk: Robot | None = None
    problems: tuple[str, ...] = ()

    @property
    def channels(self) -> tuple[Way, ...]:
        return tuple(channel for channel in Way if getattr(self, channel.value) is not None)

    @property
    def host(self) -> str:
        return urlsplit(self.site).hostname or "huiyin"


def load(home: Path) -> Config:
    """The site's channels; without the file, notices stand on pages alone."""
    path = home / FILE
    if not path.exists():
        return Config()
    try:
        if path.stat().st_mode & OTHERS_MAY_READ:
            said = "里面有密钥，现在别人也能读。请先运行：chmod 600 notices.toml。"
            return Config(problems=(f"{FILE}：{said}",))
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Config(problems=(f"{FILE}：读不了这个文件，请检查权限，并用UTF-8编码保存。",))
    except PackError as error:
        return Config(problems=tuple(str(problem) for problem in error.problems))


def parse(text: str) -> Config:
    """Raises PackError with everything found wrong; no sentence repeats a secret."""
    report = Report(FILE, text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        report.say((), "不是合格的TOML，请核对引号、等号和方括号。")
        report.refuse_if_any()
    root = Table(data, (), report)
    made = Config(
        site=_site(root),
        mail=_mail(root.table("mail")) if root.has("mail") else None,
        sms=_sms(root.table("sms")) if root.has("sms") else None,
        wecom=_robot(root, "wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        dingtalk=_robot(root, "dingtalk", "https://oapi.dingtalk.com/robot/send"),
    )
    root.used |= {"mail", "sms"}
    root.done()
    report.refuse_if_any()
    return made


def _site(root: Table) -> str:
    if not root.has("site"):
        root.say("", "缺少[site]，请写明address，就是大家打开回音的网址。")
        return ""
    table = root.table("site")
    address = _web_address(table, "address", None, plain_too=True)
    table.done()
    return address.rstrip("/")


def _mail(table: Table) -> Mail:
    security = table.one_of("security", SECURITY, "tls")
    usual = {"tls": 465, "starttls": 587}.get(security, 25)
    made = Mail(
        server=table.text("server"),
        port=table.number("port", usual, least=1, most=65535),
        security=security,
        user=table.text("user", ""),
        password=_secret(table, "password", ""),
        sender=table.text("sender"),
    )
    if made.sender and "@" not in parseaddr(made.sender)[1]:
        table.say("sender", "sender应当是发件邮箱，如“回音 <huiyin@example.gov.cn>”。")
    if bool(made.user) != bool(made.password):
        table.say("user", "user和password要么都写，要么都不写。")
    table.done()
    return made


NEEDED = {
    "aliyun": ("key_id", "secret", "signature", "template"),
    "tencent": ("key_id", "secret", "signature", "template", "app"),
    "generic": ("secret",),
}
USUAL = {"aliyun": "https://dysmsapi.aliyuncs.com", "tencent": "https://sms.tencentcloudapi.com"}
OPTIONAL = {"tencent": {"region": "ap-guangzhou"}}


def _sms(table: Table) -> Sms:
    gateway = table.one_of("gateway", GATEWAYS)
    address = _web_address(table, "address", USUAL.get(gateway))
    given = {
        name: _secret(table, name) if name == "secret" else table.text(name)
        for name in NEEDED.get(gateway, ())
    }
    given |= {name: table.text(name, usual) for name, usual in OPTIONAL.get(gateway, {}).items()}
    if gateway in NEEDED:
        table.done()
    return Sms(gateway, address, **given)


def _robot(root: Table, name: str, usual: str) -> Robot | None:
    if not root.has(name):
        root.used.add(name)
        return None
    table = root.table(name)
    made = Robot(_web_address(table, "address", usual))
    table.done()
    return made


def _secret(table: Table, key: str, default: str | None = None) -> str:
    """Like any text, but a value of the wrong type is not repeated."""
    if key in table.data and not isinstance(table.data[key], str):
        table.used.add(key)
        table.say(key, f"{key}应当是文字（加引号）。")
        return ""
    return table.text(key, default)


def _web_address(table: Table, key: str, default: str | None, *, plain_too: bool = False) -> str:
    """https, so that what is sent is seen by nobody on the way; plain http only for this machine itself."""
    address = table.text(key, default)
    parts = urlsplit(address)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    good = parts.scheme == "https" or (parts.scheme == "http" and (local or plain_too))
    if address and not (good and parts.hostname):
        table.say(key, f"{key}应当是以https://开头的网址。")
    return address
