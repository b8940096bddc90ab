"""What a hash leaves out of a file, on readings written by hand: what no library signs for us."""

import base64
import hashlib
import io
from types import SimpleNamespace

import PIL.Image
import pytest

from provenance.metadata.credentials.binding import binding
from provenance.metadata.credentials.formats import TIFFS

from .test_credential_codes import reading


def data_hash(data: bytes, *ranges: tuple[int, int], algorithm: str = "sha256") -> dict[str, object]:
    kept, at = b"", 0
    for start, length in ranges:
        kept, at = kept + data[at:start], start + length
    digest = hashlib.new(algorithm, kept + data[at:]).digest()
    exclusions = [{"start": start, "length": length} for start, length in ranges]
    return {"exclusions": exclusions, "alg": algorithm, "hash": base64.b64encode(digest).decode()}


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_a_hash_that_leaves_the_tags_out_is_told(make: SimpleNamespace, algorithm: str) -> None:
    exif = make.tiff({"ifd0": {0x010F: make.ascii("Maker")}})
    described = b"jumd" + bytes.fromhex("6332706100110010800000AA00389B71") + b"\3c2pa\0"
    box = (len(described) + 12).to_bytes(4, "big") + b"jumb" + (len(described) + 4).to_bytes(4, "big") + described
    store = make.segment(0xEB, b"JP\0\1\0\0\0\1" + box)
    image = make.image(make.jpeg(make.segment(0xE1, b"Exif\0\0" + exif), store))
    end = 2 + len(exif) + 10 + len(store)
    named = {"c2pa.hash.data": data_hash(image.data, (0, end), algorithm=algorithm)}
    told = binding(image, reading(**named))
    assert (told.recomputed, told.metadata_outside, told.picture_outside) == (True, True, False)
    assert told.unbound_bytes > len(exif)


def test_a_hash_that_leaves_picture_data_out_is_told(make: SimpleNamespace) -> None:
    image = make.image(make.jpeg())
    whole = {"c2pa.hash.data": data_hash(image.data, (0, len(image.data)))}
    told = binding(image, reading(**whole))
    assert told.recomputed and told.picture_outside


@pytest.mark.parametrize(
    "exclusions",
    [
        [{"start": 0, "length": 10**9}],
        [{"start": -1, "length": 4}],
        [{"start": 0, "length": 9}, {"start": 4, "length": 9}],
        [{"start": "0", "length": 1}],
        [7],
    ],
)
def test_ranges_that_cannot_be_are_not_computed(make: SimpleNamespace, exclusions: list[object]) -> None:
    named = {"c2pa.hash.data": {"exclusions": exclusions, "alg": "sha256", "hash": "AA=="}}
    assert binding(make.image(make.jpeg()), reading(**named)).recomputed is None


@pytest.mark.parametrize(
    ("paths", "metadata", "picture"),
    [
        (("/ftyp", "/mfra", "/free", "/skip"), False, False),
        (("/ftyp", "/meta"), True, True),
        (("/meta/idat",), True, True),
        (("/meta/iprp",), True, True),
        (("//mdat",), True, True),
        (("/moov",), True, True),
        (("/mdat",), True, True),
        (("/uuid",), True, False),
    ],
)
def test_what_a_bmff_hash_leaves_out(
    make: SimpleNamespace, paths: tuple[str, ...], metadata: bool, picture: bool
) -> None:
    named = {"c2pa.hash.bmff.v2": {"exclusions": [{"xpath": path} for path in paths], "hash": "AA=="}}
    told = binding(make.image(make.jpeg()), reading(**named))
    assert (told.metadata_outside, told.picture_outside) == (metadata, picture)


@pytest.mark.parametrize(
    ("names", "metadata", "picture"),
    [
        (["C2PA"], False, False),
        (["APP1"], True, False),
        (["APP2"], True, True),
        (["SOS"], True, True),
        (["IDAT"], True, True),
        (7, True, True),
    ],
)
def test_what_a_hash_of_boxes_leaves_out(make: SimpleNamespace, names: object, metadata: bool, picture: bool) -> None:
    boxes = [{"names": names, "excluded": True}, {"names": ["DQT"]}]
    told = binding(make.image(make.jpeg()), reading(**{"c2pa.hash.boxes": {"boxes": boxes}}))
    assert (told.metadata_outside, told.picture_outside) == (metadata, picture)


def test_a_colour_profile_is_part_of_the_picture(make: SimpleNamespace) -> None:
    profile = make.segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(200))
    image = make.image(make.jpeg(profile))
    named = {"c2pa.hash.data": data_hash(image.data, (2, len(profile)))}
    assert binding(image, reading(**named)).picture_outside


@pytest.mark.parametrize("tags", [{}, {0xC612: b"\1\4\0\0"}], ids=["tiff", "dng"])
@pytest.mark.parametrize(("left_out", "outside"), [(0, False), (16, False), (17, True), (400, True)])
def test_what_a_hash_of_a_tiff_leaves_out_may_be_the_picture(
    make: SimpleNamespace, tags: dict[int, bytes], left_out: int, outside: bool
) -> None:
    """Its tags and its pixels are one block to us, so nothing of it is known to be mere description."""
    out = io.BytesIO()
    PIL.Image.new("RGB", (16, 16), "red").save(out, "TIFF", tiffinfo={0x010F: "Maker", **tags})
    image = make.image(out.getvalue())
    assert image.structure.media_type in TIFFS
    named = {"c2pa.hash.data": data_hash(image.data, (100, left_out))}
    told = binding(image, reading(**named))
    assert (told.recomputed, told.unbound_bytes) == (True, left_out)
    assert (told.metadata_outside, told.picture_outside) == (outside, outside)


def test_where_nobody_walks_an_objection_to_the_layout_may_be_about_the_picture(make: SimpleNamespace) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg'/><!-- c2pa. -->"
    image = make.image(data)
    named = {"c2pa.hash.data": data_hash(data, (0, len(data)))}
    assert binding(image, reading(**named), layout=True).picture_outside
    assert not binding(image, reading(**named)).picture_outside


def test_of_two_hashes_none_is_recomputed_in_whatever_order_they_come(make: SimpleNamespace) -> None:
    image = make.image(make.jpeg())
    strict, lax = data_hash(image.data), data_hash(image.data, (0, len(image.data)))
    for names in (("c2pa.hash.data", "c2pa.hash.data__1"), ("c2pa.hash.data__1", "c2pa.hash.data")):
        told = binding(image, reading(**dict(zip(names, (strict, lax), strict=True))))
        assert told.recomputed is None and told.picture_outside
