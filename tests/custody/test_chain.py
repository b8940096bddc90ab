"""Lines of a log: one spelling each, each naming the one before."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.custody.chain import line_of, lines, read_line, walk
from provenance.model.case import CASE_SCHEMA, CaseFile, Entry
from provenance.model.limits import CASE_LINE_BYTES

DIGEST = "ab" * 32


def entry(number: int = 1, **said: object) -> Entry:
    words = {
        "at": "2026-03-01T12:00:00Z",
        "clock": "a clock",
        "by": "Ann",
        "tool": "t",
        "did": "noted",
        "words": "said",
    }
    settings = {"schema": CASE_SCHEMA} if number == 1 else {}
    return Entry(number=number, **{**words, "settings": settings, **said})  # type: ignore[arg-type]


def chained(*entries: Entry) -> list[bytes]:
    made: list[bytes] = []
    for one in entries:
        previous = hashlib.sha256(made[-1]).hexdigest() if made else "0" * 64
        made.append(line_of(Entry(**{**{f: getattr(one, f) for f in Entry.__slots__}, "previous": previous})))
    return made


def wrong(log: list[bytes]) -> str:
    with pytest.raises(ValueError, match=r"log") as raised:
        list(walk(log))
    return str(raised.value)


def test_an_entry_is_read_as_it_was_written() -> None:
    file = CaseFile(path="data/originals/x.jpg", size_bytes=0, sha256=DIGEST)
    one = entry(words='Жанна said "no"\n\u2028', inputs=(DIGEST,), outputs=(file,), settings={"a": ["b", "c"]})
    assert read_line(line_of(one)) == one


@given(st.text(), st.text())
def test_any_text_keeps_its_one_spelling(words: str, key: str) -> None:
    one = entry(words=words, settings={key: words})
    try:
        line = line_of(one)
    except ValueError:  # lone surrogates are no Unicode text
        assert any("\ud800" <= letter <= "\udfff" for letter in words + key)
        return
    assert line.count(b"\n") == 1 and read_line(line).words == words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"by":', b'"by": '),
        (b"{", b"{ "),
        (b"Ann", b"\\u0041nn"),
        (b'"number":2', b'"number":2.0'),
        (b'"number":2', b'"number":2e0'),
        (b'"number":2', b'"number":02'),
        (b'"number":2', b'"number":true'),
        (b'"number":2', b'"number":NaN'),
        (b'"number":2', b'"number":99999999999999999999'),
        (b'"did":"noted","number":2', b'"number":2,"did":"noted"'),
        (b'"number":2', b'"number":2,"number":2'),
        (b"Ann", b"An\xffn"),
        (b"Ann", b"An\x00n"),
        (b"said", b"\\ud800"),
        (b"}\n", b"} \n"),
        (b"}\n", b"}\r\n"),
        (b"}\n", b"}}\n"),
        (b'"words":"said"', b'"words":["said"]'),
    ],
)
def test_any_other_spelling_is_refused(before: bytes, after: bytes) -> None:
    first, second = chained(entry(1), entry(2))
    assert before in second
    assert "entry 2" in wrong([first, second.replace(before, after, 1)])


def test_a_nest_of_brackets_is_refused() -> None:
    with pytest.raises(ValueError, match="canonical"):
        read_line(b"[" * 500_000 + b"]" * 500_000 + b"\n")


def test_what_is_no_entry_is_refused() -> None:
    for line in (b"1\n", b"[]\n", b"{}\n", b'"x"\n', b"null\n", b'{"number":1}\n'):
        with pytest.raises(ValueError, match="no entry"):
            read_line(line)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "data/../x", "data/.x", "data/log.jsonl", "seal.json", "data/x y", "data/é"]
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path that no case holds"):
        line_of(entry(outputs=(CaseFile(path=path, size_bytes=1, sha256=DIGEST),)))


def test_every_single_bit_of_a_log_counts() -> None:
    log = b"".join(chained(entry(1), entry(2, words="я"), entry(3)))
    whole = [head for _, head in walk(lines([log]))]
    for at in range(len(log)):
        for bit in range(8):
            changed = bytearray(log)
            changed[at] ^= 1 << bit
            try:
                assert [head for _, head in walk(lines([bytes(changed)]))][:3] != whole
            except ValueError:
                continue


def test_entries_left_out_put_in_or_out_of_order_are_named() -> None:
    log = chained(entry(1), entry(2), entry(3))
    assert wrong([log[0], log[2]]) == "entry 2 of the log calls itself 3"
    assert wrong([log[1], log[2]]) == "entry 1 of the log calls itself 2"
    assert "calls itself" in wrong([log[0], log[2], log[1]])
    forged = chained(entry(1), entry(2, words="else"))[1]
    assert "entry 3 of the log does not follow the entry before it" in wrong([log[0], forged, log[2]])
    assert "unfinished" in wrong([log[0], log[1][:-1]])


def test_a_log_that_opens_no_case_is_refused() -> None:
    assert CASE_SCHEMA in wrong(chained(entry(1, settings={})))


@given(st.binary(max_size=300), st.integers(1, 20))
def test_lines_come_out_alike_however_they_are_cut(data: bytes, size: int) -> None:
    cut = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(lines(cut)) == data.splitlines(keepends=True) or b"".join(lines(cut)) == data
    assert all(line.count(b"\n") <= 1 for line in lines(cut))


def test_a_line_without_an_end_is_not_gathered_for_ever() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield b"x" * 2**16

    assert len(next(lines(endless()))) <= CASE_LINE_BYTES + 2**17
