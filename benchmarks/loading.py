"""What a check loads before it looks at the picture:

    python -m benchmarks.loading [PICTURE [OPTION ...]]

Runs `check` with these words once (without any: a picture of the samples against their reference set), notes the
modules that it has loaded by its end, and loads the same in processes of their own, nine times: processor time, and
where valgrind is installed the instructions, which a busy machine does not change.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.asked import arguments

ROOT = Path(__file__).resolve().parents[1]
TURNS = 9
SAMPLE = ("samples/railcar_mirrored.jpg", "--reference", "samples/reference")
LISTING = """
import runpy, sys
listed, sys.argv = sys.argv[1], ["cli.py", *sys.argv[2:]]
before = set(sys.modules)
try:
    runpy.run_path("cli.py", run_name="__main__")
except SystemExit:
    pass
open(listed, "w").write(" ".join(name for name in sys.modules if name not in before and "__" not in name))
"""
LOADING = """
import importlib, sys, time
began = time.process_time()
for name in open(sys.argv[1]).read().split():
    try:
        importlib.import_module(name)
    except ImportError:  # a name of a module that another one made
        pass
print(time.process_time() - began)
"""


def listed(words: list[str], folder: Path) -> Path:
    """The modules of a check, in the order in which it loaded them."""
    names = folder / "modules"
    command = [sys.executable, "-c", LISTING, str(names), "check", *words, "--out", str(folder / "report")]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return names


def loading_s(names: Path) -> float:
    """Processor seconds of loading them in a new process."""
    command = [sys.executable, "-c", LOADING, str(names)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def instructions(command: list[str]) -> int:
    """Those of a process, as cachegrind counts them."""
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    told = subprocess.run([*counting, *command], check=True, capture_output=True, text=True, cwd=ROOT).stderr
    counted = re.search(r"I +refs: +([\d,]+)", told)
    assert counted is not None, told
    return int(counted[1].replace(",", ""))


def main(words: list[str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        os.environ |= {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
        os.environ |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONHASHSEED": "0"}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        names = listed(words or list(SAMPLE), folder)
        loaded = names.read_text().split()
        own = [name for name in loaded if name.partition(".")[0] == "provenance"]
        print(f"modules: {len(loaded)}, {len(own)} of them the program's own")
        loading_s(names)
        times = [loading_s(names) for _ in range(TURNS)]
        print(f"loading them: {min(times):.3f} s of CPU at the least, {statistics.median(times):.3f} s in the middle")
        if shutil.which("valgrind"):
            bare = instructions([sys.executable, "-c", ""])
            more = instructions([sys.executable, "-c", LOADING, str(names)]) - bare
            print(f"instructions: {more / 1e9:.2f} thousand millions more than a bare interpreter")


if __name__ == "__main__":
    main(arguments(__doc__, 0, None))
