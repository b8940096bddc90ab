"""The strip of steps: in order, each with its facts, and nothing that no fact says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from provenance.image.load import inspect
from provenance.metadata.xmp.check import check
from provenance.model.context import Context
from provenance.model.evidence import Fact, Trace
from provenance.model.image import Original
from provenance.model.limits import Limits
from provenance.model.outcome import Ran
from provenance.model.source import Source, SourceKind
from provenance.report.history import steps

SOURCE = Source(kind=SourceKind.FILE, name="the file", origin="file")
ORIGINAL = Original(name="a.jpg", path="", sha256="ab" * 32, size_bytes=1234, media_type="image/jpeg")


def fact(key: str, normal: str) -> Fact:
    return Fact(source=SOURCE, statement="x", method="x", key=key, raw=normal, normal=normal, block="exif")


def trace(topic: str, value: str) -> Trace:
    return Trace(source=SOURCE, statement="x", method="x", topic=topic, value=value)


def test_every_step_cites_its_facts_in_order() -> None:
    items = (
        trace("platform", "a web service; confidence moderate"),
        fact("jpeg.quality", "libjpeg quality 80, tables equal"),
        fact("jpeg.process", "progressive"),
        fact("exif.Software", "Paint 5"),
        fact("exif.Model", "Demo DO-1"),
        fact("exif.Make", "Demo"),
        trace("size", "4000 x 3000 by the tags, 1080 x 810 decoded"),
        fact("file.size", "1080 x 810"),
    )
    told = steps(items, ORIGINAL)
    assert [step.name for step in told] == [
        "camera, by its tags",
        "program or firmware, by its tags",
        "size changed",
        "last compression",
        "web service",
        "this file",
    ]
    assert told[0].text == "Demo DO-1"
    assert told[3].text.startswith("progressive, libjpeg quality 80, the tables of libjpeg")
    ids = {item.id for item in items}
    assert all(step.cites and set(step.cites) <= ids for step in told)


def test_a_graph_of_comfyui_in_the_tags_is_no_camera() -> None:
    told = steps((fact("exif.Make", "workflow:{}"), fact("exif.Model", f"prompt:{'x' * 5_000}")), ORIGINAL)
    assert [step.name for step in told] == ["this file"]


def test_tables_equal_to_libjpegs_are_not_called_a_cameras() -> None:
    equal = steps((fact("jpeg.quality", "libjpeg quality 95, tables equal"),), ORIGINAL)[0]
    assert "of a camera" not in equal.text
    own = steps((fact("jpeg.quality", "not one of libjpeg's tables; nearest to quality 93"),), ORIGINAL)[0]
    assert "of a camera or of a program" in own.text


def test_without_facts_there_is_this_file_alone() -> None:
    (only,) = steps((), ORIGINAL)
    assert only.text == "1,234 bytes, sha256 abababababab"


def test_the_program_that_a_files_xmp_names_is_a_step(tmp_path: Path) -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Paint 5"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    path = tmp_path / "a.jpg"
    Image.new("RGB", (32, 32)).save(path, xmp=packet.encode())
    image = inspect(path, Limits())
    outcome = check(image, Context(now=datetime(2024, 11, 15, tzinfo=UTC)))
    assert isinstance(outcome, Ran)
    told = {step.name: step.text for step in steps(outcome.evidence, image.original)}
    assert told["program or firmware, by its tags"] == "Paint 5"
