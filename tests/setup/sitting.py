"""Somebody at the pages of the assistant: fills in what a page asks, sends it, reads what it says."""

import re
from io import BytesIO
from typing import Any

import xlsxwriter
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.people.models import Jurisdiction
from huiyin.setup import code
from huiyin.setup.lines import Outcome
from tests.pages.walking import standing

PASSWORD = "yi-tiao-da-he-bo-lang-kuan"
UNITS = ("单位名称", "简称", "统一社会信用代码", "上级单位", "职责", "办理工作小组", "是否政府办公室")
ACCOUNTS = ("姓名", "角色", "单位", "职务", "科室或分工", "手机号", "登录名")
MEMBERS = ("姓名", "类别", "届次", "界别", "代表团", "手机号", "单位及职务")


def workbook(*rows: tuple[Any, ...], sheet: str = "名单") -> SimpleUploadedFile:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("名单.xlsx", made.getvalue())


class Sitting:
    """One browser. `page` is what it shows."""

    def __init__(self) -> None:
        self.client = Client()
        self.page = BeautifulSoup("", "html.parser")
        self.status, self.address = 0, ""

    def opens(self, address: str) -> "Sitting":
        return self._shows(self.client.get(address, follow=True))

    def sends(self, address: str, **given: Any) -> "Sitting":
        """The form on the page as it stands, with what is put in."""
        self.opens(address)
        forms = self.page.select("main form")
        wanted = next((one for one in forms if all(one.find(attrs={"name": name}) for name in given)), None)
        assert wanted is not None, f"{address} does not ask for {sorted(given)}"
        sent = standing(wanted) | {name: str(value) for name, value in given.items()}
        return self._shows(self.client.post(address, sent, follow=True))

    def brings(self, address: str, file: SimpleUploadedFile, **given: Any) -> "Sitting":
        self.opens(address)
        sent = standing(self.page.find("input", type="file").find_parent("form"))
        sent |= {"file": file, "do": "bring", **given}
        return self._shows(self.client.post(address, sent, follow=True))

    def presses(self, address: str, does: str) -> "Sitting":
        return self._shows(self.client.post(address, {"do": does}, follow=True))

    def _shows(self, answer: Any) -> "Sitting":
        self.status = answer.status_code
        self.address = answer.request["PATH_INFO"]
        self.page = BeautifulSoup(answer.content, "html.parser")
        return self

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self.page.get_text(" "))

    @property
    def lines(self) -> list[tuple[str, str, str, str]]:
        """The preview as it is read: place, outcome, name, what is said."""
        rows = self.page.select("table.ledger tbody tr")
        return [tuple(" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")) for row in rows]

    def said_of(self, name: str) -> str:
        return next(f"{line[1]} {line[3]}".strip() for line in self.lines if line[2] == name)

    def counts(self) -> dict[str, int]:
        return {word: sum(line[1] == word for line in self.lines) for word in (one.label for one in Outcome)}

    # The questions, answered sensibly

    def passes_code(self) -> None:
        self.sends("/setup/", password=code.offered())
        assert self.address == "/setup/place/"

    def answers_place(self, **other: str) -> Jurisdiction:
        self.sends("/setup/place/", **{"name": "淄博市", "code": "370300"} | other)
        assert self.address == "/setup/pack/", self.text
        return Jurisdiction.objects.get()

    def chooses_pack(self, pack: str = "zibo") -> None:
        self.sends("/setup/pack/", pack_code=pack)
        assert self.address == "/setup/people/", self.text

    def becomes_administrator(self, **other: str) -> None:
        given = {
            "name": "郑管理",
            "phone": "13800000001",
            "password1": PASSWORD,
            "password2": PASSWORD,
        } | other
        self.sends("/setup/people/", **given)
        assert "已是系统管理员" in self.text, self.text

    def appoints(self, post: str, name: str, phone: str) -> str:
        """The link by which that person chooses a password."""
        self.sends("/setup/people/", post=post, name=name, phone=phone)
        return str(self.page.select_one("input.copy")["value"])

    def opens_plenary(self, **other: Any) -> None:
        given = {"assembly": "cppcc", "term": 13, "meeting": 1} | other
        given = {"opened_on": "2027-01-10", "closed_on": "2027-01-14"} | given
        self.sends("/setup/plenary/", **given)
