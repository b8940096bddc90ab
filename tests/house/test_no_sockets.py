"""What looks at a file opens no internet socket, as the kernel saw it."""

import shutil
import sys
from pathlib import Path

import pytest

import provenance
from benchmarks.credentials.sockets import internet_calls

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(
    "words",
    [
        ["check", str(SAMPLES / "railcar_post.png"), "--reference", str(SAMPLES / "reference"), "--claims",
         str(SAMPLES / "railcar_post.claims.yaml"), "--out", "OUT"],
        ["check", str(SAMPLES / "stranger.jpg"), "--claim", "New", "--url", "https://example.org/post", "--picture-url",
         "https://example.org/a.jpg", "--out", "OUT"],
        ["check", str(SAMPLES / "stranger.jpg"), "--offline", "--only", "sources", "--out", "OUT"],
        ["inspect", str(SAMPLES / "stranger.jpg")],
        ["doctor"],
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_no_internet_socket_is_opened(words, tmp_path, monkeypatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    words = [str(tmp_path / "report") if word == "OUT" else word for word in words]
    opened, told = internet_calls([sys.executable, str(ROOT / "cli.py"), *words])
    assert opened == [] and told


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_manifest_is_signed_without_one(tmp_path, monkeypatch) -> None:
    pytest.importorskip("c2pa", reason="no c2pa-python to sign with")
    monkeypatch.setenv("PROVENANCE_KEYS", str(tmp_path / "keys"))
    picture, report, copy = SAMPLES / "stranger.jpg", tmp_path / "report.json", tmp_path / "copy.jpg"
    report.write_text(provenance.render_json(provenance.inspect(picture)), encoding="utf-8")
    words = ["render", str(report), "--to", "c2pa", "--picture", str(picture), "--out", str(copy)]
    opened, told = internet_calls([sys.executable, str(ROOT / "cli.py"), *words])
    assert opened == [] and copy.exists(), told


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_count_sees_a_socket() -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    assert len(internet_calls([sys.executable, "-c", code])[0]) == 1
