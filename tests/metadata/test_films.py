"""Films inside pictures: when they were made, where, and the keys that phones write."""

import random
import struct
from types import SimpleNamespace

import pytest

from provenance.image.containers.film import film
from provenance.metadata.container.check import check
from provenance.model.context import Context
from provenance.model.evidence import Fact
from provenance.model.limits import Limits
from provenance.model.outcome import Ran
from tests.image.parts import box


def movie(*, quicktime: bool = True, version: int = 0) -> bytes:
    """The boxes of a film without pictures: made on 5 March 2023 at 15:04:34 UTC."""
    seconds = 3_760_873_474
    header = struct.pack(">BBH", version, 0, 0) + struct.pack(">Q" if version else ">I", seconds) + bytes(90)
    names = (b"com.apple.quicktime.make", b"com.android.capture.fps", b"com.apple.quicktime.location.ISO6709")
    values = ((1, b"Demo Optical"), (23, struct.pack(">f", 29.5)), (1, b"+37.5090+127.0243/"))
    keys = box(b"keys", bytes(4) + struct.pack(">I", len(names)) + b"".join(box(b"mdta", name) for name in names))
    items = b"".join(
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", kind, 0) + value))
        for number, (kind, value) in enumerate(values, 1)
    )
    handler = box(b"hdlr", bytes(8) + b"mdta" + bytes(12))
    meta = box(b"meta", (b"" if quicktime else bytes(4)) + handler + keys + box(b"ilst", items))
    place = b"+37.5090+127.0243/"
    user = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place))
    moov = box(b"moov", box(b"mvhd", header) + user + meta)
    return box(b"ftyp", b"mp42" + bytes(4)) + box(b"mdat", bytes(60)) + moov


@pytest.mark.parametrize(("quicktime", "version"), [(True, 0), (False, 0), (True, 1)])
def test_a_film_behind_a_picture_says_when_and_where_it_was_made(
    make: SimpleNamespace, context: Context, quicktime: bool, version: int
) -> None:
    outcome = check(make.image(make.jpeg(trailer=movie(quicktime=quicktime, version=version))), context)
    assert isinstance(outcome, Ran)
    told = {item.key: item for item in outcome.evidence if isinstance(item, Fact) and item.key.startswith("film.")}
    assert {key: one.normal for key, one in told.items()} == {
        "film.created": "2023-03-05T15:04:34Z",
        "film.position": "+37.5090+127.0243/",
        "film.com.apple.quicktime.make": "Demo Optical",
        "film.com.android.capture.fps": "29.5",
        "film.com.apple.quicktime.location.ISO6709": "+37.5090+127.0243/",
    }
    assert any("UTC" in note for note in told["film.created"].limits)


def test_a_clock_that_was_not_set_says_nothing() -> None:
    data = movie().replace(struct.pack(">I", 3_760_873_474), bytes(4))
    assert "created" not in {one.name for one in film(data, 0, len(data), Limits())}


def test_broken_boxes_say_less_and_never_raise() -> None:
    seed, rng = movie(), random.Random(4)
    for _ in range(600):
        data = bytearray(seed)
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(data) - 4)
            data[at : at + 4] = rng.choice([b"\xff" * 4, bytes(4), rng.randbytes(4)])
        for one in film(bytes(data), 0, len(data), Limits()):
            assert 0 <= one.offset_bytes <= one.offset_bytes + one.length_bytes <= len(data)
    for length in range(0, len(seed), 5):
        film(seed[:length], 0, length, Limits())


@pytest.mark.parametrize("between", [0, 5000])
def test_a_film_that_only_the_xmp_points_to_is_read_there(
    make: SimpleNamespace, context: Context, between: int
) -> None:
    film_bytes = movie()
    directory = "".join(
        f'<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="{kind}" Item:Semantic="{what}" '
        f'Item:Length="{length}"/></rdf:li>'
        for kind, what, length in (("image/jpeg", "Primary", 0), ("video/mp4", "MotionPhoto", len(film_bytes)))
    )
    packet = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:Container="http://ns.google.com/photos/1.0/container/" '
        'xmlns:Item="http://ns.google.com/photos/1.0/container/item/"><Container:Directory><rdf:Seq>'
        f"{directory}</rdf:Seq></Container:Directory></rdf:Description></rdf:RDF>"
    )
    data = make.jpeg(
        make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode()), trailer=b"\1" * between + film_bytes
    )
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (told,) = [item for item in outcome.evidence if isinstance(item, Fact) and item.key == "film.created"]
    assert (told.normal, told.block) == ("2023-03-05T15:04:34Z", "xmp" if between else "trailer")
