"""Answers that no server gives by itself: of other columns, without an end, with orders to a terminal in them."""

import itertools
import resource
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.reference.open import open_set
from tests.reference.conformance.lying import lying, message, row
from tests.reference.test_store import FULL, code, entry

psycopg = pytest.importorskip("psycopg")
ROOT = Path(__file__).resolve().parents[3]
VERIFY = """
import sys
from provenance.reference.open import open_set
print(open_set(sys.argv[1]).verify().wrong)
"""


@pytest.mark.parametrize("columns", [0, 1, 7, 300])
def test_rows_of_other_columns_than_were_told_are_damage_and_end_no_process(url: str, store, columns: int) -> None:
    store.add([entry(1, FULL), entry(2)])

    def change(asked: str, kind: bytes, body: bytes):
        if not asked.startswith("FETCH"):
            yield message(kind, body)
        elif kind == b"T":
            column = b"x\0" + struct.pack("!IHIhih", 0, 0, 17, -1, -1, 1)
            yield message(kind, struct.pack("!H", columns) + columns * column)
        elif kind == b"D":
            yield row(*[b"\xff" * 32] * columns)
        else:
            yield message(kind, body)

    with lying(url, change) as false:
        ended = subprocess.run(
            [sys.executable, "-c", VERIFY, false], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "unpack" in ended.stdout


@pytest.mark.parametrize("large", [b"", b"x" * 2**20])
def test_an_answer_without_an_end_is_given_up_before_memory_is(url: str, store, monkeypatch, large: bytes) -> None:
    store.add([entry(1)])
    monkeypatch.setattr("provenance.reference.postgresql.patience.ANSWER_BYTES", 2**26)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def change(asked: str, kind: bytes, body: bytes):
        if kind == b"D" and "FROM appearances" in asked:
            yield from itertools.repeat(row(large) * (1 if large else 10_000))
        yield message(kind, body)

    with (
        lying(url, change) as false,
        closing(open_set(false)) as store,
        pytest.raises(UnusableSetError, match=r"0\.0625 GiB as one answer"),
    ):
        store.count()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2**18  # KiB: four times what one may take


def test_a_server_that_says_nothing_is_left(url: str, store, monkeypatch) -> None:
    store.add([entry(1)])
    monkeypatch.setattr("provenance.reference.postgresql.patience.ANSWER_S", 0.5)

    def change(asked: str, kind: bytes, body: bytes):
        return [] if "FROM appearances" in asked else [message(kind, body)]

    with lying(url, change) as false, closing(open_set(false)) as store:
        with pytest.raises(ReferenceSetError, match=r"no answer within 0\.5 s") as caught:
            store.count()
        assert "see that the server runs" in caught.value.remedy


@pytest.mark.parametrize("state", ["XX000", "57P01", "22000"])
def test_what_a_server_complains_of_gives_no_orders_to_a_terminal(url: str, store, state: str) -> None:
    store.add([entry(1)])
    said = "\x1b[31m\x1b]0;title\x07<script>alert(1)</script>\u202e\x00SFAKE\x00".encode()

    def change(asked: str, kind: bytes, body: bytes):
        if kind == b"D" and "FROM checksums" in asked:
            return [message(b"E", b"SERROR\0VERROR\0C" + state.encode() + b"\0M" + said + b"\0")]
        return [message(kind, body)]

    with lying(url, change) as false, closing(open_set(false)) as store, pytest.raises(ReferenceSetError) as caught:
        store.near([code(1)], "phash256/1", 60)
    assert str(caught.value).isprintable() and "\u202e" not in str(caught.value)
