from __future__ import annotations

import os

import pytest

from provenance.errors import InputError
from provenance.image.find import pictures


@pytest.fixture
def folder(tmp_path, saved, scene):
    inside = tmp_path / "inside"
    (inside / "deep" / "er").mkdir(parents=True)
    (inside / "b.txt").write_bytes(saved(scene, "PNG"))
    (inside / "a.jpg").write_bytes(saved(scene, "JPEG"))
    (inside / "deep" / "er" / "c").write_bytes(saved(scene, "WEBP"))
    (inside / "letter.jpg").write_text("Dear editor,")
    (inside / "empty.jpg").touch()
    os.mkfifo(inside / "pipe.jpg")
    (tmp_path / "outside.png").write_bytes(saved(scene, "PNG"))
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    (inside / "up").symlink_to(tmp_path)
    return inside


def test_a_folder_gives_its_pictures_by_content_in_order_without_following_links(folder):
    assert pictures(folder) == [folder / "a.jpg", folder / "b.txt", folder / "deep" / "er" / "c"]


def test_a_file_is_itself_whatever_it_holds(folder):
    assert pictures(folder / "letter.jpg") == [folder / "letter.jpg"]


def test_nothing_there_and_nothing_in_there_are_told(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        pictures(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no picture in this folder") as caught:
        pictures(tmp_path)
    assert caught.value.remedy
