"""The photographs of a benchmark: a folder with manifest.csv (file, role, group, origin_repository)."""

from __future__ import annotations

import csv
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

    @property
    def name(self) -> str:
        return self.path.name

    def picture(self) -> Image.Image:
        with Image.open(self.path) as opened:
            return opened.convert("RGB")


def photos(folder: Path) -> list[Photo]:
    with (folder / "manifest.csv").open(encoding="utf-8") as rows:
        return [
            Photo(folder / row["file"], row["role"], row["group"], row["origin_repository"])
            for row in csv.DictReader(rows)
        ]


def seeded(text: str) -> np.random.Generator:
    return np.random.default_rng(crc32(text.encode()))
