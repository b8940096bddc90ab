"""Cases to write, seal and spoil; keys that are made anew in each run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.custody.cases import in_memory
from provenance.custody.contents import FolderContents
from provenance.custody.keys import SigningKey, signing_key
from provenance.custody.sealing import seal
from provenance.custody.verifying import Pinned, verify
from provenance.custody.writing import Author, writing
from provenance.model.case import Did, Head, Sealed, Verification

AUTHOR = Author(at="2026-03-01T12:00:00Z", clock="a test's clock", by="Жанна", tool="provenance test")
FIRST, SECOND = b"first original " * 40, b"second original " * 50


class Desk:
    """A folder with a case in it, and a key."""

    def __init__(self, root: Path, key: SigningKey) -> None:
        self.root, self.key = root, key

    def receive(self, data: bytes, extension: str = "jpg") -> None:
        with writing(self.root, AUTHOR, create=True) as writer:
            writer.received(AUTHOR, data, extension, 'received "a picture"')

    def report(self, name: str = "one", data: bytes = b"<p>report</p>\n") -> None:
        with writing(self.root, AUTHOR) as writer:
            files = {f"data/reports/{name}/report.html": data, f"data/reports/{name}/report.json": b"{}\n"}
            writer.enter(AUTHOR, Did.REPORTED, f"reported on {name}", files=files)

    def note(self, words: str = "said") -> Head:
        with writing(self.root, AUTHOR) as writer:
            writer.enter(AUTHOR, "noted", words)
            return writer.head

    def seal(self, key: SigningKey | None = None) -> Sealed:
        with writing(self.root, AUTHOR) as writer:
            return seal(writer, key or self.key, AUTHOR)

    def verify(self, pinned: Pinned | None = None, against: Head | None = None) -> Verification:
        return verify(FolderContents(self.root), pinned=pinned, against=against)

    def copy(self, root: Path) -> Desk:
        shutil.copytree(self.root, root, symlinks=True)
        return Desk(root, self.key)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return signing_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def other_key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return signing_key(tmp_path_factory.mktemp("other"))


@pytest.fixture
def desk(tmp_path: Path, key: SigningKey) -> Desk:
    return Desk(tmp_path / "case", key)


@pytest.fixture(scope="session")
def _sealed(tmp_path_factory: pytest.TempPathFactory, key: SigningKey) -> Desk:
    made = Desk(tmp_path_factory.mktemp("made") / "case", key)
    made.receive(FIRST)
    made.receive(SECOND, "png")
    made.report()
    made.seal()
    return made


@pytest.fixture(scope="session")
def case_bytes(_sealed: Desk) -> dict[str, bytes]:
    """The files of the sealed case, in memory."""
    return in_memory(_sealed.root)


@pytest.fixture
def sealed(_sealed: Desk, tmp_path: Path) -> Desk:
    """A copy, to be spoiled, of a case with two originals, a report and a seal."""
    return _sealed.copy(tmp_path / "sealed case Ж")
