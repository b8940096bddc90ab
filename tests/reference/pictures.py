"""Pictures as tests add them to a set, each made from a number alone."""

import hashlib
from datetime import UTC, datetime

import numpy as np

from provenance.model.features import Features, Probe
from provenance.model.place import Level, Place
from provenance.model.publication import DateBasis
from provenance.model.record import Entry, Fingerprint, Record
from provenance.model.source import Grade

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FULL = Record(
    source_url="https://example.org/1?a=b",
    publisher="Agence",
    handle="@agence",
    post_text="=1+1 \u202e \x1b[2J",
    views=7,
    published="2014-07-19T12:00+02:00",
    published_basis=DateBasis.AGENCY_RECORD,
    place=Place(name="Kraków", cc="PL", lat_deg=50.06, lon_deg=19.94, radius_km=20, level=Level.CITY),
    caption="legenda",
    caption_time="2014-07",
    credit="A. B.",
    licence="CC-BY-4.0",
    notes="n",
    origin="agence",
    grade=Grade("B", 2),
)


def image_id(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def code(number: int) -> bytes:
    return np.random.default_rng(number).bytes(32)


def entry(number: int, *records: Record, searchable: bool = True, path: str = "") -> Entry:
    """Known by its whole-frame code."""
    made = Fingerprint(name="phash256/1", code=code(number), searchable=searchable, detail=200.0)
    return Entry(
        image_id=image_id(number),
        size_bytes=number + 1,
        width_px=4,
        height_px=3,
        media_type="image/jpeg",
        path=path or f"/pictures/{number}.jpg",
        fingerprints=(made,),
        records=records,
    )


def featured(number: int, kept: Features | None) -> Entry:
    """Known by its points; by none where `kept` is None."""
    return Entry(
        image_id=image_id(number),
        size_bytes=9,
        width_px=800,
        height_px=600,
        media_type="image/jpeg",
        path="",
        fingerprints=(),
        features=kept,
    )


def features(number: int, *, points: int = 40, name: str = "points/1", words: int = 8) -> Features:
    chance = np.random.default_rng(number)
    return Features(
        name=name,
        width_px=512,
        height_px=300,
        points=points,
        words=chance.integers(0, words, points).astype("<u2").tobytes(),
        signatures=chance.bytes(16 * points),
        places=chance.bytes(4 * points),
        sizes=chance.integers(20, 60, points).astype(np.uint8).tobytes(),
        angles=chance.bytes(points),
        thumbnail=b"likeness",
    )


def probe_of(kept: Features, flipped_bits: int = 0, seed: int = 0) -> Probe:
    """The points of a picture as they are asked for, so many bits of each signature turned."""
    signatures = np.frombuffer(kept.signatures, np.uint8).reshape(-1, 16).copy()
    chance = np.random.default_rng(seed)
    for row in signatures:
        for bit in chance.choice(128, flipped_bits, replace=False):
            row[bit // 8] ^= 1 << (bit % 8)
    return Probe(
        points=np.arange(kept.points),
        mirrored=np.zeros(kept.points, np.bool_),
        words=np.frombuffer(kept.words, "<u2").astype(np.uint16),
        signatures=signatures.view("<u8").reshape(-1, 2),
        sizes=np.frombuffer(kept.sizes, np.uint8),
        angles=np.frombuffer(kept.angles, np.uint8),
    )
