"""The decoding process: what it refuses, how it is stopped, and that the next picture is decoded all the same."""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image as Pillow

from provenance.image.decoding.decoder import Decoder
from provenance.model.image import Refusal, WorkingCopy
from provenance.model.limits import Limits
from tests.image.parts import chunk
from tests.machine import spent_s

ROOT = Path(__file__).resolve().parents[2]


def png_header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


@pytest.fixture(scope="module")
def slow(saved) -> bytes:
    """A progressive JPEG that repeats its last scan 400 times: 200 kB that take half a minute to decode."""
    data = saved(Pillow.new("L", (5000, 5000)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 400 + b"\xff\xd9"


@pytest.fixture(scope="module")
def small(saved, scene) -> bytes:
    return saved(scene, "JPEG")


def goes_on(decoder: Decoder, small: bytes) -> bool:
    return isinstance(decoder.decode(small, "image/jpeg", Limits()), WorkingCopy)


def test_a_header_that_announces_a_giant_is_refused_before_decoding(decoder, small):
    data = png_header(200_000, 200_000) + chunk(b"IDAT", zlib.compress(b"\x00" * 999)) + chunk(b"IEND", b"")
    refusal = decoder.decode(data, "image/png", Limits())
    assert "more than the limit of 100,000,000 pixels" in refusal.reason
    assert refusal.remedy
    assert goes_on(decoder, small)


def test_a_small_file_with_many_pixels_is_refused_over_a_smaller_limit(decoder, saved):
    data = saved(Pillow.new("1", (20_000, 20_000)), "PNG", compress_level=1)
    assert len(data) < 500_000
    refusal = decoder.decode(data, "image/png", Limits())
    assert "more than the limit" in refusal.reason


def test_a_decode_past_its_wall_time_is_stopped_and_the_next_picture_works(slow, small):
    with Decoder() as decoder:
        start = time.monotonic()
        refusal = decoder.decode(slow, "image/jpeg", Limits(decode_wall_s=0.2))
        assert refusal.reason == "decoding was stopped after 0.2 s of wall time"
        assert refusal.remedy
        assert goes_on(decoder, small)
        assert time.monotonic() - start < 10


def test_a_shorter_time_may_be_asked_for(decoder, slow, small):
    refusal = decoder.decode(slow, "image/jpeg", Limits(), timeout_s=0.1)
    assert "0.1 s of wall time" in refusal.reason
    assert goes_on(decoder, small)


def test_a_decode_past_its_processor_time_is_stopped(slow, small):
    with Decoder() as decoder:
        refusal = decoder.decode(slow, "image/jpeg", Limits(decode_cpu_s=1))
        assert refusal.reason == "decoding was stopped after 1 s of processor time"
        assert goes_on(decoder, small)


def test_processor_time_of_earlier_pictures_does_not_count(saved):
    data = saved(Pillow.effect_noise((2500, 2500), 50), "PNG", compress_level=1)
    with Decoder() as decoder:
        limits = Limits(decode_cpu_s=1)
        assert all(isinstance(decoder.decode(data, "image/png", limits), WorkingCopy) for _ in range(30))


def test_a_decode_past_its_memory_is_refused(saved, small):
    data = saved(Pillow.new("RGB", (7200, 7200)), "PNG", compress_level=1)
    with Decoder() as decoder:
        refusal = decoder.decode(data, "image/png", Limits(decode_memory_bytes=200 * 2**20))
        assert refusal.reason == "decoding needs more than 200 MiB of memory"
        assert goes_on(decoder, small)
        assert isinstance(decoder.decode(data, "image/png", Limits()), WorkingCopy)


def test_more_frames_than_the_limit_are_refused(decoder, saved, scene):
    frames = [scene.rotate(angle) for angle in range(10, 60, 10)]
    data = saved(scene, "WEBP", save_all=True, append_images=frames)
    assert decoder.decode(data, "image/webp", Limits(frames=3)).reason == "6 frames are more than the limit of 3"


def test_a_killed_child_is_told_and_replaced(slow, small):
    with Decoder() as decoder:
        assert goes_on(decoder, small)
        Thread(target=_killed_at_work, args=(decoder._child._process.pid,)).start()
        refusal = decoder.decode(slow, "image/jpeg", Limits())
        assert "the decoding process ended on this file (SIGKILL)" in refusal.reason
        assert goes_on(decoder, small)


def _killed_at_work(process: int) -> None:
    """Once it has spent processor time on what it was asked, however late that was."""
    idle_s = spent_s(process)
    while spent_s(process) < idle_s + 0.1:
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)


def test_a_child_that_ended_between_two_pictures_is_held_against_none(small):
    with Decoder() as decoder:
        assert goes_on(decoder, small)
        decoder._child._process.kill()
        decoder._child._process.wait()
        assert goes_on(decoder, small)


def test_a_child_that_cannot_start_is_told(small, monkeypatch):
    with Decoder() as decoder:
        decoder.close()
        monkeypatch.setattr(sys, "path", [entry for entry in sys.path if "site-packages" not in entry])
        refusal = decoder.decode(small, "image/jpeg", Limits())
        assert refusal.reason == "the decoding process cannot be used: No module named 'PIL'"
        assert "pip install" in refusal.remedy
        monkeypatch.undo()
        assert goes_on(decoder, small)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_half_a_file_is_refused_as_cut_short(kind, loaded, saved):
    data = saved(Pillow.effect_noise((300, 300), 80).convert("RGB"), kind)
    image = loaded(data[: len(data) // 2])
    assert image.refusal == Refusal(reason="the file is cut short", remedy="ask the sender for the file again")


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("missing", [2, 12])
def test_a_jpeg_that_lacks_only_its_end_marker_is_decoded(options, missing, decoder, saved):
    data = saved(Pillow.effect_noise((300, 300), 80).convert("RGB"), "JPEG", **options)
    decoded = decoder.decode(data[:-missing], "image/jpeg", Limits())
    if missing == 2:
        assert decoded.pixels.tobytes() == decoder.decode(data, "image/jpeg", Limits()).pixels.tobytes()
    else:
        assert decoded.reason == "the file is cut short"


def test_a_png_that_lacks_only_its_end_is_decoded(decoder, saved, scene):
    data = saved(scene, "PNG")
    assert decoder.decode(data[:-12], "image/png", Limits()).pixels.tobytes() == scene.tobytes()


def test_a_png_with_a_bomb_beside_the_pixels_keeps_its_pixels(decoder, saved, scene):
    data = saved(scene, "PNG")
    bomb = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(80_000_000)))
    copy = decoder.decode(data[:33] + bomb + data[33:], "image/png", Limits())
    assert copy.pixels.tobytes() == scene.tobytes()
    assert copy.steps == ("read without text and colour profile: a part beside the pixels is broken",)


def test_what_is_recognised_but_not_decoded_is_told(loaded, saved, scene):
    refusal = loaded(saved(scene, "JPEG2000")).refusal
    assert refusal.reason == "JPEG 2000 is not decoded here"
    assert "PNG" in refusal.remedy


def test_content_of_another_format_is_never_tried(decoder, saved, scene):
    assert isinstance(decoder.decode(saved(scene, "GIF"), "image/png", Limits()), Refusal)


def test_several_threads_share_one_process(decoder, saved):
    colours = [(n, 255 - n, 7) for n in range(0, 250, 10)]
    files = [saved(Pillow.new("RGB", (90, 60), colour), "PNG") for colour in colours]
    with ThreadPoolExecutor(8) as pool:
        copies = list(pool.map(lambda data: decoder.decode(data, "image/png", Limits()), files))
    assert [tuple(copy.pixels[0, 0]) for copy in copies] == colours


def test_no_descriptor_is_left_behind(decoder, small, slow):
    goes_on(decoder, small)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        decoder.decode(small, "image/jpeg", Limits())
        decoder.decode(b"\xff\xd8\xff", "image/jpeg", Limits())
    decoder.decode(slow, "image/jpeg", Limits(decode_wall_s=0.05))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_pixels_outlive_the_decoder(small):
    with Decoder() as decoder:
        copy = decoder.decode(small, "image/jpeg", Limits())
    assert copy.pixels.sum() > 0


def test_a_closed_decoder_starts_again_when_asked(small):
    decoder = Decoder()
    decoder.close()
    decoder.close()
    assert goes_on(decoder, small)
    decoder.close()


def run(code: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def test_starting_does_not_wait_and_the_parent_imports_no_pillow_and_no_numpy():
    code = """
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits
decoder = Decoder()
ready = decoder._child._ready
print("PIL" in sys.modules, "numpy" in sys.modules)
decoder.decode(b"no picture", "image/png", Limits())  # the first answer waits for the child to start
print(ready, decoder._child._ready)
"""
    assert run(code).stdout.split() == ["False", "False", "False", "True"]


def test_the_child_imports_no_numpy(decoder, small):
    assert goes_on(decoder, small)
    maps = Path(f"/proc/{decoder._child._process.pid}/maps").read_text()
    assert "PIL" in maps
    assert "numpy" not in maps


def test_the_child_does_not_outlive_a_parent_that_is_killed():
    code = """
import os, signal
from provenance.image.decoding.decoder import Decoder
decoder = Decoder()
decoder._child.wait_until_ready()
print(decoder._child._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    child = int(run(code).stdout)
    deadline = time.monotonic() + 60
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(child)


def _alive(process: int) -> bool:
    try:
        state = re.search(r"^State:\s+(\S)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return False
    return state is not None and state[1] != "Z"


def test_nothing_reaches_standard_error(tmp_path, saved, scene):
    (tmp_path / "broken.tif").write_bytes(saved(scene, "TIFF", compression="tiff_lzw")[:-60])
    code = f"""
from pathlib import Path
from threading import Timer
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.model.limits import Limits
with Decoder() as decoder:
    load(Path({str(tmp_path / "broken.tif")!r}), decoder, Limits())
"""
    done = run(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_child_finds_pillow_where_the_parent_does(tmp_path, small):
    """From another folder, with an environment that would lead Python astray."""
    (tmp_path / "PIL").mkdir()
    (tmp_path / "PIL" / "__init__.py").write_text("raise SystemExit('the wrong Pillow')")
    (tmp_path / "small.jpg").write_bytes(small)
    code = """
from pathlib import Path
from threading import Timer
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.model.limits import Limits
with Decoder() as decoder:
    print(load(Path("small.jpg"), decoder, Limits()).working_copy.width_px)
"""
    assert run(code, cwd=tmp_path).stdout.strip() == "64"


WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
from provenance.errors import OutputError
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits

with Decoder() as decoder:  # which leaves nothing for the interpreter to compile and write
    assert decoder.decode(Path(sys.argv[2]).read_bytes(), "image/png", Limits()).pixels.size
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
with Decoder() as decoder:
    try:
        print(decoder.decode(Path(sys.argv[2]).read_bytes(), "image/png", Limits()))
    except OutputError as error:
        print("no room:", error.remedy)
"""


@pytest.mark.parametrize("room_bytes", [10, 10_000, 250_000])
def test_a_machine_without_room_for_pixels_says_nothing_of_the_picture(tmp_path: Path, room_bytes: int) -> None:
    Pillow.new("RGB", (300, 300), "red").save(tmp_path / "red.png")  # 270,000 bytes of pixels
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_ROOM, str(room_bytes), str(tmp_path / "red.png")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ended.stdout.startswith("no room: ") and "ulimit -f" in ended.stdout
