"""附件: content is kept under its hash; what can't come in is refused with a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.files import keep as keeping
from huiyin.files.keep import is_whole, keep, objection_to, place_of
from huiyin.files.models import Attachment
from huiyin.files.words_in import text_of
from huiyin.journal.step import Refused
from tests.stories import intake
from tests.stories.moments import at


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def upload(name="方案.txt", content=b"\xe6\x96\xb9\xe6\xa1\x88"):
    return SimpleUploadedFile(name, content)


def docx(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
        out.writestr("word/document.xml", f"<w:document><w:body>{paragraphs}</w:body></w:document>")
    return packed.getvalue()


def test_the_content_lies_under_its_hash(city):
    kept = keep([upload()], proposal=intake.received(city), actor=city.staff, at=at("2020-01-07"))[0]
    assert (kept.name, kept.size, kept.uploaded_by) == ("方案.txt", 6, city.staff.person)
    assert place_of(kept.digest).read_bytes() == "方案".encode()
    assert is_whole(kept)


def test_the_same_content_lies_there_once(city):
    proposal = intake.received(city)
    one, two = keep(
        [upload("a.txt"), upload("b.txt")], proposal=proposal, actor=city.staff, at=at("2020-01-07")
    )
    assert one.digest == two.digest
    assert len(list(place_of(one.digest).parent.iterdir())) == 1


def test_a_changed_or_lost_content_is_noticed(city):
    kept = keep([upload()], proposal=intake.received(city), actor=city.staff, at=at("2020-01-07"))[0]
    place_of(kept.digest).write_bytes(b"x")
    assert not is_whole(kept)
    place_of(kept.digest).unlink()
    assert not is_whole(kept)


def test_a_name_with_a_path_keeps_only_its_end(city):
    kept = keep([upload("../../etc/方案.txt")], proposal=None, actor=city.staff, at=at("2020-01-07"))[0]
    assert kept.name == "方案.txt"


@pytest.mark.parametrize("name", ["setup.exe", "run.bat", "page.html", "macro.js", "noending"])
def test_what_offices_do_not_send_is_refused(name):
    assert "不是可以上传的文件类型" in (objection_to(upload(name)) or "")


def test_an_empty_file_is_refused():
    assert "是空文件" in (objection_to(upload(content=b"")) or "")


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(keeping, "SIZE_LIMIT", 3)
    assert "每个文件最大" in (objection_to(upload()) or "")


def test_too_many_at_once_are_refused(city):
    many = [upload(f"{count}.txt") for count in range(21)]
    with pytest.raises(Refused, match="一次最多上传20个文件"):
        keep(many, proposal=None, actor=city.staff, at=at("2020-01-07"))
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("机密★10年.txt", "正文".encode()),
        ("方案.txt", "机密★10年\n正文".encode()),
        ("方案.csv", "标题，密级\n道路，密级：秘密\n".encode("gb18030")),
        ("方案.docx", docx("机密★5年\n关于某事的方案")),
    ],
)
def test_a_classified_marking_in_name_or_text_is_refused(name, content):
    assert "纸质涉密渠道" in (objection_to(upload(name, content)) or "")


@pytest.mark.parametrize(
    ("name", "content"),
    [("方案.docx", docx("关于商业秘密保护的方案")), ("方案.docx", b"no zip"), ("图.png", b"\x89PNG")],
)
def test_what_carries_no_marking_is_taken(name, content):
    assert objection_to(upload(name, content)) is None


def test_entities_and_encodings_are_read():
    assert text_of(".docx", io.BytesIO(docx("A &lt; B"))).strip() == "A < B"
    assert text_of(".txt", io.BytesIO("方案".encode("utf-16"))) == "方案"
    assert text_of(".txt", io.BytesIO("方案".encode("gb18030"))) == "方案"
    assert text_of(".pdf", io.BytesIO(b"%PDF")) == ""
