"""The check "container": type, parts, coding, texts, and bombs that stay unexploded."""

import io
import json
import time
import tracemalloc
import zlib
from types import SimpleNamespace

import pytest
from PIL import Image as Pillow

from provenance.metadata.container import jpeg_quality
from provenance.metadata.container.check import check
from provenance.metadata.container.icc import description
from provenance.metadata.exif import check as exif
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.outcome import Ran
from tests.metadata.facts import facts

BOMB = zlib.compress(bytes(200_000_000), 9)


def found(make: SimpleNamespace, context: Context, data: bytes, name: str = "") -> Ran:
    outcome = check(make.image(data, name), context)
    assert isinstance(outcome, Ran)
    return outcome


def traces(outcome: Ran, topic: str) -> list[Trace]:
    return [item for item in outcome.evidence if isinstance(item, Trace) and item.topic == topic]


def test_type_and_size_are_facts(make: SimpleNamespace, context: Context) -> None:
    outcome = found(make, context, make.jpeg(size=(40, 30)), "a.jpg")
    assert facts(outcome, "file.type")[0].normal == "image/jpeg"
    assert facts(outcome, "file.size")[0].normal == "40 x 30"
    assert not [item for item in outcome.evidence if isinstance(item, Trace)]


@pytest.mark.parametrize(("name", "wrong"), [("a.png", True), ("a.JPG", False), ("a", False), ("a.jpeg", False)])
def test_an_extension_of_another_type_is_a_trace(
    make: SimpleNamespace, context: Context, name: str, wrong: bool
) -> None:
    assert bool(traces(found(make, context, make.jpeg(), name), "extension")) is wrong


def test_bytes_behind_the_end_are_a_trace_with_their_place(make: SimpleNamespace, context: Context) -> None:
    data = make.jpeg(trailer=b"PK\3\4" + bytes(100))
    (trace,) = traces(found(make, context, data), "trailing data")
    assert trace.value.startswith(f"104 bytes at {len(data) - 104}")


@pytest.mark.parametrize("quality", [1, 20, 50, 75, 85, 95, 100])
def test_libjpegs_tables_are_recognised_exactly(make: SimpleNamespace, context: Context, quality: int) -> None:
    (fact,) = facts(found(make, context, make.jpeg(quality=quality)), "jpeg.quality")
    assert fact.normal == f"libjpeg quality {quality}, tables equal"


def test_other_tables_are_not_called_libjpegs() -> None:
    tables = {0: (3, *(7,) * 63), 1: (9,) * 64}
    assert jpeg_quality.quality(tables).startswith("not one of libjpeg's hundred")


@pytest.mark.parametrize(("mode", "words"), [(0, "4:4:4"), (1, "4:2:2"), (2, "4:2:0")])
def test_subsampling_and_process_are_named(make: SimpleNamespace, context: Context, mode: int, words: str) -> None:
    out = io.BytesIO()
    Pillow.new("RGB", (32, 32), (1, 2, 3)).save(out, "JPEG", subsampling=mode, progressive=True)
    outcome = found(make, context, out.getvalue())
    assert facts(outcome, "jpeg.subsampling")[0].normal == words
    assert facts(outcome, "jpeg.process")[0].normal == "progressive"


def test_a_jpeg_comment_is_verbatim(make: SimpleNamespace, context: Context) -> None:
    data = make.jpeg(make.segment(0xFE, b"<b>\x1b]0;hi"))
    assert facts(found(make, context, data), "file.comment")[0].raw == "<b>\x1b]0;hi"


def test_long_texts_cost_little_more_than_what_is_kept_of_them(make: SimpleNamespace, context: Context) -> None:
    """A text of 40 MB had cost 160, one of 300 MB in the form of a profile 19 GB."""
    size, most = 40_000_000, context.limits.text_chars + context.limits.long_text_chars
    profile = b"Raw profile type exif\0\nexif\n 99\n" + (b"ab" * 36 + b"\n") * (size // 73)
    for chunk in (b"Comment\0" + b"\xe9" * size, b"Comment\0" + "\u0434".encode() * (size // 2), profile):
        image = make.image(make.png((b"tEXt", chunk)))
        tracemalloc.start()
        outcome, tags = check(image, context), exif.check(image, context)
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak_bytes < 4.5 * context.limits.metadata_bytes * (2 if chunk is profile else 1)
        assert isinstance(outcome, Ran) and isinstance(tags, Ran)
        if chunk is not profile:
            (text,) = facts(outcome, "png.text.Comment")
            assert len(text.raw) == most and "Cut after" in text.limits[-1] and "\ufffd" not in text.raw
            assert set(text.raw) == {"\u0434" if chunk[9] == 0xB4 else "\xe9"}


def test_letters_of_several_bytes_are_cut_between_two(make: SimpleNamespace, context: Context) -> None:
    most = context.limits.text_chars + context.limits.long_text_chars
    for letter in ("\u0434", "\u65e5", "\U0001f600"):
        for before in range(4):
            text = b"x" * before + letter.encode() * (most + 2000)
            (told,) = facts(found(make, context, make.png((b"tEXt", b"Comment\0" + text))), "png.text.Comment")
            assert told.raw == ("x" * before + letter * most)[:most]


def test_a_comment_that_is_cut_says_so(make: SimpleNamespace, context: Context) -> None:
    out, most = io.BytesIO(), context.limits.text_chars
    Pillow.new("P", (4, 4)).save(out, "GIF", comment=b"x" * (most + 1))
    (cut,) = facts(found(make, context, out.getvalue()), "file.comment")
    assert (len(cut.raw), cut.limits[-1]) == (most, f"Cut after {most:,} characters.")
    out = io.BytesIO()
    Pillow.new("P", (4, 4)).save(out, "GIF", comment=b"x" * most)
    assert not facts(found(make, context, out.getvalue()), "file.comment")[0].limits


def test_a_long_gif_comment_is_joined_without_its_length_bytes(make: SimpleNamespace, context: Context) -> None:
    out = io.BytesIO()
    Pillow.new("P", (4, 4)).save(out, "GIF", comment=b"ab" * 400)
    assert facts(found(make, context, out.getvalue()), "file.comment")[0].raw == "ab" * 400


def test_png_texts_of_all_three_kinds_are_read(make: SimpleNamespace, context: Context) -> None:
    data = make.png(
        (b"tEXt", b"parameters\0Steps: 20"),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"packed")),
        (b"iTXt", b"Title\0\1\0ru\0\0" + zlib.compress("Заголовок".encode())),
        (b"tEXt", b"Author\0Andr\xe9"),
    )
    outcome = found(make, context, data)
    assert facts(outcome, "png.text.parameters")[0].raw == "Steps: 20"
    assert facts(outcome, "png.text.Comment")[0].raw == "packed"
    assert facts(outcome, "png.text.Title")[0].raw == "Заголовок"
    assert facts(outcome, "png.text.Author")[0].raw == "André"


def test_a_generators_long_graph_is_kept_whole_within_a_budget_for_all_texts(
    make: SimpleNamespace, context: Context
) -> None:
    most = context.limits.text_chars + context.limits.long_text_chars
    graph = json.dumps({"3": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lorry"}}, "4": "x" * 300_000})
    chunks = [(b"tEXt", b"prompt\0" + graph.encode()), *((b"tEXt", b"long\0" + b"y" * most) for _ in range(2))]
    outcome = found(make, context, make.png(*chunks))
    assert facts(outcome, "png.text.prompt")[0].raw == graph
    assert facts(outcome, "generator.prompt")[0].raw == "a lorry"
    kept = [len(fact.raw) for fact in facts(outcome, "png.text.long")]
    assert kept == [most - (len(graph) - context.limits.text_chars), context.limits.text_chars]
    assert all("Cut after" in fact.limits[-1] for fact in facts(outcome, "png.text.long"))


def test_bombs_are_refused_by_name_and_other_facts_are_kept(make: SimpleNamespace, context: Context) -> None:
    chunks = [(b"zTXt", b"bomb%d\0\0" % i + BOMB) for i in range(20)]
    started = time.process_time()
    outcome = found(make, context, make.png(*chunks, (b"iCCP", b"p\0\0" + BOMB), (b"tEXt", b"Title\0kept")))
    assert time.process_time() - started < 2
    assert "bomb0" in facts(outcome, "png.problems")[0].normal
    assert len(facts(outcome, "png.problems")) == 20
    assert "refused" in facts(outcome, "icc.problems")[0].normal
    assert facts(outcome, "png.text.Title")[0].raw == "kept"


def test_a_colour_profile_is_named(make: SimpleNamespace, context: Context) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert description(profile) == "sRGB built-in"
    data = make.jpeg(make.segment(0xE2, b"ICC_PROFILE\0\1\1" + profile))
    assert facts(found(make, context, data), "icc.description")[0].normal == "sRGB built-in"


@pytest.mark.parametrize(
    "data", [b"", bytes(131), bytes(128) + b"\xff" * 40, bytes(128) + b"\0\0\0\1desc" + b"\xff" * 8]
)
def test_a_broken_profile_has_no_name(data: bytes) -> None:
    assert description(data) == ""


def test_structure_problems_are_in_the_report(make: SimpleNamespace, context: Context) -> None:
    assert facts(found(make, context, make.jpeg()[:-40]), "file.problems")
