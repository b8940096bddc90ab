"""Counting by faiss gives what counting by NumPy gives; a faiss that counts otherwise, or not at all, is not used."""

import ctypes
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reference.codes import counting as code_counting
from provenance.reference.codes.counting import AT_ONCE, by_faiss, by_numpy, count_for
from provenance.reference.codes.piece import CodePiece


@pytest.fixture
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """faiss is loaded for any number of rows, and forgotten afterwards."""
    monkeypatch.setattr(code_counting, "_WORTH", 0)
    monkeypatch.setattr(code_counting, "_Counted", SimpleNamespace(rows=0, faiss=None))


def drawn(words: int, rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns and a code, some words of them all zeros or ones."""
    chance = np.random.default_rng(seed)
    columns = chance.integers(0, 2**64, (words, rows), np.uint64)
    columns[chance.random(columns.shape) < 0.2] = 0
    columns[chance.random(columns.shape) < 0.2] = 2**64 - 1
    return columns, np.append(chance.integers(0, 2**64, words - 1, np.uint64), np.uint64(2**64 - 1))


@given(st.integers(1, 9), st.integers(0, 300), st.integers(0, 2**32))
def test_faiss_counts_as_numpy_and_python_do(words: int, rows: int, seed: int) -> None:
    faiss = pytest.importorskip("faiss", reason="faiss is not installed")
    columns, code = drawn(words, rows, seed)
    expected = [sum((int(a) ^ int(b)).bit_count() for a, b in zip(row, code, strict=True)) for row in columns.T]
    assert by_numpy(words)(columns, code).tolist() == expected
    assert by_faiss(faiss, words)(columns, code).tolist() == expected
    assert by_faiss(faiss, words)(np.asfortranarray(columns), code).tolist() == expected


def test_faiss_is_given_no_address_of_less_than_it_would_read_or_write() -> None:
    faiss = pytest.importorskip("faiss", reason="faiss is not installed")
    columns, code = drawn(4, 50, 1)
    count = by_faiss(faiss, 4)
    for wrong in ((columns[:3], code), (columns, code[:3]), (columns.astype(np.uint32), code)):
        with pytest.raises(ValueError, match="64-bit words"):
            count(*wrong)
    with pytest.raises(ValueError, match="at most AT_ONCE"):
        count(np.zeros((4, AT_ONCE + 1), np.uint64), code)


@pytest.mark.usefixtures("worth")
@pytest.mark.parametrize("rows", [1, 5000, AT_ONCE, AT_ONCE + 1])
def test_every_radius_is_answered_alike_by_both(rows: int) -> None:
    pytest.importorskip("faiss", reason="faiss is not installed")
    columns, code = drawn(4, rows, rows)
    piece = CodePiece(file="", columns=columns, ids=np.zeros((rows, 32), np.uint8))
    distances = np.bitwise_count(columns ^ code[:, None]).sum(0)
    for radius in range(257) if rows < AT_ONCE else (0, 31, 60, 64, 128, 256):
        ((found, bits),) = piece.near([code], radius)
        assert np.array_equal(found, np.flatnonzero(distances <= radius))
        assert np.array_equal(bits, distances[found])
    assert code_counting._Counted.faiss


def pretended(off_by: int) -> object:
    """A faiss that counts in Python, through the addresses that it is given."""

    def hammings(one: int, rows: int, _: int, number: int, length: int, into: int) -> None:
        for row in range(number):
            pair = ctypes.string_at(one, length), ctypes.string_at(rows + row * length, length)
            whole = int.from_bytes(pair[0], "little") ^ int.from_bytes(pair[1], "little")
            ctypes.c_int32.from_address(into + 4 * row).value = whole.bit_count() + (off_by if row == 998 else 0)

    return SimpleNamespace(hammings=hammings, swig_ptr=lambda array: array.ctypes.data)


@pytest.mark.usefixtures("worth")
@pytest.mark.parametrize(
    ("library", "used"), [(pretended(0), True), (pretended(1), False), (SimpleNamespace(), False), (None, False)]
)
def test_a_faiss_that_counts_otherwise_is_not_used(library: object, used: bool, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "faiss", library)
    columns, code = drawn(3, 70, 7)
    expected = np.bitwise_count(columns ^ code[:, None]).sum(0).tolist()
    assert count_for(3, 70)(columns, code).tolist() == expected
    assert bool(code_counting._Counted.faiss) is used


def test_faiss_is_loaded_only_once_so_many_rows_were_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_counting, "_Counted", SimpleNamespace(rows=0, faiss=None))
    monkeypatch.setitem(sys.modules, "faiss", pretended(0))
    count_for(1, code_counting._WORTH - 1)
    assert code_counting._Counted.faiss is None
    count_for(1, 1)
    assert code_counting._Counted.faiss is not None
