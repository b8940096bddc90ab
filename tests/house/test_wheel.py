"""The wheel, in an empty environment, runs the sample: all data files are inside, no foreign name is shadowed."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True, text=True
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_brings_one_top_level_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"provenance"}


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    kept = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "provenance").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert kept <= set(archive.namelist())


def test_the_sample_runs_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PROVENANCE"))}
    clean |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    # The pip that is here already fills it; what the sample does not import is not compiled.
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment, "install", "--quiet", "--no-compile", wheel],
        check=True, capture_output=True, env=clean,
    )  # fmt: skip
    ended = subprocess.run(
        [environment / "bin" / "provenance", "check", ROOT / "samples" / "railcar_mirrored.jpg", "--reference",
         ROOT / "samples" / "reference", "--out", tmp_path / "report", "--json"],
        capture_output=True, text=True, check=False, cwd=tmp_path, env=clean,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report["findings"][0]["verdict"] == "copy"
    assert (tmp_path / "report" / "report.html").stat().st_size > 10_000
