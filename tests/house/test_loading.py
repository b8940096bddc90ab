"""What a check does not need is not loaded before somebody needs it (docs/adr/0112-what-a-check-does-not-load.md)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "samples" / "railcar_mirrored.jpg"
# Each with what asks for it; the picture is a JPEG without EXIF and no screenshot, and nothing is claimed of it.
NOT_NEEDED = {
    "exifread": "an EXIF block",
    "yaml": "a claims file",
    "tqdm": "a terminal",
    "requests": "an address that may be asked",
    "psycopg": "a set on a server",
    "tarfile": "a tar file of references",
    "provenance.metadata.exif.reader": "an EXIF block",
    "provenance.metadata.exif.maker_note": "an EXIF block",
    "provenance.placetime.screen.lines": "a screenshot",
    "provenance.placetime.phrases": "a length in a text",
}
CHECK = """
import sys, provenance
provenance.check(sys.argv[1], references=[])
print(*sys.modules)
"""
# Compiling the words of a dozen languages takes as long as loading ten modules.
LONGEST_PATTERN = 1_000
PATTERNS = """
import importlib, pkgutil, re, sys, re._compiler as compiler
compiled, plain, own = [], compiler.compile, re.__file__.rpartition("/")[0]
def noting(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(own):
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("provenance.") and isinstance(pattern, str):
        compiled.append(pattern)
    return plain(pattern, flags)
compiler.compile = noting
import provenance
for module in pkgutil.walk_packages(provenance.__path__, "provenance."):
    if not module.name.endswith(("_child", "__main__")):
        try:
            importlib.import_module(module.name)
        except ImportError:
            pass
print(len(compiled), max(map(len, compiled)))
"""


def _told(program: str, *words: str) -> str:
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def test_a_check_loads_nothing_that_this_picture_does_not_ask_for() -> None:
    loaded = set(_told(CHECK, str(PICTURE)).split())
    assert "provenance.findings.weigh" in loaded
    assert {name: asks for name, asks in NOT_NEEDED.items() if name in loaded} == {}


def test_no_long_pattern_is_compiled_before_a_text_asks_for_it() -> None:
    seen, longest = map(int, _told(PATTERNS).split())
    assert seen > 100 and longest <= LONGEST_PATTERN
