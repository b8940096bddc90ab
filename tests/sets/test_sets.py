"""Which sets are opened for which names, and what they could not take in."""

import subprocess
import sys
from pathlib import Path

import pytest

from provenance.errors import ReferenceSetError
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits
from provenance.reference.open import open_set
from provenance.sets.which import ENVIRONMENT, named_sets, open_sets, resolve_one
from tests.sets.pictures import draw


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def folder_of(place: Path, *seeds: int) -> Path:
    for seed in seeds:
        draw(place / f"{seed}.png", seed)
    return place


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("sqlite:///a/b.sqlite", ["sqlite:///a/b.sqlite"]),
        ("/a.sqlite:sqlite:///a/b.sqlite:/c", ["/a.sqlite", "sqlite:///a/b.sqlite", "/c"]),
        ("/a::/b:", ["/a", "/b"]),
        ("postgresql://host/db", ["postgresql://host/db"]),
    ],
)
def test_the_environment_is_divided_as_a_path_and_a_url_is_left_whole(
    value: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, value)
    assert named_sets(None) == names


def test_a_url_in_the_environment_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_set(tmp_path / "desk.sqlite", create=True).close()
    monkeypatch.setenv(ENVIRONMENT, f"sqlite://{tmp_path}/desk.sqlite")
    store = resolve_one(None, create=False)
    assert store.state().name == "desk"
    store.close()


def test_an_empty_name_is_refused(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in (lambda: open_sets([""], decoder, Limits()), lambda: resolve_one("", create=True)):
        with pytest.raises(ReferenceSetError, match="empty name") as caught:
            ask()
        assert caught.value.remedy
    monkeypatch.setenv(ENVIRONMENT, ":")
    with pytest.raises(ReferenceSetError, match="empty name"):
        named_sets(None)
    monkeypatch.setenv(ENVIRONMENT, "")
    assert named_sets(None) == []


def test_the_notes_of_every_folder_are_handed_on(tmp_path: Path, decoder: Decoder) -> None:
    first, second = folder_of(tmp_path / "first", 1), folder_of(tmp_path / "second", 2, 3)
    (first / "records.csv").write_text("file,publisher\nmissing.jpg,A\n")
    (second / "empty.jpg").touch()
    opened = open_sets([first, second], decoder, Limits())
    for store in opened.stores:
        store.close()
    assert opened.notes == (
        "the records file records.csv names missing.jpg, which is not there",
        f"1 of 3 pictures of {second} could not be indexed: empty.jpg (the file is empty)",
    )
    assert opened.unfinished == "" and len(opened.stores) == 2


def test_a_set_in_a_folder_that_is_named_too_keeps_its_locks_and_its_place(tmp_path: Path, decoder: Decoder) -> None:
    folder = folder_of(tmp_path / "folder", 1)
    path = folder / "desk.sqlite"
    open_set(path, create=True).close()
    opened = open_sets([path, folder], decoder, Limits())
    close = "import sqlite3, sys; a = sqlite3.connect(sys.argv[1]); a.execute('SELECT * FROM images'); a.close()"
    subprocess.run([sys.executable, "-c", close, str(path)], check=True)
    assert (folder / "desk.sqlite-wal").exists()  # which the last one to close the set removes
    assert [store.state().name for store in opened.stores] == ["desk", "folder"]
    for store in opened.stores:
        store.close()
