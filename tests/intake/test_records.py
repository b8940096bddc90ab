"""A records file gives each picture its publications; every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.errors import StatementsError
from provenance.intake.listing import read_list
from provenance.intake.records import COLUMNS, read_records, records_file
from provenance.model.limits import Limits
from provenance.model.publication import DateBasis

HEADER = "file,publisher,published,published_basis,place,place_cc,place_lat,place_lon,views,notes,grade\n"


def written(tmp_path: Path, text: str | bytes, name: str = "records.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_a_row_becomes_a_record_and_a_file_may_have_several(tmp_path: Path) -> None:
    rows = (
        HEADER
        + 'a.jpg,"Delta, Press",2019-08-21,agency_record,Rotterdam,NL,51.92,4.48,12,,A2\n'
        + "a.jpg,B,,,,,,,,,\nb.jpg,C,2020,,,,,,,,\n"
    )
    found = read_records(written(tmp_path, rows))
    first, second = found["a.jpg"]
    assert (first.publisher, first.published, first.published_basis) == (
        "Delta, Press",
        "2019-08-21",
        DateBasis.AGENCY_RECORD,
    )
    assert first.place is not None
    assert (first.place.name, first.place.cc, first.place.lat_deg, first.views) == ("Rotterdam", "NL", 51.92, 12)
    assert str(first.grade) == "A2"
    assert (second.publisher, second.place) == ("B", None)
    assert list(found) == ["a.jpg", "b.jpg"]


def test_a_byte_order_mark_and_json_lines_are_understood(tmp_path: Path) -> None:
    marked = read_records(written(tmp_path, b"\xef\xbb\xbffile,publisher\na.jpg,B\n"))
    lines = read_records(written(tmp_path, '{"file": "a.jpg", "publisher": "B"}\n\n', "records.jsonl"))
    assert marked == lines


def test_text_that_looks_like_a_formula_stays_verbatim(tmp_path: Path) -> None:
    (record,) = read_records(written(tmp_path, "file,notes\na.jpg,=HYPERLINK(1)\n"))["a.jpg"]
    assert record.notes == "=HYPERLINK(1)"


def test_every_column_is_known(tmp_path: Path) -> None:
    assert read_records(written(tmp_path, ",".join(COLUMNS) + "\n" + "a.jpg" + "," * (len(COLUMNS) - 1) + "\n"))


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        ("file,publishr\na,b\n", "line 1: unknown column 'publishr'", "did you mean 'publisher'?"),
        (
            "Filename,URL,Source,Location,Xyzzy\na,b,c,d,e\n",
            "line 1: unknown columns 'Filename', 'URL', 'Source', 'Location', 'Xyzzy'",
            "rename 'Filename' to file, 'URL' to source_url, 'Source' to publisher, 'Location' to place, if that is "
            "meant; known: file, source_url, ",
        ),
        (f"{','.join(f'x{n}q' for n in range(23))}\n", "'x18q', 'x19q', 3 more", "known: file, "),
        ("publisher\nb\n", "no column file", "add the column"),
        ("file,file\na,b\n", "stands twice", "keep one"),
        ("file;publisher\na;b\n", "not separated by commas", "comma-separated"),
        ("", "empty", "header"),
        ("file,published\na.jpg,2024\nb.jpg,2024-99\n", "line 3: published '2024-99'", "2024-11"),
        ('file,notes\na.jpg,"two\nlines"\nb.jpg\n', "line 4: 1 cells, the header has 2", "double quotes"),
        ('file,notes\na.jpg,"open\n', "no CSV", "quotes"),
        ("file,notes\n,x\n", "line 2: no file is named", "file name"),
        ("file,place_lat,place_lon\na.jpg,95,2\n", "line 2: place: latitude 95", "place_lat"),
        ("file,place_lat\na.jpg,north\n", "line 2: place_lat is 'north', not a number", "56.01"),
        ("file,published_basis\na.jpg,agency\n", "line 2: published_basis 'agency'", "agency_record"),
        ("file,grade\na.jpg,Z1\n", "line 2: grade 'Z1'", "B2"),
        ("file,views\na.jpg,-3\n", "line 2: views is -3", "whole number"),
        (b"file\na\xff.jpg\n", "line 2: byte 0xff", "UTF-8"),
        (b"file\na.jpg\nb\0\n", "line 3: holds a NUL", "UTF-8"),
    ],
)
def test_what_breaks_the_format_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, found: str, remedy: str
) -> None:
    with pytest.raises(StatementsError) as raised:
        read_records(written(tmp_path, text))
    assert found in str(raised.value)
    assert remedy in raised.value.remedy


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"file": "a"}\n{"file": "b", "fil": 1}\n', "line 2: unknown key 'fil'"),
        ('{"file": "a", "file": "b"}\n', "line 1: a key stands twice"),
        ('{"file": {"a": 1}}\n', "line 1: no flat object"),
        ("[" * 5000 + "\n", "line 1: nested"),
        ("{\n", "line 1: no JSON"),
    ],
)
def test_json_lines_are_held_to_the_same(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(StatementsError) as raised:
        read_records(written(tmp_path, text, "records.jsonl"))
    assert found in str(raised.value)


def test_a_cell_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "file,notes\na.jpg," + "x" * 50 + "\n")
    with pytest.raises(StatementsError, match="line 2: notes has 50 characters"):
        read_records(path, Limits(text_chars=49))
    with pytest.raises(StatementsError):
        read_records(written(tmp_path, "file,notes\na.jpg," + "x" * 200_000 + "\n"))


def test_the_records_file_of_a_folder_is_found(tmp_path: Path) -> None:
    assert records_file(tmp_path) is None
    lines = written(tmp_path, "", "records.jsonl")
    assert records_file(tmp_path) == lines
    table = written(tmp_path, "", "records.csv")
    assert records_file(tmp_path) == table


def test_what_is_not_there_is_called_what_it_should_be(tmp_path: Path) -> None:
    with pytest.raises(StatementsError, match="no such file") as caught:
        list(read_list(tmp_path / "none.csv"))
    assert "give the path of a list" in f"{caught.value} {caught.value.remedy}"
    with pytest.raises(StatementsError, match="no such file") as caught:
        read_records(tmp_path / "none.csv")
    assert "give the path of a records file" in f"{caught.value} {caught.value.remedy}"
