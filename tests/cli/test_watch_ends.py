"""A watch that was given a time ends then, and looks once more before it does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


def test_what_settled_while_it_slept_is_looked_at_before_the_end(
    run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(samples / "stranger.jpg", tmp_path / "in")
    looked_at: list[str] = []
    monkeypatch.setattr("provenance.cli.watch._check", lambda picture, *_: looked_at.append(picture.name) or True)
    slept_s: list[float] = []
    monkeypatch.setattr("provenance.cli.watch.time.sleep", slept_s.append)
    every = ("--every", "3600", "--settle", "0.000001", "--for", "0.000001")
    assert run("watch", tmp_path / "in", "--all", *every, "--out", tmp_path / "out").code == 0
    assert looked_at == ["stranger.jpg"] and max(slept_s) < 1
