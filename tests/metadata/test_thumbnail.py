"""The thumbnail in a file against the picture: what cameras do is no difference, what people do is one."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps, PngImagePlugin

from benchmarks import thumbnails
from provenance.image.containers.structure import structure
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.metadata.traces.embedded import embedded, usual_turns
from provenance.metadata.traces.frames import TURNS, turned
from provenance.metadata.traces.relating import Related, Relation, relate
from provenance.metadata.traces.thumbnail import Seen, check, looked_at
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NOW = datetime(2024, 11, 15, tzinfo=UTC)
LIMITS = Limits()


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return Image.open(next(iter(sorted((SAMPLES / "reference").rglob("*.jpg"))))).convert("RGB")


@pytest.fixture(scope="module")
def stranger() -> Image.Image:
    return Image.open(SAMPLES / "stranger.jpg").convert("RGB")


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as started:
        yield started


@pytest.fixture
def context(decoder: Decoder) -> Context:
    return Context(now=NOW, decode=lambda data, media_type: decoder.decode(data, media_type, LIMITS))


def saved(image: Image.Image, quality: int = 75, **options: object) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(image, quality, **options))).convert("RGB")


def jpeg(image: Image.Image, quality: int = 75, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, **options)
    return buffer.getvalue()


def with_thumbnail(picture: Image.Image, thumbnail: bytes, orientation: int = 1) -> bytes:
    """A JPEG whose EXIF block points to `thumbnail` in IFD1 (Exif 3.0 section 4.5.2)."""
    at = 8 + 2 + 12 + 4 + 2 + 24 + 4
    block = b"II*\0" + struct.pack("<I", 8)
    block += struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 26)
    block += struct.pack("<HHHIIHHII", 2, 0x0201, 4, 1, at, 0x0202, 4, 1, len(thumbnail)) + struct.pack("<I", 0)
    return jpeg(picture, 90, exif=b"Exif\0\0" + block + thumbnail)


def told(picture: Image.Image, thumbnail: Image.Image, turns: frozenset[int] = frozenset({0})) -> Related:
    return relate(np.asarray(picture), np.asarray(saved(thumbnail)), turns)


def small(image: Image.Image) -> Image.Image:
    return ImageOps.contain(image, (160, 160), Image.Resampling.BOX)


@pytest.mark.parametrize("turn", range(8))
def test_all_eight_turns_are_found(photo: Image.Image, turn: int) -> None:
    stored = Image.fromarray(turned(np.asarray(small(photo)), turn))
    found = told(photo, stored, frozenset(range(8)))
    assert found.relation is Relation.AGREES
    back = turned(turned(np.asarray(small(photo)), turn), found.turn)
    assert np.array_equal(back, np.asarray(small(photo)))


@pytest.mark.parametrize(
    "make",
    [
        lambda photo: ImageOps.pad(photo, (160, 120), Image.Resampling.BOX),
        lambda photo: ImageOps.pad(photo, (160, 160), Image.Resampling.BOX, color="white"),
        lambda photo: ImageOps.fit(photo, (160, 120), Image.Resampling.BOX),
        lambda photo: photo.resize((160, 120), Image.Resampling.NEAREST),
        lambda photo: ImageEnhance.Contrast(ImageEnhance.Brightness(small(photo)).enhance(1.3)).enhance(1.3),
        lambda photo: ImageOps.grayscale(small(photo)).convert("RGB"),
        lambda photo: small(photo).filter(ImageFilter.UnsharpMask(1, 150, 1)),
        lambda photo: saved(small(photo), 30),
    ],
    ids=["bars", "white bars", "cut", "pixels dropped", "toned", "grey", "sharpened", "low quality"],
)
def test_what_cameras_do_is_no_difference(photo: Image.Image, make: object) -> None:
    found = told(photo, make(photo))  # type: ignore[operator]
    assert (found.relation, found.turn) == (Relation.AGREES, 0), found


@pytest.mark.parametrize("side", [0.9, 0.75, 0.6])
def test_a_crop_is_named_with_its_share(photo: Image.Image, side: float) -> None:
    width, height = round(photo.width * side), round(photo.height * side)
    found = told(saved(photo.crop((3, 5, 3 + width, 5 + height))), small(photo))
    assert found.relation is Relation.CROPPED
    assert found.shown == pytest.approx(side * side, abs=0.03)


def test_a_mirrored_picture_is_named(photo: Image.Image) -> None:
    found = told(ImageOps.mirror(photo), small(photo))
    assert (found.relation, TURNS[found.turn], found.unusual) == (Relation.AGREES, "mirrored left-right", True)


def test_a_stale_region_is_found_in_its_place(photo: Image.Image, stranger: Image.Image) -> None:
    altered = photo.copy()
    box = (photo.width // 4, photo.height // 3, photo.width // 2, photo.height * 2 // 3)
    ImageDraw.Draw(altered).ellipse(box, fill="lime")
    found = told(altered, small(photo))
    assert found.relation is Relation.DIFFERS
    assert found.region is not None
    assert all(abs(one - other) < 0.05 * photo.width for one, other in zip(found.region, box, strict=True))
    other = told(stranger, small(photo))
    assert other.relation is Relation.OTHER


@pytest.mark.parametrize("angle", [-9.0, -4.0, 3.0, 5.0, 9.0])
def test_a_straightened_picture_is_named_with_its_turn(photo: Image.Image, angle: float) -> None:
    for thumbnail in (small(photo), ImageOps.pad(photo, (160, 120), Image.Resampling.BOX)):
        found = told(saved(thumbnails._straightened(photo, angle)), thumbnail)
        assert found.relation is Relation.TILTED, found
        assert found.tilt_deg == pytest.approx(angle, abs=0.4)


@pytest.mark.parametrize("kind", thumbnails.UNEVEN)
def test_tones_that_change_over_the_frame_are_no_difference(photo: Image.Image, kind: str) -> None:
    found = told(saved(thumbnails._uneven(photo, kind)), small(photo))
    assert (found.relation, found.turn) == (Relation.AGREES, 0), found


@pytest.mark.parametrize("kind", ["", *thumbnails.UNEVEN[:2]])
def test_a_stale_region_is_found_in_a_graded_or_straightened_picture(photo: Image.Image, kind: str) -> None:
    altered = photo.copy()
    box = (photo.width // 2, photo.height // 3, photo.width * 3 // 4, photo.height * 2 // 3)
    ImageDraw.Draw(altered).ellipse(box, fill="lime")
    altered = thumbnails._uneven(altered, kind) if kind else thumbnails._straightened(altered, 4)
    found = told(saved(altered), small(photo))
    assert found.relation is Relation.DIFFERS, found
    assert found.region is not None
    middle = (found.region[0] + found.region[2]) / 2 / altered.width
    assert middle == pytest.approx(0.65, abs=0.08)


def test_the_sentences_name_the_turn_and_no_replacement_that_was_not_seen(
    photo: Image.Image, stranger: Image.Image, decoder: Decoder, context: Context
) -> None:
    straight = load_bytes(
        with_thumbnail(thumbnails._straightened(photo, 5), jpeg(small(photo))), "a.jpg", decoder, LIMITS
    )
    other = load_bytes(with_thumbnail(stranger, jpeg(small(photo))), "b.jpg", decoder, LIMITS)
    outcomes = check(straight, context), check(other, context)
    turned_, unlaid = (one.evidence[0] for one in outcomes if isinstance(one, Ran))
    assert isinstance(turned_, Trace)
    assert isinstance(unlaid, Trace)
    assert "agrees with the picture where that is turned by 5" in turned_.statement
    assert "cannot be laid on the picture" in unlaid.statement
    assert "replaced" not in unlaid.statement


def test_what_shows_nothing_is_undecided(photo: Image.Image) -> None:
    blank = told(photo, Image.new("RGB", (160, 120), "black"))
    assert (blank.relation, bool(blank.reason)) == (Relation.UNDECIDED, True)
    tiny = told(photo, photo.resize((16, 12)))
    assert tiny.relation is Relation.UNDECIDED
    assert "16 x 12" in tiny.reason


def test_the_thumbnail_is_found_with_its_orientation(photo: Image.Image) -> None:
    thumbnail = jpeg(small(photo))
    data = with_thumbnail(photo, thumbnail, orientation=6)
    (found,) = embedded(data, structure(data, LIMITS), LIMITS)
    assert data[found.offset_bytes : found.offset_bytes + found.length_bytes] == thumbnail
    assert found.orientation == 6
    assert usual_turns(6) == {0, 1}


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_no_bytes_make_the_search_raise(photo: Image.Image, cut: int) -> None:
    data = bytearray(with_thumbnail(photo, jpeg(small(photo))))
    data[20 + cut : 24 + cut] = b"\xff\xff\xff\xff"
    embedded(bytes(data), structure(bytes(data), LIMITS), LIMITS)


def test_the_check_from_file_to_trace(photo: Image.Image, decoder: Decoder, context: Context) -> None:
    image = load_bytes(with_thumbnail(photo, jpeg(small(photo))), "a.jpg", decoder, LIMITS)
    agrees = check(image, context)
    assert isinstance(agrees, Ran)
    assert (agrees.evidence, agrees.note) == ((), "the EXIF thumbnail agrees with the picture")
    cropped = photo.crop((0, 0, photo.width // 2, photo.height // 2))
    image = load_bytes(with_thumbnail(cropped, jpeg(small(photo))), "a.jpg", decoder, LIMITS)
    outcome = check(image, context)
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert (trace.topic, trace.alters) == ("thumbnail", True)
    assert trace.value.startswith("cropped to 25 %")
    assert "cut after" in trace.statement, trace.statement
    without = check(load_bytes(jpeg(photo), "a.jpg", decoder, LIMITS), context)
    assert without == Skipped(reason="the file holds no thumbnail", remedy="ask for the original file")
    broken = load_bytes(with_thumbnail(photo, b"\xff\xd8\xff" + b"x" * 50), "a.jpg", decoder, LIMITS)
    assert isinstance(check(broken, context), Skipped)


def test_the_figure_takes_what_the_check_has_compared(
    photo: Image.Image, monkeypatch: pytest.MonkeyPatch, decoder: Decoder, context: Context
) -> None:
    compared: list[tuple[int, ...]] = []
    monkeypatch.setattr(
        "provenance.metadata.traces.thumbnail.relate",
        lambda picture, *rest: compared.append(picture.shape) or relate(picture, *rest),
    )
    image = load_bytes(with_thumbnail(photo, jpeg(small(photo))), "a.jpg", decoder, LIMITS)
    check(image, context)
    (one,) = embedded(image.data, image.structure, LIMITS)
    seen = looked_at(image, one, lambda *_: pytest.fail("it was decoded again"))
    assert isinstance(seen, Seen) and seen.related.relation is Relation.AGREES
    assert len(compared) == 1


def exif_of(thumbnail: bytes) -> bytes:
    """The TIFF block with a thumbnail in IFD1."""
    data = with_thumbnail(Image.new("RGB", (8, 8)), thumbnail)
    return data[data.index(b"II*\0") : data.index(thumbnail) + len(thumbnail)]


def raw_profile(block: bytes) -> PngImagePlugin.PngInfo:
    """As ImageMagick packs an EXIF block into a text chunk."""
    content = b"Exif\0\0" + block
    info = PngImagePlugin.PngInfo()
    info.add_text("Raw profile type exif", f"\nexif\n{len(content):8}\n{content.hex()}\n", zip=True)
    return info


@pytest.mark.parametrize("container", ["eXIf", "raw profile", "WebP"])
def test_exif_thumbnails_of_png_and_webp_are_laid_on_the_picture(
    photo: Image.Image, stranger: Image.Image, container: str, decoder: Decoder, context: Context
) -> None:
    for shown, said in ((photo, "agrees"), (stranger, "cannot be laid")):
        buffer, block = io.BytesIO(), exif_of(jpeg(small(shown)))
        if container == "eXIf":
            photo.save(buffer, "PNG", exif=b"Exif\0\0" + block)
        elif container == "WebP":
            photo.save(buffer, "WEBP", exif=b"Exif\0\0" + block)
        else:
            photo.save(buffer, "PNG", pnginfo=raw_profile(block))
        outcome = check(load_bytes(buffer.getvalue(), "a", decoder, LIMITS), context)
        assert isinstance(outcome, Ran)
        told = outcome.note or " ".join(one.statement for one in outcome.evidence)
        assert told.startswith(("the EXIF", "The EXIF")) and said in told


def test_the_coded_thumbnail_of_a_heif_is_laid_on_the_picture(
    photo: Image.Image, stranger: Image.Image, decoder: Decoder, context: Context
) -> None:
    heif = pytest.importorskip("pillow_heif")
    made = heif.from_pillow(photo.resize((640, 480)))
    made.add_from_pillow(stranger.resize((640, 480)))
    buffer = io.BytesIO()
    made[0].info["thumbnails"] = [160]
    made.save(buffer, quality=90, primary_index=0)
    data = buffer.getvalue()
    reference = data.index(b"thmb")
    first = int.from_bytes(data[reference + 8 : reference + 10], "big")
    second = next(number for number in range(1, 20) if number != first and item(data, number) == b"hvc1")
    pitm = data.index(b"pitm") + 8
    swapped = bytearray(data)
    swapped[pitm : pitm + 2] = swapped[reference + 8 : reference + 10] = second.to_bytes(2, "big")
    agrees = check(load_bytes(data, "a.heic", decoder, LIMITS), context)
    assert isinstance(agrees, Ran) and agrees.note == "the HEIF thumbnail agrees with the picture"
    other = check(load_bytes(bytes(swapped), "b.heic", decoder, LIMITS), context)
    assert isinstance(other, Ran)
    (trace,) = other.evidence
    assert trace.statement.startswith("The HEIF thumbnail stored in the file cannot be laid on the picture")


def item(data: bytes, number: int) -> bytes:
    """The type of an item by its `infe` box of version 2; empty where there is none, or it is a thumbnail."""
    at = data.find(b"infe\2\0\0\0" + number.to_bytes(2, "big"))
    at = at if at >= 0 else data.find(b"infe\2\0\0\1" + number.to_bytes(2, "big"))
    thumbnail = data[data.index(b"thmb") + 4 :][:2] == number.to_bytes(2, "big")
    return b"" if at < 0 or thumbnail else data[at + 12 : at + 16]


def test_transparent_parts_are_no_difference(photo: Image.Image, decoder: Decoder, context: Context) -> None:
    """Programs that drop the transparency show black in the thumbnail; the decoder lays the picture over white."""
    flat = photo.resize((800, 600)).copy()
    flat.paste("black", (300, 220, 480, 330))
    alpha = Image.new("L", flat.size, 255)
    alpha.paste(0, (300, 220, 480, 330))
    transparent, buffer = flat.copy(), io.BytesIO()
    transparent.putalpha(alpha)
    transparent.save(buffer, "PNG", exif=b"Exif\0\0" + exif_of(jpeg(small(flat))))
    outcome = check(load_bytes(buffer.getvalue(), "a.png", decoder, LIMITS), context)
    assert isinstance(outcome, Skipped) and "transparent parts" in outcome.reason


def test_the_preview_that_was_examined_is_not_held_against_itself(
    photo: Image.Image, decoder: Decoder, context: Context
) -> None:
    image = load_bytes(with_thumbnail(photo, jpeg(small(photo))), "a.jpg", decoder, LIMITS)
    shown = decoder.decode(jpeg(small(photo)), "image/jpeg", LIMITS)
    outcome = check(replace(image, working_copy=shown), context)
    assert isinstance(outcome, Skipped) and "preview that was examined" in outcome.reason


@pytest.mark.parametrize("gain", [2.6, 3.5])
def test_an_exposure_that_lost_detail_is_no_difference(photo: Image.Image, gain: float) -> None:
    assert told(saved(exposed(photo, gain)), small(photo)).relation is Relation.AGREES


def test_a_crop_and_another_picture_are_told_from_a_lifted_exposure(photo: Image.Image, stranger: Image.Image) -> None:
    width, height = photo.size
    part = photo.crop((width // 10, height // 10, width * 85 // 100, height * 85 // 100))
    assert told(saved(exposed(part, 2.6)), small(photo)).relation is Relation.CROPPED
    assert told(saved(exposed(stranger, 2.6)), small(photo)).relation is Relation.OTHER


def exposed(picture: Image.Image, gain: float) -> Image.Image:
    return picture.point([min(255, round(gain * level)) for level in range(256)] * 3)


def test_a_crop_is_laid_on_a_thumbnail_that_was_squeezed(photo: Image.Image) -> None:
    """A camera that squeezes every shape into 4:3, here a square, and a crop of it."""
    side = min(photo.size)
    square = photo.crop((0, 0, side, side))
    part = square.crop((side // 10, side // 20, side * 8 // 10, side * 17 // 20))
    assert told(saved(part), saved(square.resize((160, 120)))).relation is Relation.CROPPED
