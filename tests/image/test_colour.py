"""Whatever a file holds, the working copy is upright sRGB, and its steps say what was done."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from tests.image.parts import chunk

UPRIGHT = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,  # what undoes the turn: the picture is stored turned the other way
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


def exif(orientation: int) -> bytes:
    entries = Pillow.Exif()
    entries[0x0112] = orientation
    return entries.tobytes()


def near(pixels, expected, levels=2) -> bool:
    difference = np.abs(pixels.astype(int) - np.asarray(expected, dtype=int))
    return bool(difference.max() <= levels)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "JPEG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_gives_the_same_upright_pixels(kind, orientation, loaded, saved, scene):
    stored = scene if UPRIGHT[orientation] is None else scene.transpose(UPRIGHT[orientation])
    options = {"lossless": True} if kind == "WEBP" else {"quality": 100, "subsampling": 0} if kind == "JPEG" else {}
    copy = loaded(saved(stored, kind, exif=exif(orientation), **options)).working_copy
    assert copy.pixels.shape == (48, 64, 3)
    assert near(copy.pixels, scene)
    assert copy.steps == (() if orientation == 1 else (f"turned upright (EXIF orientation {orientation})",))


def test_an_orientation_that_is_none_and_one_in_xmp_alone_turn_nothing(loaded, saved, scene):
    assert loaded(saved(scene, "PNG", exif=exif(42))).working_copy.steps == ()
    packet = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    assert loaded(saved(scene, "JPEG", xmp=packet)).working_copy.steps == ()


@pytest.mark.parametrize("orientation", range(2, 9))
def test_heif_and_avif_are_turned_by_their_container(orientation, loaded, saved, scene):
    stored = scene.transpose(UPRIGHT[orientation])
    copy = loaded(saved(stored, "AVIF", exif=exif(orientation), quality=100, subsampling="4:4:4")).working_copy
    assert copy.pixels.shape == (48, 64, 3)
    assert near(copy.pixels, scene, 12)
    assert any(step.startswith("turned upright (i") for step in copy.steps)


def test_heif_is_decoded(loaded, scene):
    pillow_heif = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    pillow_heif.from_pillow(scene).save(buffer, quality=95)
    copy = loaded(buffer.getvalue()).working_copy
    assert copy.pixels.shape == (48, 64, 3)
    assert near(copy.pixels[12, 16], (255, 0, 0), 12)


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("P", 3, None),
        ("RGB", (9, 99, 199), (9, 99, 199)),
    ],
)
def test_ordinary_modes_become_rgb_without_a_word(mode, value, expected, loaded, saved):
    image = Pillow.new(mode, (20, 10), value)
    if mode == "P":
        image.putpalette(bytes(range(48)))
        expected = (9, 10, 11)
    for kind in ("PNG", "TIFF", "BMP"):
        copy = loaded(saved(image, kind)).working_copy
        assert copy.pixels.dtype == np.uint8
        assert (copy.pixels == expected).all()
        assert copy.steps == ()


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize(("value", "expected"), [(0, 0), (257 * 100, 100), (32768, 128), (65535, 255)])
def test_sixteen_bit_grey_is_scaled(kind, value, expected, loaded, saved):
    image = Pillow.fromarray(np.full((10, 20), value, dtype=np.uint16))
    copy = loaded(saved(image, kind)).working_copy
    assert near(copy.pixels, expected, 1)
    assert copy.steps == ("16-bit grey scaled to 8 bits",)


def png16(colour_type: int, samples: tuple[int, ...]) -> bytes:
    rows = (b"\x00" + struct.pack(f">{len(samples)}H", *samples) * 4) * 4
    header = struct.pack(">IIBBBBB", 4, 4, 16, colour_type, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_sixteen_bit_colour_is_scaled(loaded):
    assert near(loaded(png16(2, (257 * 10, 257 * 100, 257 * 200))).working_copy.pixels, (10, 100, 200), 1)


def test_sixteen_bit_grey_with_alpha_is_laid_over_white(loaded):
    copy = loaded(png16(4, (0, 257 * 127))).working_copy
    assert near(copy.pixels, 128, 1)
    assert copy.steps == ("transparent parts laid over white",)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0.0, 1.0, (0, 255)), (0.0, 200.0, (0, 200)), (-5.0, 5.0, (0, 255))]
)
def test_floating_point_grey_is_scaled_by_its_range(low, high, expected, loaded, saved):
    image = Pillow.fromarray(np.array([[low, high]] * 2, dtype=np.float32))
    copy = loaded(saved(image, "TIFF")).working_copy
    assert near(copy.pixels[0, 0], expected[0], 1)
    assert near(copy.pixels[0, 1], expected[1], 1)
    assert "scaled to 8 bits" in copy.steps[0]


def test_floating_point_nonsense_is_answered(loaded, saved):
    image = Pillow.fromarray(np.array([[np.nan, np.inf], [-np.inf, 0.5]], dtype=np.float32))
    assert loaded(saved(image, "TIFF")).working_copy.pixels.shape == (2, 2, 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_alpha_is_laid_over_white_and_said(mode, kind, loaded, saved):
    image = Pillow.new("RGBA", (20, 10), (0, 0, 0, 51)).convert(mode)
    copy = loaded(saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}))).working_copy
    assert near(copy.pixels, 204, 1)
    assert copy.steps == ("transparent parts laid over white",)


def test_alpha_that_hides_nothing_is_not_mentioned(loaded, saved):
    image = Pillow.new("RGBA", (20, 10), (10, 20, 30, 255))
    copy = loaded(saved(image, "PNG")).working_copy
    assert (copy.pixels == (10, 20, 30)).all()
    assert copy.steps == ()


def test_a_transparent_palette_entry_is_laid_over_white(loaded, saved):
    image = Pillow.new("P", (20, 10), 1)
    image.putpalette([0, 0, 0, 200, 0, 0])
    assert (loaded(saved(image, "PNG", transparency=1)).working_copy.pixels == 255).all()
    assert (loaded(saved(image, "GIF", transparency=1)).working_copy.pixels == 255).all()


def test_the_first_of_several_frames_is_taken_and_said(loaded, saved, scene):
    others = [scene.rotate(180), scene.rotate(90)]
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {}), ("GIF", {})):
        copy = loaded(saved(scene, kind, save_all=True, append_images=others, **options)).working_copy
        assert copy.steps == ("first of 3 frames",)
        assert near(copy.pixels, scene)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
@pytest.mark.parametrize(
    ("ink", "expected"), [((0, 0, 0, 0), 255), ((0, 0, 0, 255), 0), ((0, 255, 255, 0), (255, 0, 0))]
)
def test_cmyk_becomes_rgb_and_is_said(kind, ink, expected, loaded, saved):
    copy = loaded(saved(Pillow.new("CMYK", (32, 32), ink), kind)).working_copy
    assert near(copy.pixels, expected, 3)
    assert copy.steps == ("CMYK converted to RGB without a profile: colours are approximate",)


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped() -> bytes:
    """An sRGB profile whose red and green primaries have changed places."""
    profile = bytearray(srgb())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_an_srgb_profile_changes_nothing(loaded, saved, scene):
    copy = loaded(saved(scene, "PNG", icc_profile=srgb())).working_copy
    assert copy.pixels.tobytes() == scene.tobytes()
    assert copy.steps == ()


def test_another_profile_is_applied_and_said_whatever_it_calls_itself(loaded, saved, scene):
    copy = loaded(saved(scene, "PNG", icc_profile=swapped())).working_copy
    assert near(copy.pixels[5, 5], (0, 255, 0), 3)
    (step,) = copy.steps
    assert step.startswith("colours converted from the profile")


def test_a_profile_applies_to_colours_below_alpha(loaded, saved):
    image = Pillow.new("RGBA", (20, 10), (255, 0, 0, 127))
    copy = loaded(saved(image, "PNG", icc_profile=swapped())).working_copy
    assert near(copy.pixels, (128, 255, 128), 3)


@pytest.mark.parametrize("profile", [b"no profile", srgb()[:300], srgb().replace(b"rXYZ", b"none")])
def test_a_broken_profile_is_left_out_and_said(profile, loaded, saved, scene):
    copy = loaded(saved(scene, "PNG", icc_profile=profile)).working_copy
    assert copy.pixels.tobytes() == scene.tobytes()
    assert "left out" in copy.steps[0]


def test_a_profile_of_another_colour_space_is_left_out_and_said(loaded, saved, scene):
    profile = srgb().replace(b"RGB ", b"CMYK", 1)
    copy = loaded(saved(scene, "PNG", icc_profile=profile)).working_copy
    assert copy.steps == ("the colour profile is for another kind of picture and was left out",)


def test_a_grey_picture_with_an_rgb_profile_stays_grey(loaded, saved):
    copy = loaded(saved(Pillow.new("L", (20, 10), 90), "PNG", icc_profile=srgb())).working_copy
    assert (copy.pixels == 90).all()


def test_lab_becomes_rgb(loaded, saved):
    image = Pillow.new("LAB", (20, 10), (255, 128, 128))
    assert near(loaded(saved(image, "TIFF")).working_copy.pixels, 255, 3)
