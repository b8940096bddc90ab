"""Memory of one picture is kept for the next in the program's own processes, and in nobody else's."""

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.cli.main import main
from provenance.model.limits import Limits
from provenance.model.record import Entry
from provenance.sets import keeping_memory
from provenance.sets.making import Makers

ROOT = Path(__file__).resolve().parents[2]
TOLD = ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES")
PLAIN = {name: value for name, value in os.environ.items() if name not in TOLD}
FAULTS = """
import resource, sys
import numpy as np
from provenance.sets.keeping_memory import keep_freed_memory
kept = sys.argv[1] == "keep" and keep_freed_memory()
def filled():
    held = [np.ones(2**21, np.uint8) for _ in range(16)]
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
filled()
before = faults()
for _ in range(8):
    filled()
small = faults() - before
held = [np.ones(2**24, np.uint8) for _ in range(16)]
del held
pages = int(open("/proc/self/statm").read().split()[1])
print(kept, small, pages * resource.getpagesize() // 2**20)
"""

glibc = pytest.mark.skipif(not keeping_memory._is_glibc(), reason="the C library is not glibc")


def faults(word: str, **more: str) -> tuple[bool, int, int]:
    """Whether memory is kept; minor page faults of 8 times 16 arrays of 2 MiB; MiB resident after 16 of 16 MiB."""
    command, environment = [sys.executable, "-c", FAULTS, word], {**PLAIN, "PYTHONPATH": str(ROOT), **more}
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    kept, small, resident = ended.stdout.split()
    return kept == "True", int(small), int(resident)


def picture(seed: int) -> bytes:
    out, chance = io.BytesIO(), np.random.default_rng(seed)
    Pillow.fromarray(chance.integers(0, 256, (32, 48, 3), np.uint8)).resize((480, 320)).save(out, "JPEG")
    return out.getvalue()


@glibc
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads resident memory in /proc")
def test_arrays_as_a_picture_makes_them_are_laid_where_those_before_lay_and_large_ones_go_back() -> None:
    kept, small, resident = faults("keep")
    assert kept and small < 1_000
    assert resident < 160  # 64 and an interpreter with NumPy, where the arrays had 256


@glibc
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads resident memory in /proc")
@pytest.mark.parametrize("told", [{TOLD[0]: "131072"}, {TOLD[1]: "131072"}, {TOLD[2]: "glibc.malloc.trim_threshold=0"}])
def test_what_the_user_told_the_c_library_stays(told: dict[str, str]) -> None:
    assert not faults("keep", **told)[0]


@pytest.mark.parametrize("error", [AttributeError, ValueError, OSError])
def test_nothing_is_asked_of_another_c_library(monkeypatch, error: type[Exception]) -> None:
    def confstr(name: str) -> str:
        raise error(name)

    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "confstr", confstr, raising=False)
    assert not keeping_memory.keep_freed_memory()


@glibc
def test_a_python_without_foreign_functions_adds_all_the_same(monkeypatch) -> None:
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "ctypes", None)
    assert not keeping_memory.keep_freed_memory()


@glibc
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts page faults in /proc")
def test_a_process_of_add_takes_no_new_memory_for_a_picture_like_the_last(monkeypatch) -> None:
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)

    def taken() -> int:
        stat = Path(f"/proc/{makers._workers[0].process.pid}/stat").read_text()
        return int(stat.rpartition(")")[2].split()[7])  # minflt, proc(5)

    counts = []
    with Makers(1, Limits()) as makers:
        for seed in range(6):
            makers.give(seed, picture(seed), "a.jpg", "/a.jpg")
            ((_, found),) = makers.made(all_of_them=True)
            assert isinstance(found, Entry)
            counts.append(taken())
    # It is 14,000 a picture where each is given back.
    assert (counts[-1] - counts[1]) / 4 < 3_000


def test_a_program_of_its_own_keeps_memory_where_it_fills_a_set_and_a_caller_decides_for_their_own_process(
    tmp_path, monkeypatch, capsys
) -> None:
    asked = []
    monkeypatch.setattr(keeping_memory, "keep_freed_memory", lambda: asked.append(True))
    monkeypatch.setenv("PROVENANCE_EARLIER", "off")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    (tmp_path / "a.jpg").write_bytes(picture(1))
    words = ["add", str(tmp_path / "a.jpg"), "--set", str(tmp_path / "set.sqlite"), "--jobs", "1"]
    main(words)
    assert not asked
    monkeypatch.setattr(sys, "argv", ["provenance", *words])
    assert main() == 0 and asked
    asked.clear()
    monkeypatch.setattr(sys, "argv", ["provenance", "place", "Kursk"])
    main()
    assert not asked
