from __future__ import annotations

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

import pytest

from provenance.errors import InputError
from provenance.image.load import inspect, load, load_bytes
from provenance.model.limits import Limits


def refused(path: Path, **limits) -> InputError:
    with pytest.raises(InputError) as caught:
        inspect(path, Limits(**limits))
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_picture_is_read_digested_walked_and_decoded(tmp_path, decoder, saved, scene):
    data = saved(scene, "PNG")
    path = tmp_path / "scene.jpg"
    path.write_bytes(data)
    image = load(path, decoder, Limits())
    assert (image.original.name, image.original.path) == ("scene.jpg", str(path))
    assert (image.original.sha256, image.original.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert image.original.media_type == image.structure.media_type == "image/png"
    assert image.data == data
    assert image.refusal is None
    assert (image.working_copy.width_px, image.working_copy.height_px, image.working_copy.steps) == (64, 48, ())
    assert image.working_copy.pixels.tobytes() == scene.tobytes()


def test_the_pixels_cannot_be_written_to(decoder, saved, scene):
    copy = load_bytes(saved(scene, "PNG"), "x", decoder, Limits()).working_copy
    assert copy.pixels.dtype.name == "uint8"
    with pytest.raises(ValueError, match="read-only"):
        copy.pixels[0, 0, 0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        copy.pixels.flags.writeable = True


def test_inspect_does_not_decode(tmp_path, saved, scene):
    path = tmp_path / "scene.png"
    path.write_bytes(saved(scene, "PNG"))
    image = inspect(path, Limits())
    assert image.working_copy is None
    assert "not decoded" in image.refusal.reason
    assert image.structure.width_px == 64


def test_a_missing_file_is_told(tmp_path):
    assert str(refused(tmp_path / "nowhere.jpg")).endswith("nowhere.jpg: no such file")


def test_an_empty_file_is_told(tmp_path):
    (tmp_path / "empty.jpg").touch()
    assert str(refused(tmp_path / "empty.jpg")).endswith("the file is empty")


def test_text_named_jpg_is_no_picture(tmp_path):
    (tmp_path / "letter.jpg").write_text("Dear editor,\n")
    assert str(refused(tmp_path / "letter.jpg")).endswith("not a picture by its content")


@pytest.mark.parametrize(
    ("start", "what", "remedy"),
    [
        (b"%PDF-1.7\n", "a PDF", "pdfimages"),
        (b"PK\x03\x04" + bytes(40), "a ZIP archive", "unpack it"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "a video or a sound (MP4, MOV)", "save the frame"),
        (b"\x1aE\xdf\xa3" + bytes(40), "a video (Matroska, WebM)", "save the frame"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "a web page", "save the picture itself"),
        (
            b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>",
            "a web page",
            "save the picture itself",
        ),
        (b"<?xml version='1.0'?>\n<!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>", "a drawing in SVG", "as PNG"),
        (b"SQLite format 3\x00" + bytes(80), "a database", "--reference"),
    ],
)
def test_what_is_no_picture_is_named_where_its_first_bytes_tell(tmp_path, start, what, remedy):
    (tmp_path / "sent.jpg").write_bytes(start)
    error = refused(tmp_path / "sent.jpg")
    assert f"not a picture by its content, but {what}" in str(error)
    assert remedy in error.remedy


def test_a_file_over_the_limit_is_refused_without_reading_it_all(tmp_path):
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as stream:
        stream.write(b"\xff\xd8\xff")
        stream.truncate(2**40)
    assert "too large" in str(refused(path))
    assert "too large (1,099,511,627,776 bytes" in str(refused(path, file_bytes=100))


def test_a_file_that_does_not_tell_its_size_is_still_bounded():
    assert "too large" in str(refused(Path("/proc/kallsyms"), file_bytes=100))


def test_folders_pipes_sockets_and_devices_are_refused_at_once(tmp_path):
    assert "a folder" in str(refused(tmp_path))
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "a named pipe" in str(refused(tmp_path / "pipe.jpg"))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        assert "a socket" in str(refused(tmp_path / "socket"))
    assert "a device" in str(refused(Path("/dev/zero")))


def test_names_that_cannot_be_are_told(tmp_path):
    assert "cannot be read" in str(refused(tmp_path / ("x" * 300)))
    assert "cannot be read" in str(refused(Path("nul\x00byte")))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "cannot be read" in str(refused(tmp_path / "loop"))


def test_a_hostile_name_is_shown_harmless(tmp_path):
    assert "\x1b" not in str(refused(tmp_path / "a\x1b[31m\u202egpj.exe"))


def test_no_permission_is_told(saved, scene):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "private.png")
        path.write_bytes(saved(scene, "PNG"))
        path.chmod(0)
        as_root = os.geteuid() == 0
        try:
            if as_root:
                os.seteuid(65534)
            error = refused(path)
        finally:
            if as_root:
                os.seteuid(0)
            path.chmod(stat.S_IRUSR)
    assert str(error).endswith("private.png: no permission to read it")
    assert "permission" in error.remedy


def test_more_pixels_than_the_limit_are_refused_with_their_size(decoder, saved, scene):
    image = load_bytes(saved(scene, "PNG"), "x", decoder, Limits(pixels_px=1000))
    assert image.refusal.reason == "64 x 48 pixels are more than the limit of 1,000 pixels"
    assert image.refusal.remedy
    assert image.structure.blocks
