"""Pictures from 17 public repositories: each loads or is refused with a reason, and its size is ExifTool's."""

from __future__ import annotations

import json

import pytest

from provenance.errors import InputError
from provenance.image.containers.structure import structure
from provenance.image.load import load
from provenance.image.previews import STEP
from provenance.model.limits import Limits

# Not agreed with, or not walked: a HEIF whose tables are overwritten (its size stands in bytes that no table leads to).
EXCEPTED = {"IllegalArgumentException.HeifReader.processBoxes.heif"}
EVERY = 5


def files(corpus):
    return [path for path in sorted((corpus / "files").rglob("*")) if path.is_file()]


def test_width_and_height_are_those_of_the_oracle(corpus):
    oracle = json.loads((corpus / "oracle.json").read_text())
    compared, differing = 0, []
    for path in files(corpus):
        told = oracle.get(str(path.relative_to(corpus)), {}).get("file.size")
        walked = structure(path.read_bytes(), Limits())
        if told is None or not walked.media_type or path.name in EXCEPTED:
            continue
        compared += 1
        if told != f"{walked.width_px} {walked.height_px}":
            differing.append((path.name, told, walked.width_px, walked.height_px))
    assert compared > 400
    assert differing == []


def load_each(paths, decoder) -> int:
    """Load files; the number that gave pixels. A decoded picture has the walker's size, turned or not."""
    decoded = 0
    for path in paths:
        try:
            image = load(path, decoder, Limits())
        except InputError as error:
            assert error.remedy
            continue
        if image.refusal is not None:
            assert image.refusal.reason, path
            assert image.refusal.remedy, path
            continue
        decoded += 1
        copy, walked = image.working_copy, image.structure
        sizes = {(walked.width_px, walked.height_px), (walked.height_px, walked.width_px)}
        reduced = any(step.startswith(("reduced preview", STEP)) for step in copy.steps)
        assert (copy.width_px, copy.height_px) in sizes or reduced, path
    return decoded


def test_every_fifth_file_loads_or_is_refused(corpus, decoder):
    paths = [path for path in files(corpus)[::EVERY] if path.stat().st_size < 3_000_000]
    assert load_each(paths, decoder) > len(paths) * 0.85


@pytest.mark.slow
def test_every_file_loads_or_is_refused(corpus, decoder):
    assert load_each(files(corpus), decoder) > 440
