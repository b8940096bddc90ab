"""The check "search": what it finds, what it says of what it did not find, and that it is pure."""

import dataclasses
import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.errors import OutputError, ReferenceSetError
from provenance.fingerprint import perceptual
from provenance.fingerprint.whole_frame import fingerprints
from provenance.matching.search import MOST_MATCHES, check
from provenance.matching.words import NO_SET, NOT_ENOUGH_DETAIL
from provenance.model.context import Context
from provenance.model.evidence import Appearance
from provenance.model.image import Image, Original, Refusal, Structure, WorkingCopy
from provenance.model.matches import Match, Search
from provenance.model.outcome import Ran, Skipped
from provenance.model.place import Place
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.record import Entry, Record
from provenance.model.source import Grade, SourceKind
from provenance.model.time import parse_interval
from provenance.reference.open import open_set

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FULL = Record(
    source_url="https://example.org/1",
    publisher="Agence",
    handle="@agence",
    post_text="words",
    views=7,
    published="2014-07-19T12:00Z",
    published_basis=DateBasis.AGENCY_RECORD,
    place=Place(name="Kraków", cc="PL"),
    caption="legenda",
    caption_time="2014-07",
    credit="A. B.",
    licence="CC-BY-4.0",
    notes="n",
    origin="agence.example",
    grade=Grade("B", 2),
)


def scene(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(Pillow.fromarray(chance.integers(0, 256, (side, side, 3), np.uint8)).resize((320, 240)), np.float64)
        for side in (3, 6, 12, 24)
    ]
    return (np.average(layers, axis=0, weights=(4, 3, 2, 1))).astype(np.uint8)


def image(pixels: np.ndarray | None, data: bytes = b"query") -> Image:
    original = Original(
        name="q.jpg",
        path="q.jpg",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type="image/jpeg",
    )
    structure = Structure(media_type="image/jpeg")
    if pixels is None:
        refusal = Refusal(reason="the pixels are broken", remedy="ask for the original")
        return Image(original=original, data=data, structure=structure, refusal=refusal)
    copy = WorkingCopy(pixels=np.ascontiguousarray(pixels))
    return Image(original=original, data=data, structure=structure, working_copy=copy)


def entry(pixels: np.ndarray, *records: Record, data: bytes = b"") -> Entry:
    made = fingerprints(WorkingCopy(pixels=np.ascontiguousarray(pixels)))
    digest = hashlib.sha256(data or pixels.tobytes()).hexdigest()
    return Entry(
        image_id=digest,
        size_bytes=5,
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        media_type="image/jpeg",
        path=f"/r/{digest[:4]}.jpg",
        fingerprints=made,
        records=records,
    )


@pytest.fixture
def store(tmp_path: Path):
    store = open_set(tmp_path / "desk.sqlite", create=True, name="desk")
    store.add([entry(scene(seed)) for seed in range(40)])
    yield store
    store.close()


def ran(query: Image, *stores) -> Ran:
    outcome = check(query, Context(now=NOW, references=stores))
    assert isinstance(outcome, Ran)
    return outcome


def matches(outcome: Ran) -> list[Match]:
    return [item for item in outcome.evidence if isinstance(item, Match)]


def saved(pixels: np.ndarray, quality: int = 40, size: tuple[int, int] = (200, 150)) -> np.ndarray:
    buffer = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(pixels)).resize(size).save(buffer, "JPEG", quality=quality)
    return np.asarray(Pillow.open(buffer))


def test_without_sets_the_check_is_skipped_with_the_reason_and_the_remedy() -> None:
    skipped = check(image(scene(1)), Context(now=NOW))
    assert skipped == NO_SET and skipped.reason and "--reference" in skipped.remedy


def test_a_copy_saved_again_and_scaled_is_found_and_the_search_is_stated(store) -> None:
    outcome = ran(image(saved(scene(7))), store)
    (search,) = [item for item in outcome.evidence if isinstance(item, Search)]
    assert (search.set_name, search.pictures, search.searchable) == ("desk", 40, 40)
    assert search.snapshot == store.state().snapshot and search.set_id == store.state().set_id
    assert "JPEG" in search.would_catch and "crops" in search.would_miss
    (match,) = matches(outcome)
    assert match.reference.image_id == entry(scene(7)).image_id
    assert (match.copy, match.transform) == (CopyKind.NEAR, "as it is")
    assert 0 <= match.distance_bits <= perceptual.RADIUS_BITS == match.radius_bits
    assert "neighbouring video frame" in match.limits[0]


def test_a_mirrored_copy_is_found_and_called_mirrored(store) -> None:
    (match,) = matches(ran(image(saved(scene(7)[:, ::-1])), store))
    assert (match.copy, match.transform) == (CopyKind.MIRRORED, "mirrored left-right")


def test_a_copy_turned_upside_down_is_found(store) -> None:
    (match,) = matches(ran(image(saved(scene(7)[::-1, ::-1])), store))
    assert (match.copy, match.transform) == (CopyKind.NEAR, "turned by 180 degrees")


def test_nothing_found_still_says_what_was_searched(store) -> None:
    outcome = ran(image(scene(900)), store)
    assert [type(item) for item in outcome.evidence] == [Search]
    assert "0 matched" in outcome.evidence[0].statement


def test_every_field_of_a_record_travels_with_the_match(store) -> None:
    store.add([entry(scene(7), FULL, Record(publisher="Blog", published="2010"))])
    outcome = ran(image(saved(scene(7))), store)
    first, second = [item for item in outcome.evidence if isinstance(item, Appearance)]
    assert (first.by, second.by) == ("Blog", "Agence (@agence)")
    assert second.source.kind is SourceKind.REFERENCE
    assert (second.source.name, second.source.origin) == ("Agence", "agence.example")
    assert (first.source.name, first.source.origin) == ("Blog", "Blog")
    assert second.published == parse_interval(FULL.published) and second.date_basis is DateBasis.AGENCY_RECORD
    assert second.caption_place == FULL.place and second.caption_time == parse_interval("2014-07")
    same = ("post_text", "views", "caption", "credit", "licence", "notes", "grade")
    assert [getattr(second, name) for name in same] == [getattr(FULL, name) for name in same]
    assert second.url == second.source.url == FULL.source_url
    assert second.match_id == first.match_id == matches(outcome)[0].id
    assert second.copy is CopyKind.NEAR


def test_a_date_that_cannot_be_read_is_no_date(store) -> None:
    store.add([entry(scene(7), Record(publisher="A", published="last summer"))])
    (told,) = [item for item in ran(image(scene(7)), store).evidence if isinstance(item, Appearance)]
    assert told.published is None


def test_equal_bytes_come_first_and_say_so(store) -> None:
    store.add([entry(scene(7), FULL, data=b"query")])
    first, second = matches(ran(image(scene(7)), store))
    assert (first.copy, first.fingerprint, first.distance_bits) == (CopyKind.EXACT, "sha256", 0)
    assert first.limits == () and second.copy is CopyKind.NEAR


def test_at_most_twenty_matches_are_told_and_all_are_counted(store) -> None:
    chance = np.random.default_rng(0)
    for number in range(30):
        noisy = np.clip(scene(7) + chance.normal(0, 6, scene(7).shape), 0, 255).astype(np.uint8)
        store.add([entry(noisy, Record(publisher=str(number)))])
    outcome = ran(image(scene(7)), store)
    assert len(matches(outcome)) == MOST_MATCHES
    distances = [match.distance_bits for match in matches(outcome)]
    assert distances == sorted(distances)
    assert "31 matched; the nearest 20 are shown" in outcome.evidence[0].statement


def test_several_sets_are_searched_each_with_its_own_statement(store, tmp_path: Path) -> None:
    other = open_set(tmp_path / "other.sqlite", create=True)
    other.add([entry(scene(7), FULL), entry(scene(50))])
    outcome = ran(image(saved(scene(7))), store, other)
    assert [item.set_name for item in outcome.evidence if isinstance(item, Search)] == ["desk", "other"]
    assert {match.reference.set_name for match in matches(outcome)} == {"desk", "other"}
    other.close()


def test_two_sets_of_one_name_are_told_apart_in_every_hit_and_search(tmp_path: Path) -> None:
    stores = [open_set(tmp_path / folder / "desk.sqlite", create=True) for folder in ("a", "b")]
    for number, one in enumerate(stores):
        one.add([entry(saved(scene(1), 80 - number))])
    outcome = ran(image(scene(1)), *stores)
    searched = {item.set_name: item.snapshot for item in outcome.evidence if isinstance(item, Search)}
    assert len(searched) == 2
    assert sorted(match.reference.set_name for match in matches(outcome)) == sorted(searched)
    for one in stores:
        state = one.state()
        assert searched[f"desk ({state.set_id[:8]})"] == state.snapshot
        one.close()


def flat(level: int) -> np.ndarray:
    return np.full((240, 320, 3), level, np.uint8)


def test_flat_frames_never_match_and_are_said_to_lack_detail(store) -> None:
    ramp = np.repeat(np.linspace(0, 255, 320)[None, :, None], 240, axis=0).repeat(3, axis=2).astype(np.uint8)
    store.add([entry(flat(0)), entry(flat(128)), entry(flat(255)), entry(ramp)])
    assert store.state().pictures == 44 and store.state().searchable[perceptual.NAME] == 40
    for query in (flat(0), flat(128), flat(200), flat(255), ramp, ramp[:, ::-1]):
        outcome = ran(image(query), store)
        assert outcome.note.startswith(NOT_ENOUGH_DETAIL) and matches(outcome) == []
        (search,) = outcome.evidence
        assert search.fingerprint == "sha256"
    for seed in range(40):
        assert all(
            match.reference.image_id == entry(scene(seed)).image_id for match in matches(ran(image(scene(seed)), store))
        )


def test_a_flat_frame_of_equal_bytes_is_found_by_its_bytes(store) -> None:
    store.add([entry(flat(0), FULL, data=b"query")])
    outcome = ran(image(flat(0)), store)
    assert [match.copy for match in matches(outcome)] == [CopyKind.EXACT]
    assert outcome.note.startswith(NOT_ENOUGH_DETAIL)


def test_without_pixels_only_equal_bytes_are_sought(store) -> None:
    refused = check(image(None), Context(now=NOW, references=(store,)))
    assert refused == Skipped(reason="the pixels are broken", remedy="ask for the original")
    store.add([entry(scene(90), FULL, data=b"query")])
    outcome = ran(image(None), store)
    assert [match.copy for match in matches(outcome)] == [CopyKind.EXACT]
    assert "only the same file was sought" in outcome.note


def test_equal_sets_give_equal_evidence_whatever_the_order_of_adding(tmp_path: Path) -> None:
    told = []
    records = (FULL, Record(publisher="Blog", published="2010"))
    for name, order in (("a", (1, 2, 3)), ("b", (3, 2, 1))):
        clock = iter(range(10**6))
        store = open_set(tmp_path / name / "desk", create=True)
        for number in order:
            store.add([entry(scene(number))])
        for record in records if name == "a" else reversed(records):
            store.add([entry(scene(2), record)])
        outcome = ran(image(saved(scene(2))), store)
        told.append([item for item in outcome.evidence if not isinstance(item, Search)])
        snapshot = store.state().snapshot
        assert all(item.snapshot == snapshot for item in outcome.evidence if isinstance(item, Search))
        told[-1].append(snapshot)
        assert ran(image(saved(scene(2))), store) == outcome
        store.close()
        del clock
    assert told[0] == told[1]


class Unsteady:
    """A set that another program fills while it is asked."""

    def __init__(self, store, pending: list[Entry]) -> None:
        self._store, self._pending = store, pending

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    def near(self, codes, fingerprint, radius_bits):
        if self._pending:
            self._store.add([self._pending.pop()])
        return self._store.near(codes, fingerprint, radius_bits)


def test_a_set_filled_meanwhile_is_asked_until_one_state_answered_everything(store) -> None:
    outcome = ran(image(scene(7)), Unsteady(store, [entry(scene(60)), entry(scene(61))]))
    assert outcome.evidence[0].pictures == 42 and outcome.evidence[0].snapshot == store.state().snapshot


def break_codes(store) -> None:
    with store._session.writing() as (connection, _):
        rows = connection.execute("UPDATE fingerprints SET code = zeroblob(32) WHERE name = ?", (perceptual.NAME,))
        whole = "UPDATE code_packs SET codes = zeroblob(length(codes)) WHERE name = ?"
        assert rows.rowcount + connection.execute(whole, (perceptual.NAME,)).rowcount
    store._codes._known.clear()


def test_a_damaged_set_never_reads_as_nothing_found(store, tmp_path: Path) -> None:
    other = open_set(tmp_path / "other.sqlite", create=True)
    other.add([entry(scene(7))])
    break_codes(store)
    with pytest.raises(ReferenceSetError, match="damaged") as failed:
        check(image(scene(900)), Context(now=NOW, references=(store, other)))
    assert "backup" in failed.value.remedy
    outcome = ran(image(scene(7)), store, other)
    assert len(matches(outcome)) == 1 and "could not be searched" in outcome.note
    with pytest.raises(ReferenceSetError):
        store.near([bytes(32)], perceptual.NAME, 0)
    other.close()


def test_want_of_room_for_the_pixels_of_a_reference_is_not_called_damage(store, monkeypatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise OutputError("the pixels find no room", remedy="free memory")

    monkeypatch.setattr("provenance.matching.search.ask", ask)
    with pytest.raises(OutputError, match="find no room"):
        check(image(scene(7)), Context(now=NOW, references=(store,)))


def test_a_set_without_the_second_code_still_finds_the_nearest_copies(tmp_path: Path) -> None:
    store = open_set(tmp_path / "old", create=True)
    whole = entry(scene(7))
    store.add([dataclasses.replace(whole, fingerprints=whole.fingerprints[:1])])
    assert len(matches(ran(image(saved(scene(7))), store))) == 1
    store.close()


def test_a_hit_without_its_picture_is_damage_and_not_nothing_found(store) -> None:
    """The code is found, the row is gone: by a copy, by the same bytes, and with the number of rows still right."""
    key = bytes.fromhex(entry(scene(7)).image_id)
    with store._session.writing() as (connection, _):
        connection.execute("UPDATE images SET image_id = zeroblob(32) WHERE image_id = ?", (key,))
    for query in (image(saved(scene(7))), image(scene(7), data=scene(7).tobytes()), image(None, scene(7).tobytes())):
        with pytest.raises(ReferenceSetError, match="damaged") as failed:
            check(query, Context(now=NOW, references=(store,)))
        assert "backup" in failed.value.remedy


class Forgetful:
    """A store whose engine answers with hits and then without the pictures."""

    def __init__(self, store) -> None:
        self.store = store

    def __getattr__(self, name: str):
        return getattr(self.store, name)

    def get(self, image_ids) -> list:
        return []


def test_whatever_the_engine_a_hit_that_it_does_not_hold_is_damage(store) -> None:
    for query in (image(saved(scene(7))), image(scene(7), data=scene(7).tobytes())):
        with pytest.raises(ReferenceSetError, match="does not hold it"):
            check(query, Context(now=NOW, references=(Forgetful(store),)))


def test_what_the_sets_lack_is_noted_behind_the_searchs_own_notes(store) -> None:
    told = tuple(f"{number} could not be indexed" for number in range(7))
    noted = check(image(scene(900)), Context(now=NOW, references=(store,), references_notes=told[:2]))
    assert noted.note == "0 could not be indexed; 1 could not be indexed"
    many = check(image(flat(90)), Context(now=NOW, references=(store,), references_notes=told))
    assert many.note.startswith(NOT_ENOUGH_DETAIL) and many.note.endswith("4 could not be indexed; and 2 more")
    assert "5 could not" not in many.note
