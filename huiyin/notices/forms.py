"""The forms of 我的通知: an address for each channel that the site has. A robot's key is taken in and never shown again."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django import forms
from django.core.validators import EmailValidator

from huiyin.notices.models import Address
from huiyin.notices.week import LEADERS
from huiyin.notices.words import Way
from huiyin.people import phone
from huiyin.people.actor import Actor

MOBILE = re.compile(r"1[3-9]\d{9}")
ROBOT_KEY = re.compile(r"[0-9A-Za-z_-]{16,128}")
ROBOT_SECRET = re.compile(r"SEC[0-9A-Za-z]{16,120}")
NO_SECRET = "加签密钥以SEC开头，请从钉钉机器人的安全设置里整个复制过来。"
# What a channel asks for: its label, what helps to find it, and where a robot's address carries the key.
ASKED = {
    Way.MAIL: ("电子邮箱", "", ""),
    Way.SMS: ("手机号码", "短信只说有几件要办、几件超期，不写内容。", ""),
    Way.WECOM: (
        "群机器人的Webhook地址",
        "在企业微信群里添加群机器人，把它的Webhook地址整个粘贴到这里。群里的人都看得到，消息里只写编号，不写案由。",
        "key",
    ),
    Way.DINGTALK: (
        "群机器人的Webhook地址",
        "在钉钉群里添加自定义机器人，安全设置选“加签”，把Webhook地址整个粘贴到这里。群里的人都看得到，消息里只写编号，不写案由。",
        "access_token",
    ),
}


class AddressForm(forms.Form):
    """One way of being told. What is kept of a key is not shown; left empty it stays as it is."""

    key = forms.CharField(max_length=400, required=False)
    secret = forms.CharField(
        label="加签密钥",
        max_length=200,
        required=False,
        help_text="安全设置里以SEC开头的那一串。",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    news_too = forms.BooleanField(
        label="除了到期提醒，其他通知也发",
        required=False,
        help_text="交办、退办、答复等消息；不勾的，只在待办页上看。",
    )
    weekly = forms.BooleanField(
        label="每周发一份一周要情", required=False, help_text="每周第一个工作日上午发上一周的。"
    )

    def __init__(self, channel: Way, actor: Actor, stored: Address | None, *given: Any) -> None:
        super().__init__(*given, prefix=channel.value)
        self.channel, self.stored = channel, stored
        label, help_text, _ = ASKED[channel]
        key = self.fields["key"]
        key.required = stored is None or channel == Way.MAIL
        key.error_messages["required"] = f"请填写“{label}”。"
        key.label = label
        key.help_text = help_text
        if stored is not None and channel != Way.MAIL:
            key.help_text = f"现在用的是{stored.shown}；不换就空着。{help_text}"
        if channel == Way.MAIL:
            key.widget = forms.EmailInput(attrs={"autocomplete": "email"})
        if channel == Way.SMS:
            key.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}
        self.fields["secret"].required = stored is None
        self.fields["secret"].error_messages["required"] = NO_SECRET
        if channel != Way.DINGTALK:
            del self.fields["secret"]
        if actor.role not in LEADERS or channel == Way.SMS:
            del self.fields["weekly"]
        self._begin_with(actor, stored)

    def _begin_with(self, actor: Actor, stored: Address | None) -> None:
        if stored is not None:
            self.initial = {"news_too": stored.news_too, "weekly": stored.weekly}
            if self.channel == Way.MAIL:
                self.initial["key"] = stored.key
            return
        person = actor.person
        mobile = person.phone if person and MOBILE.fullmatch(person.phone) else ""
        known = {Way.MAIL: person.email if person else "", Way.SMS: mobile}
        self.initial = {"key": known.get(self.channel, ""), "weekly": self.channel == Way.MAIL}

    def clean_key(self) -> str:
        given = self.cleaned_data["key"].strip()
        if not given and self.stored is not None:
            return self.stored.key
        return CLEANERS[self.channel](given)

    def clean_secret(self) -> str:
        given: str = self.cleaned_data["secret"].strip()
        if not given and self.stored is not None:
            return self.stored.secret
        if not ROBOT_SECRET.fullmatch(given):
            raise forms.ValidationError(NO_SECRET)
        return given

    def chosen(self) -> dict[str, Any]:
        """What is kept of it."""
        names = ("key", "secret", "news_too", "weekly")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def _mail(given: str) -> str:
    EmailValidator("这不像电子邮箱，请核对。")(given)
    return given


def _mobile(given: str) -> str:
    plain = phone.normalised(given).replace("-", "")
    if not MOBILE.fullmatch(plain):
        raise forms.ValidationError("请填写11位手机号码。")
    return plain


def _robot(part: str) -> Any:
    def key_in(given: str) -> str:
        """From the whole address; where it is sent to is the site's choice, so only the key is kept."""
        found = parse_qs(urlsplit(given).query).get(part, [given])[0]
        if not ROBOT_KEY.fullmatch(found):
            raise forms.ValidationError("没有认出机器人的地址，请把Webhook地址整个粘贴过来。")
        return found

    return key_in


CLEANERS = {
    Way.MAIL: _mail,
    Way.SMS: _mobile,
    Way.WECOM: _robot("key"),
    Way.DINGTALK: _robot("access_token"),
}
