"""The photographs of a benchmark: a folder with manifest.csv (file, role, group, origin_repository, perhaps source)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Photo:
    """A row of the manifest. Roles: originals, references, strangers, same_scene, frames."""

    path: Path
    role: str
    group: str
    origin: str
    source: str = ""
    """The picture that this one is a tile of; tiles of one picture are one piece of evidence."""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def root(self) -> str:
        """What counts as one independent original."""
        return f"{self.origin} {self.source}" if self.source else self.name

    def picture(self) -> Image.Image:
        with Image.open(self.path) as opened:
            return opened.convert("RGB")


def photos(folder: Path) -> list[Photo]:
    with (folder / "manifest.csv").open(encoding="utf-8") as rows:
        return [
            Photo(folder / row["file"], row["role"], row["group"], row["origin_repository"], row.get("source") or "")
            for row in csv.DictReader(rows)
        ]


def gathered(folders: Sequence[Path]) -> dict[str, list[Photo]]:
    """The photographs of several folders by role, each file once, and no stranger that is a tile of an indexed one."""
    seen: set[Path] = set()
    names: set[str] = set()
    roles: dict[str, list[Photo]] = {"originals": [], "references": [], "strangers": [], "same_scene": [], "frames": []}
    for one in (one for folder in folders for one in photos(folder)):
        file = one.path.resolve()
        if file not in seen and one.name not in names:
            seen.add(file)
            names.add(one.name)
            roles[one.role].append(one)
    indexed = {(one.origin, one.source) for one in (*roles["originals"], *roles["references"]) if one.source}
    roles["strangers"] = [one for one in roles["strangers"] if (one.origin, one.source) not in indexed]
    return roles


def seeded(text: str) -> np.random.Generator:
    return np.random.default_rng(crc32(text.encode()))
