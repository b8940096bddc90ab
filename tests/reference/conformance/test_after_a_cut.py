"""What a person meets who goes on with a set over three servers in which a change was cut off."""

import contextlib
import struct
from dataclasses import replace

import pytest

from provenance.cli.main import main
from provenance.custody.rotating import current
from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.reference.open import open_set
from provenance.reference.postgresql import at_once
from provenance.sets.copying import copy_set
from provenance.sets.filing import reindex
from provenance.sets.sharing import export_set
from tests.reference.conformance.cutting import CHANGES, COORDINATOR, alike, cut_before, removal_cut_off
from tests.reference.conformance.engines import alter
from tests.reference.conformance.test_conformance import NOW, WHOLE, asked, entry
from tests.reference.pictures import features, image_id, probe_of


def test_what_was_cut_off_is_neither_exported_nor_copied(both, parts, monkeypatch, tmp_path) -> None:
    removal_cut_off(both, parts, monkeypatch)
    spread, file = both
    place, copy = spread._address.url, tmp_path / "copy.sqlite"
    key = current(tmp_path / "keys", None)
    for move in (
        lambda: export_set(spread, tmp_path / "export", key),
        lambda: export_set(spread, tmp_path / "export", key, with_features=True),
        lambda: copy_set(place, copy),
    ):
        with pytest.raises(UnusableSetError, match="was cut off") as caught:
            move()
        assert "refs reindex" in caught.value.remedy
    assert not (tmp_path / "export").exists()
    done = reindex(spread)
    assert "12 pictures that it altered or removed got back" in done.mended
    copy_set(place, copy)
    with contextlib.closing(open_set(copy)) as copied:
        assert alike(spread, file) and asked(copied) == asked(file)


def marked(number: bytes) -> list[tuple[bytes | None, ...]]:
    """The answer of three servers to the question of that number, of which none has anything."""
    return [(struct.pack(">i", part), None, struct.pack(">q", int(number))) for part in range(3)]


def test_no_answer_mixes_in_what_was_cut_off_and_undone_while_it_was_asked(both, parts, monkeypatch) -> None:
    before, change = CHANGES["a removal"]
    for store in both:
        before(store)
    spread, file = both
    codes = [one.fingerprints[0].code for one in (entry(1, 1), entry(2, 1))]
    right = file.near(codes, WHOLE, 9)
    assert spread.near(codes, WHOLE, 9) == right
    questioned: list[int] = []
    ask = at_once.in_a_row

    def cut_off_meanwhile(connection, statements):
        """Between what the set tells and the question, and undone before what it tells is looked at again."""
        questioned.append(len(statements))
        *questions, told = statements
        held = ask(connection, [told])
        with contextlib.closing(open_set(spread._address.url)) as desk:
            with cut_before(COORDINATOR, parts, monkeypatch), pytest.raises(ReferenceSetError):
                change(desk)
            assert ask(connection, [told]) == [[]]
            assert ask(connection, questions[:1]) == [[]]  # nothing is asked of a server while that is so
            assert "was undone" in desk.finish()
        # As if the servers had answered meanwhile, when the pictures were gone from them.
        gone = [[[(*held[0][0], b"")], marked(values[3])] for _, values in questions[::2]]
        return [rows for both in gone for rows in both] + ask(connection, [told])

    with monkeypatch.context() as patch:
        patch.setattr(at_once, "in_a_row", cut_off_meanwhile)
        assert spread.near(codes, WHOLE, 9) == right
    assert questioned == [5] and alike(spread, file)


def test_a_change_that_ended_stays_whatever_a_server_isolates_by_default(both, parts) -> None:
    before, change = CHANGES["a removal"]
    for store in both:
        before(store)
    spread, file = both
    strict = "&options=-c%20default_transaction_isolation%3Dserializable"
    with contextlib.closing(open_set(spread._address.url + strict)) as desk:
        assert change(desk) == change(file) == 12
        assert desk.finish() == ""
    assert alike(spread, file)


def test_a_copy_into_a_set_in_which_a_change_was_cut_off_mends_it_first(both, parts, monkeypatch, tmp_path) -> None:
    removal_cut_off(both, parts, monkeypatch)
    spread, file = both
    CHANGES["a removal"][1](file)
    assert "was undone" in copy_set(tmp_path / "set.sqlite", spread._address.url, mirror=True).mended
    assert alike(spread, file)


def test_a_removal_that_is_run_again_tells_what_became_of_the_one_before(both, parts, monkeypatch, capsys) -> None:
    removal_cut_off(both, parts, monkeypatch)
    spread, file = both
    assert main(["refs", "remove", image_id(1), "--set", spread._address.url]) == 0
    told = capsys.readouterr()
    assert (
        told.out == "removed: 1 picture\n"
        and "note: a change that was cut off between two servers was undone" in told.err
    )
    assert main(["refs", "remove", image_id(2), "--set", spread._address.url]) == 0
    assert "undone" not in capsys.readouterr().err
    file.remove([image_id(1), image_id(2)])
    assert alike(spread, file)


def spread_before(spread) -> None:
    """As a program made it that kept no rows."""
    alter(spread._address.url, "ALTER TABLE unfinished DROP COLUMN among, DROP COLUMN image_id, DROP COLUMN kept")


def test_a_set_that_was_spread_before_keeps_rows_once_its_owner_writes_to_it(both, servers, parts, monkeypatch) -> None:
    spread, file = both
    before, change = CHANGES["a removal"]
    for store in both:
        before(store)
    spread_before(spread)
    alter(
        spread._address.url,
        "DROP ROLE IF EXISTS clerk",
        "CREATE ROLE clerk LOGIN",
        "GRANT USAGE ON SCHEMA provenance TO clerk",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA provenance TO clerk",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA provenance TO clerk",
        *(f"CREATE USER MAPPING FOR clerk SERVER provenance_part_{number}"
          " OPTIONS (user 'postgres', password_required 'false')" for number in range(3)),
    )  # fmt: skip
    try:
        with contextlib.closing(open_set(spread._address.url.replace("postgres@", "clerk@"))) as other:
            with pytest.raises(UnusableSetError, match="by an earlier version") as caught:
                other.remove([image_id(1)])
            assert "owner" in caught.value.remedy
            assert asked(other) == asked(file)  # nothing is left behind
            news = [replace(entry(number, 1), image_id=f"{number:064x}") for number in range(9)]
            assert other.add(news, now=NOW) == file.add(news, now=NOW)
            assert reindex(spread).mended == ""
            assert other.remove([news[0].image_id]) == file.remove([news[0].image_id]) == 1
        with cut_before(COORDINATOR, parts, monkeypatch), pytest.raises(ReferenceSetError):
            change(spread)
        assert spread.finish() and alike(spread, file)
    finally:
        alter(spread._address.url, "DROP OWNED BY clerk CASCADE")


def test_features_that_were_exchanged_and_not_kept_do_not_pass_for_mended(both, parts) -> None:
    """As many and under the same name, by a program that kept no rows: all of them are read."""
    spread, _ = both
    CHANGES["local features made anew"][0](spread)
    spread_before(spread)
    alter(spread._address.url, "INSERT INTO unfinished DEFAULT VALUES")
    assert "was undone" in spread.finish()
    spread_before(spread)
    alter(
        spread._address.url,
        "INSERT INTO unfinished DEFAULT VALUES",
        "UPDATE features SET words = signatures, signatures = words || words || words || words"
        " || words || words || words || words WHERE points = 40",
    )
    with pytest.raises(ReferenceSetError):
        spread.add([entry(0, 1)], now=NOW)
    with pytest.raises(ReferenceSetError):
        spread.vote(probe_of(features(1)), "points/1", 3)
