"""Services by signs in the bytes: named only where a sign carries the name, and never on an original."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from benchmarks import platforms
from provenance.image.containers.sniff import media_type
from provenance.image.load import inspect
from provenance.metadata.traces.platform import check, verdict
from provenance.metadata.traces.signs import Signs, signs_of
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
WEB = {"progressive": True, "subsampling": "4:2:0", "jfif": (0, 1, 1), "width_px": 1080, "height_px": 608}


def signs(**changed: object) -> Signs:
    return Signs(**{**WEB, **changed})  # type: ignore[arg-type]


def test_a_name_needs_the_sign_that_carries_it() -> None:
    instagram = verdict(signs(fbmd=True, quality=80))
    assert instagram is not None
    assert (instagram.name, instagram.confidence) == ("Instagram", "high")
    for changed in ({"progressive": False}, {"meta_token": True}, {"width_px": 999, "height_px": 777}):
        meta = verdict(signs(fbmd=True, quality=80, **changed))
        assert meta is not None
        assert (meta.name, meta.who) == ("Meta", "Facebook or Instagram")
    by_x = verdict(signs(google_profile=True, quality=85, profile="sRGB"))
    assert by_x is not None
    assert by_x.name == "X"
    for changed in ({"quality": 84}, {"google_profile": False}, {"subsampling": "4:4:4"}):
        other = verdict(signs(**{"google_profile": True, "quality": 85, "profile": "sRGB", **changed}))
        assert other is not None
        assert not other.name


@pytest.mark.parametrize(
    ("changed", "said", "unsaid"),
    [
        ({"quality": 85, "subsampling": "4:4:4"}, "libjpeg quality 85; the chroma of 4:4:4 is what", "no web service"),
        ({"quality": 50}, "libjpeg quality 50, at which no web service", "the chroma of"),
        ({"quality": 97}, "libjpeg quality 97, at which no web service", "the chroma of"),
        ({"quality": 0}, "tables that no web service is known to choose", "libjpeg quality"),
    ],
)
def test_tables_of_libjpeg_are_named_and_only_what_is_unusual_is_called_so(
    changed: dict[str, object], said: str, unsaid: str
) -> None:
    found = verdict(signs(**changed))
    assert found is not None
    text = "; ".join(found.signs)
    assert (found.confidence, said in text, unsaid in text) == ("low", True, False)


def test_the_coding_of_servers_is_called_that_and_no_more() -> None:
    found = verdict(signs(quality=80))
    assert found is not None
    assert (found.name, found.confidence) == ("", "moderate")
    kept = verdict(signs(quality=0, subsampling="4:4:4"))
    assert kept is not None
    assert (kept.name, kept.confidence) == ("", "low")
    for changed in (
        {"progressive": False},
        {"jfif": (1, 72, 72)},
        {"jfif": None},
        {"camera_tags": True},
        {"other_segments": True},
    ):
        assert verdict(signs(quality=80, **changed)) is None


def written(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.open(SAMPLES / "stranger.jpg").convert("RGB").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def traces(tmp_path: Path, data: bytes, name: str = "a.jpg") -> list[Trace]:
    path = tmp_path / name
    path.write_bytes(data)
    outcome = check(inspect(path, Limits()), Context(now=platforms_now()))
    assert isinstance(outcome, Ran)
    return [item for item in outcome.evidence if isinstance(item, Trace)]


def platforms_now() -> object:
    from datetime import UTC, datetime

    return datetime(2024, 11, 15, tzinfo=UTC)


def test_real_bytes_end_to_end(tmp_path: Path) -> None:
    (web,) = traces(tmp_path, written(quality=80, progressive=True))
    assert web.value == "a web service; confidence moderate"
    assert "Confidence in this is moderate." in web.limits
    assert not web.alters
    assert traces(tmp_path, written(quality=80)) == []
    assert traces(tmp_path, written(quality=80, progressive=True, comment=b"x")) == []
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x28\0\x0fFBMD01000a9e030"
    data = written(quality=80, progressive=True)
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    (meta,) = traces(tmp_path, data[:20] + segment + data[20:])
    assert "FBMD" in meta.statement


def test_a_screenshot_says_so_itself(tmp_path: Path) -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/"><exif:UserComment>{}'
        "</exif:UserComment></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    for body, count in (
        ("Screenshot", 1),
        ('\n<rdf:Alt>\n<rdf:li xml:lang="x-default">Screenshot</rdf:li></rdf:Alt>', 1),
        ("&#83;creenshot", 1),
        ("My Screenshots", 0),
    ):
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.format(body))
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40)).save(buffer, "PNG", pnginfo=info)
        found = traces(tmp_path, buffer.getvalue(), "a.png")
        assert [trace.topic for trace in found] == ["screenshot"] * count


def test_the_labels_are_whole() -> None:
    with platforms.LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["sha256"] for row in rows}) == len(rows) > 100


def test_of_the_corpus_no_file_is_named_wrongly_and_those_of_three_services_always_are(corpus: Path) -> None:
    with platforms.LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["sha256"]: row["saved_by"] for row in csv.DictReader(file)}
    seen = 0
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        data = path.read_bytes()
        label = labels.get(hashlib.sha256(data).hexdigest(), "")
        if not media_type(data) or "synthetic" in path.parts:
            continue
        found = verdict(signs_of(inspect(path, Limits()), Limits()))
        name = found.name if found else ""
        assert not name or label.startswith(name), path
        if label in ("Instagram", "LinkedIn", "X"):
            seen += 1
            assert found is not None, path
    assert seen > 5


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.jpg")))
def test_the_samples_are_not_named(name: str) -> None:
    found = verdict(signs_of(inspect(SAMPLES / name, Limits()), Limits()))
    assert found is None or not found.name
