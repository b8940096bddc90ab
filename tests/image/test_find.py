from __future__ import annotations

import os

import pytest

from provenance.errors import InputError
from provenance.image.find import look, pictures


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


def test_what_is_meant_to_be_a_picture_and_is_none_is_told_with_reason_and_remedy(folder):
    (folder / "notes.txt").write_text("left alone")
    (folder / "records.csv").write_text("file\n")
    (folder / "nowhere.JPG").symlink_to(folder / "gone.jpg")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "inside.jpg").symlink_to(folder / "a.jpg")
    (folder / "again").symlink_to(folder / "deep")
    (folder / "letter").symlink_to(folder.parent / "outside.png")
    found = look(folder)
    assert list(found.pictures) == pictures(folder)
    told = {item.path.name: item.reason for item in found.passed_over}
    assert told == {
        "empty.jpg": "the file is empty",
        "letter.jpg": "not a picture by its content",
        "link.png": "a link that leads out of the folder, which is not followed",
        "loop.png": "a link that leads nowhere",
        "nowhere.JPG": "a link that leads nowhere",
        "pipe.jpg": "no regular file",
        "up": "a link that leads out of the folder, which is not followed",
    }
    assert [item.path for item in found.passed_over] == sorted(item.path for item in found.passed_over)
    assert all(item.remedy for item in found.passed_over)
    assert [item.path.name for item in found.passed_over if item.is_folder] == ["up"]


def test_what_may_not_be_read_is_told_file_and_folder_alike(folder):
    if os.geteuid() != 0:
        pytest.skip("only root can become a user who may not read")
    for closed in (folder / "a.jpg", folder / "deep"):
        closed.chmod(0)
    above = [place for place in folder.parents if place.stat().st_uid == 0 and place.stat().st_mode & 0o777 == 0o700]
    for place in above:
        place.chmod(0o755)
    child = os.fork()
    if child == 0:
        os.setuid(65534)
        try:
            found = look(folder)
            told = {item.path.name: (item.reason, item.is_folder) for item in found.passed_over}
            assert [path.name for path in found.pictures] == ["b.txt"]
            assert told["a.jpg"] == ("no permission to read it", False)
            assert told["deep"] == ("no permission to read it", True)
            os._exit(0)
        except BaseException:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for place in above:
        place.chmod(0o700)
    assert status == 0


def test_a_folder_of_which_all_was_passed_over_says_what(tmp_path):
    for name in ("a.jpg", "b.png", "c.gif", "d.bmp"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"passed over: a.jpg: the file is empty; .* and 1 more"):
        look(tmp_path)


def test_a_link_that_leads_to_itself_is_told_in_words(tmp_path):
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(InputError, match=r"a: cannot be looked at \(Too many levels of symbolic links\)$"):
        look(tmp_path / "a")


def test_what_lies_in_a_folder_instead_of_a_picture_is_named_with_what_to_do(tmp_path, scene, saved):
    (tmp_path / "a.png").write_bytes(saved(scene, "PNG"))
    (tmp_path / "b.jpg").write_bytes(b"<!DOCTYPE html><html>")
    (tmp_path / "c.jpg").write_bytes(b"hello")
    page, letter = look(tmp_path).passed_over
    assert page.reason == "not a picture by its content, but a web page" and "save the picture itself" in page.remedy
    assert letter.reason == "not a picture by its content" and letter.remedy.startswith("ask whoever sent it")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("report.json", '{\n  "schema": "provenance-report/1",\n'),
        ("compare.json", '{\n  "id": "match-c441ce4b7374",\n'),
    ],
)
def test_figures_of_our_own_reports_below_a_folder_are_left_out_and_that_is_told(folder, saved, scene, name, start):
    ours = folder / "provenance-reports" / "20261130T200205Z"
    ours.mkdir(parents=True)
    (ours / name).write_text(start)
    (ours / "match-1-joined.jpg").write_bytes(saved(scene, "JPEG"))
    found = look(folder)
    assert [picture for picture in found.pictures if ours in picture.parents] == []
    assert found.reports == (ours,)
    assert str(ours) in found.reports_told
    assert pictures(ours) == [ours / "match-1-joined.jpg"], "named itself, it is taken"
    with pytest.raises(InputError, match="figures in 1 folder of reports"):
        pictures(ours.parent)


def test_a_report_put_among_pictures_hides_none_of_them(folder, saved, scene):
    ours = folder / "from-the-desk"
    ours.mkdir()
    (ours / "report.json").write_text('{\n  "schema": "provenance-report/1",\n')
    (ours / "SHA256SUMS").write_text("".join(f"{'0' * 64}  {name}\n" for name in ("report.json", "match-1-joined.jpg")))
    for name in ("match-1-joined.jpg", "evidence.jpg"):
        (ours / name).write_bytes(saved(scene, "JPEG"))
    found = look(folder)
    assert [path.name for path in found.pictures if path.parent == ours] == ["evidence.jpg"]
    assert found.reports == (ours,)


@pytest.mark.parametrize("start", ["", '{"schema": "another"}', "a list of ours"])
def test_a_name_alone_hides_no_picture(folder, saved, scene, start):
    (folder / "deep" / "report.json").write_text(start)
    (folder / "deep" / "match-1-joined.jpg").write_bytes(saved(scene, "JPEG"))
    found = look(folder)
    assert folder / "deep" / "match-1-joined.jpg" in found.pictures
    assert (found.reports, found.reports_told) == ((), "")
