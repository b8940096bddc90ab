"""The time of creation in a PNG's text: a claim of the file, read in the three forms that programs write."""

from types import SimpleNamespace

import pytest

from provenance.findings.weigh import weigh
from provenance.metadata.container.check import check as container
from provenance.metadata.container.created import BASIS, iso_of
from provenance.metadata.exif.check import check as exif
from provenance.metadata.xmp.check import check as xmp
from provenance.model.context import Context
from provenance.model.evidence import Claim, Evidence
from provenance.model.finding import Question
from provenance.model.image import Image
from provenance.model.outcome import CheckRun, Ran

PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'exif:DateTimeOriginal="2024-11-14T12:33:44+07:00"/></rdf:RDF></x:xmpmeta>'
)


def text(keyword: str, value: str) -> tuple[bytes, bytes]:
    return b"tEXt", f"{keyword}\0{value}".encode("latin-1")


def read(image: Image, context: Context) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for check in (container, exif, xmp):
        outcome = check(image, context)
        assert isinstance(outcome, Ran)
        found += outcome.evidence
    return tuple(found)


def headline(make: SimpleNamespace, context: Context, *chunks: tuple[bytes, bytes]) -> str:
    found = read(make.image(make.png(*chunks)), context)
    runs = (CheckRun(check="container", outcome=Ran(evidence=found)), CheckRun(check="exif", outcome=Ran()))
    return weigh(found, runs, (Question.WHEN,)).findings[0].sentences[0].text


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Thu, 14 Nov 2024 12:33:44 +0700", "2024-11-14T12:33:44+07:00"),
        ("14 Nov 2024 12:33:44", "2024-11-14T12:33:44"),
        ("2024-11-14T12:33:44+07:00", "2024-11-14T12:33:44+07:00"),
        ("2024:11:14 12:33:44", "2024-11-14T12:33:44"),
        ("11/14/24", ""),
        ("9" * 100_000, ""),
        ("2024-13-45T99:99:99", ""),
    ],
)
def test_three_forms_are_read_and_no_other(make: SimpleNamespace, context: Context, written: str, iso: str) -> None:
    assert iso_of(written) == iso
    found = read(make.image(make.png(text("Creation Time", written[:1000]))), context)
    claims = [item for item in found if isinstance(item, Claim) and item.basis == BASIS]
    assert len(claims) == bool(iso)


def test_it_counts_among_the_times_of_the_headline(make: SimpleNamespace, context: Context) -> None:
    assert headline(make, context, text("Creation Time", "2024:11:14 12:33:44")) == (
        "No time is claimed; the file's own tags, F6, say 14 Nov 2024 12:33 (no time zone)."
    )
    zoned = headline(make, context, text("CreationTime", "Thu, 14 Nov 2024 12:33:44 +0700"))
    assert zoned.endswith("say 14 Nov 2024 05:33 UTC (zone by PNG).")


def test_exif_and_xmp_within_a_png_count_too(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"exif": {0x9003: make.ascii("2024:11:14 12:33:44")}})
    assert "14 Nov 2024 12:33 (no time zone)" in headline(make, context, (b"eXIf", block))
    packet = (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET.encode())
    assert "14 Nov 2024 05:33 UTC (zone by XMP)" in headline(make, context, packet)
    assert "14 Nov 2024 05:33 UTC (zone by XMP)" in headline(make, context, (b"eXIf", block), packet)


def test_a_time_after_the_check_is_set_aside(make: SimpleNamespace, context: Context) -> None:
    found = read(make.image(make.png(text("Creation Time", "2099:11:14 12:33:44"))), context)
    (claim,) = [item for item in found if isinstance(item, Claim)]
    assert claim.defeaters


@pytest.mark.parametrize(
    ("written", "unset"),
    [
        ("1980:01:01 00:00:07", True),
        ("Thu, 1 Jan 1970 00:00:03 +0000", True),
        ("1969-12-31T19:00:00-05:00", True),
        ("1980:02:01 00:00:07", False),
    ],
)
def test_a_time_of_clocks_that_were_never_set_is_set_aside(
    make: SimpleNamespace, context: Context, written: str, unset: bool
) -> None:
    found = read(make.image(make.png(text("Creation Time", written))), context)
    (claim,) = [item for item in found if isinstance(item, Claim)]
    assert any("never set" in words for words in claim.defeaters) is unset
