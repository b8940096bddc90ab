"""A desk for the command line tests: samples, folders of its own for data and cache, and a way to run a verb."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from provenance.cli.main import main
from provenance.custody.keys import signing_key

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signing key, so that no test is told that one was made, unless it asks for another folder."""
    folder = tmp_path_factory.mktemp("keys")
    signing_key(folder)
    return folder


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, used_cache: Path, methods_once: None, signing_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """No test reads or writes the user's own data, cache or working folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg_data_home"))
    monkeypatch.delenv("PROVENANCE_REFERENCE", raising=False)
    monkeypatch.delenv("PROVENANCE_PASSPHRASE", raising=False)
    monkeypatch.setenv("PROVENANCE_KEYS", str(signing_keys))
    monkeypatch.setenv("NO_COLOR", "1")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | os.PathLike[str]) -> Ended:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        streams = capsys.readouterr()
        return Ended(code, streams.out, streams.err)

    return call
