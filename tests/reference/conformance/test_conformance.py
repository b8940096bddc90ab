"""One history, every engine, the same answers to the byte."""

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.archive.servers import Server
from provenance.model.canonical import canonical, plain
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.packs import packing
from tests.reference.conformance.engines import SERVERS, opened
from tests.reference.pictures import features, image_id, probe_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WHOLE, OTHER, POINTS = "phash256/1", "dhash512/1", "points/1"
PICTURES = 14
CODES = [bytes(32), b"\xff" * 32, b"\xaa" * 32, *(np.random.default_rng(seed).bytes(32) for seed in range(3))]


def record(number: int) -> Record:
    return Record(publisher=f"P{number}", caption="\u202eKrak\u00f3w\ud800", views=number)


def entry(number: int, variant: int) -> Entry:
    """A picture; variants of one number differ in all that may differ between two additions of one picture."""
    chance = np.random.default_rng(number)
    code = bytearray(CODES[number % len(CODES)])
    for bit in chance.choice(256, number % 4 * 20, replace=False):
        code[bit // 8] ^= 1 << bit % 8
    made = [Fingerprint(name=WHOLE, code=bytes(code), searchable=number % 7 != 3, detail=1.5)]
    if variant % 2:
        made.append(Fingerprint(name=OTHER, code=bytes(code) * 2, searchable=True, detail=float(number)))
    points = (None, features(number), features(number, points=5), features(number, name="points/2"))[variant % 4]
    return Entry(
        image_id=image_id(number),
        size_bytes=number,
        width_px=3 + number % 2,
        height_px=4 - number % 2,
        media_type="image/jpeg",
        path=("", "/b/\udcff.jpg", f"/a/{number}.jpg")[variant % 3],
        fingerprints=tuple(made),
        records=tuple(record(one) for one in range(variant % 3)),
        features=points,
    )


NUMBERS = st.integers(0, PICTURES - 1)
STEPS = st.one_of(
    st.tuples(st.just("add"), st.lists(st.tuples(NUMBERS, st.integers(0, 11)), min_size=1, max_size=9)),
    st.tuples(st.just("renew"), st.lists(st.tuples(NUMBERS, st.integers(0, 11)), max_size=4)),
    st.tuples(st.just("anew"), st.lists(st.tuples(NUMBERS, st.integers(0, 11)), max_size=4)),
    st.tuples(st.just("remove"), st.lists(NUMBERS, max_size=4)),
    st.tuples(st.just("edit"), NUMBERS),
    st.tuples(st.just("record"), NUMBERS),
    st.tuples(st.just("forget a record"), NUMBERS),
    st.tuples(st.just("seal"), st.booleans()),
)


def do(store, step, now: datetime):
    """One step of a history; what the engine answered to it."""
    match step:
        case ("add" | "renew", pairs):
            return store.add([entry(*pair) for pair in pairs], now=now, known_only=step[0] == "renew")
        case ("anew", pairs):
            # As of a picture whose fingerprints were another's.
            right = [
                replace(entry(*pair), fingerprints=entry(pair[0] + 1, pair[1]).fingerprints, width_px=9)
                for pair in pairs
            ]
            return store.add(right, now=now, anew={one.image_id for one in right[:2]})
        case ("remove", numbers):
            return store.remove([image_id(number) for number in numbers])
        case ("edit", number):
            for one in store.records(image_id(number))[:1]:
                return store.edit_record(image_id(number), one.id, {"caption": str(number % 2)}, "why", now=now)
        case ("record", number):
            return store.add_records({image_id(number): [record(5), record(0)]}, now=now)
        case ("forget a record", number):
            return store.remove_records({image_id(number): [one.id for one in store.records(image_id(number))[:1]]})
        case ("seal", whole):
            return store.seal(whole=whole) if hasattr(store, "seal") else ""
    return None


def asked(store) -> bytes:
    """All answers, as bytes."""
    ids = [image_id(number) for number in (*range(PICTURES, -1, -1), 99)]
    answers = [
        store.state(),
        store.get(ids),
        store.list(limit=5, offset=2),
        store.of_size(3, 4, 3),
        {one: repr(kept) for one, kept in store.features(ids).items()},
        [(store.history(one), store.has(one, (WHOLE, POINTS)), store.find(one[:3])) for one in ids],
        [store.lacking((OTHER, POINTS), after=after, limit=limit) for after in ("", ids[3]) for limit in (None, 2)],
        [store.near(CODES, WHOLE, radius) for radius in (0, 7, 31, 60, 128)],
        store.near([code * 2 for code in CODES], OTHER, 90),
    ]
    return canonical(plain(answers))


def votes(store) -> bytes:
    """The answers that the model does not give."""
    probes = [probe_of(features(seed), flipped_bits=9, seed=seed) for seed in range(0, PICTURES, 3)]
    beside = {image_id(77): features(0)}
    return canonical(plain([store.vote(probe, name, 6, beside=held) for probe in probes
                            for name in (POINTS, "points/2") for held in (None, beside)]))  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=2, max_size=10), bare=st.booleans(), alike=st.booleans())
def test_a_file_with_all_that_comes_in_packs_answers_alike_after_any_history(
    tmp_path_factory, steps, bare: bool, alike: bool
) -> None:
    """Also of pictures that come without path and records, and so have a head, and whose ids begin alike."""
    with ExitStack() as stack:
        patched, (whole, numbered) = stack.enter_context(pytest.MonkeyPatch.context()), (entry, image_id)
        patched.setattr(packing, "FEWEST_PICTURES", 1)
        if bare:
            patched.setitem(globals(), "entry", lambda *of: replace(whole(*of), path="", records=()))
        if alike:
            patched.setitem(globals(), "image_id", lambda number: numbered(number // 3)[:12] + numbered(number)[12:])
        folder = tmp_path_factory.mktemp("sets")
        stores = [stack.enter_context(closing(opened(one, _no_server, folder))) for one in ("memory", "SQLite")]
        for number, step in enumerate(steps):
            told = {canonical(plain(do(store, step, NOW + timedelta(hours=number)))) for store in stores}
            assert len(told) == 1, step
        assert len({asked(store) for store in stores}) == 1
        assert stores[1].verify().wrong == ()


def _no_server(*_: object) -> Server:
    raise AssertionError("a file needs no server")


@pytest.mark.parametrize("kind", SERVERS)
@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=2, max_size=10))
def test_all_engines_answer_alike_after_any_history(kind, servers, tmp_path_factory, steps) -> None:
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("sets")
        stores = [opened(one, servers, folder) for one in ("memory", "SQLite", kind)]
        for store in stores:
            stack.enter_context(closing(store))
        for number, step in enumerate(steps):
            told = {canonical(plain(do(store, step, NOW + timedelta(hours=number)))) for store in stores}
            assert len(told) == 1, step
            states = {canonical(plain(store.state())) for store in stores}  # what was written is read at once
            assert len(states) == 1, step
        assert len({asked(store) for store in stores}) == 1
        assert votes(stores[1]) == votes(stores[2])
        for store in stores[1:]:
            found = store.verify()
            assert found.wrong == () and found.segments_damaged == 0


@pytest.mark.parametrize("kind", ["SQLite", *SERVERS])
def test_every_radius_finds_all_and_nothing_else(kind: str, servers, tmp_path: Path) -> None:
    """Codes at every distance from 0 to 128 of a query, several of some, and degenerate ones."""
    chance = np.random.default_rng(1)
    query = chance.bytes(32)
    codes = [bytes(32), b"\xff" * 32, b"\x0f" * 32, query, query]
    for distance in range(129):
        bits = np.unpackbits(np.frombuffer(query, np.uint8))
        bits[chance.choice(256, distance, replace=False)] ^= 1
        codes.append(np.packbits(bits).tobytes())
    entries = [
        Entry(
            image_id=image_id(number), size_bytes=1, width_px=1, height_px=1, media_type="image/png", path="",
            fingerprints=(Fingerprint(name=WHOLE, code=code, searchable=True, detail=1.0),),
        )
        for number, code in enumerate(codes)
    ]  # fmt: skip
    with closing(opened("memory", servers, tmp_path)) as model, closing(opened(kind, servers, tmp_path)) as store:
        for one in (model, store):
            one.add(entries, now=NOW)
        for radius in range(129):
            assert store.near([query], WHOLE, radius) == model.near([query], WHOLE, radius), radius
        assert store.near([bytes(32), b"\xff" * 32], WHOLE, 9) == model.near([bytes(32), b"\xff" * 32], WHOLE, 9)
        assert store.near([query], WHOLE, -1) == [[]]
