"""A file is kept under its hash, once, whatever it is called."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.files.keep import keep, place_of
from huiyin.files.models import Attachment
from huiyin.replies import steps
from tests.stories import answering, intake
from tests.stories.moments import at


def test_the_content_lies_under_its_digest_once(city):
    item = intake.received(city)
    digest = hashlib.sha256(b"minutes").hexdigest()
    made = keep(
        [SimpleUploadedFile("纪要.pdf", b"minutes"), SimpleUploadedFile("../../同一份.pdf", b"minutes")],
        proposal=item,
        actor=city.staff,
        at=at("2020-03-01"),
    )
    assert [(row.name, row.digest, row.size) for row in made] == [
        ("纪要.pdf", digest, 7),
        ("同一份.pdf", digest, 7),
    ]
    assert place_of(digest).read_bytes() == b"minutes"
    assert [file.name for file in place_of(digest).parent.iterdir()] == [digest]


def test_what_stands_already_is_taken_as_it_is(city):
    item = intake.received(city)
    row = keep([SimpleUploadedFile("a.txt", b"a")], proposal=item, actor=city.staff, at=at("2020-03-01"))[0]
    assert keep([row], proposal=item, actor=city.staff, at=at("2020-03-02")) == [row]
    assert keep(None, proposal=item, actor=city.staff, at=at("2020-03-02")) == []
    assert Attachment.objects.count() == 1


def test_a_file_shows_that_a_matter_is_solved(city):
    share = answering.at_work(city)
    event = steps.draft(
        share,
        actor=city.zhou_ning,
        mark="A",
        meaning="solved",
        text="已解决。",
        answers=answering.answers(share),
        evidence=[SimpleUploadedFile("验收单.pdf", b"accepted")],
    )
    reply = event.subject
    assert event.facts["attachments"] == [reply.evidence.get().pk]
    steps.submit(reply, actor=city.zhou_ning)
    assert steps.sign(reply, actor=city.gao_yuan).subject.state == "signed"
