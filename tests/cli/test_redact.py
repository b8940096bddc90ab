"""`redact`, `--for-publication` and `--blur`: nothing that is left out is anywhere in the output."""

import hashlib
import html
import io
import json
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL.TiffImagePlugin import IFDRational

SECRETS = (
    *("Petrenko", "Vanya", "vanyas-macbook", "Shevchuk", "Bondar", "Reuters", "bucha_witness", "Melnyk", "Buchanka"),
    *("CSN012345678", "LENS99887766", "a1b2c3d4e5f6", "XSN-5544332211", "deadbeef"),
    *("50.553", "30.212", "617/50", "33.2057", "157.3"),
)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" aux:SerialNumber="XSN-5544332211" exif:GPSLatitude="50,33.2057N"
 exif:GPSLongitude="30,12.7612E" photoshop:City="Buchanka" photoshop:Credit="Reuters/Kateryna Bondar"
 xmpMM:DocumentID="xmp.did:deadbeef-0001"><dc:creator><rdf:Seq><rdf:li>Kateryna Bondar</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
CLAIMS = """claims:
  - {id: c1, text: "Taken in Bucha by Kateryna Bondar", by: "@bucha_witness", place: {name: Bucha, cc: UA}}
evidence:
  - {id: e1, kind: statement, by: Oksana Melnyk, text: "Kateryna Bondar took it at 50.5534, 30.2127"}
"""


def secret_picture(path: Path, source: Path) -> Path:
    exif = PillowImage.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Canon", "Canon EOS R5", 'Ivan "Vanya" Petrenko'
    exif[0x8298], exif[0x013C] = "© 2024 Ivan Petrenko / Shevchuk & Sons", "vanyas-macbook.local"
    exif[0x010E] = "Olena Shevchuk at her house"
    inner, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    inner[0x9003], inner[0xA430] = "2024:11:14 15:42:00", "Ivan Petrenko"
    inner[0xA431], inner[0xA435], inner[0xA420] = "CSN012345678", "LENS99887766", "a1b2c3d4e5f60718293a4b5c6d7e8f90"
    gps[1], gps[3], gps[6] = "N", "E", IFDRational(1573, 10)
    gps[2] = (IFDRational(50), IFDRational(33), IFDRational(1234, 100))
    gps[4] = (IFDRational(30), IFDRational(12), IFDRational(4567, 100))
    image = PillowImage.open(source).resize((450, 300))
    image.save(path, exif=exif, xmp=XMP.encode())
    return path


@pytest.fixture
def picture(samples: Path, tmp_path: Path) -> Path:
    (tmp_path / "kateryna.bondar").mkdir()
    return secret_picture(tmp_path / "kateryna.bondar" / "Kateryna Bondar 17.jpg", samples / "stranger.jpg")


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, "utf-8")
    return path


def told(folder: Path) -> str:
    """All that the files of a folder say, as it stands and unescaped."""
    text = ""
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        raw = data.decode("utf-8", "replace")
        text += raw + html.unescape(raw) + data.decode("utf-16-le", "ignore")
        text += json.dumps(json.loads(raw), ensure_ascii=False) if path.suffix == ".json" else ""
    return text


def elsewhere(run, folder: Path) -> str:
    """What the forms say that lie in no file of the folder: text, Markdown, and the PDF where it can be made."""
    text = run("render", folder, "--to", "text").out + run("render", folder, "--to", "markdown").out
    if find_spec("typst") and find_spec("pypdf"):
        from pypdf import PdfReader

        ended = run("render", folder, "--to", "pdf", "--out", folder.with_suffix(".pdf"))
        assert ended.code == 0, ended.err
        pages = PdfReader(folder.with_suffix(".pdf")).pages
        text += " ".join(" ".join(page.extract_text() for page in pages).split())
    return text.replace("\u2060", "")


def test_an_edition_for_publication_holds_nothing_that_it_leaves_out(run, picture, claims, tmp_path) -> None:
    PillowImage.open(picture).crop((60, 40, 400, 280)).save(picture.with_name("Bondar cut.jpg"))
    out = tmp_path / "report"
    ended = run("check", picture, "--claims", claims, "--reference", picture.parent, "--out", out, "--for-publication")
    assert ended.code == 0, ended.err
    edition = tmp_path / "report-publication"
    assert f"For publication: {edition / 'report.html'}" in ended.out.replace("\n", "")
    full, made = told(out), told(edition) + elsewhere(run, edition)
    for secret in SECRETS:
        assert secret.casefold() in full.casefold(), secret
        assert not re.search(rf"(?<![\d.]){re.escape(secret)}", made, re.IGNORECASE), secret
    assert str(tmp_path) not in made
    for kept in ("Canon EOS R5", "Bucha", "14 Nov 2024", "unproven", "-joined.jpg"):
        assert kept in made, kept


def test_a_covered_copy_is_black_in_the_box_and_holds_nothing_of_the_file(run, picture, tmp_path) -> None:
    before = picture.read_bytes()
    ended = run("redact", picture, "--cover", "40,30,100,80", "--cover", "400,250,900,900", "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    data = (tmp_path / "out" / "covered.jpg").read_bytes()
    copy = PillowImage.open(io.BytesIO(data))
    assert (
        copy.size == (450, 300)
        and not copy.getexif()
        and set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    )
    pixels = np.array(copy.convert("L"))
    assert (
        pixels[30:110, 40:140].max() <= 24 and pixels[250:, 400:].max() <= 24 and pixels[150:240, 200:380].mean() > 30
    )
    note = json.loads((tmp_path / "out" / "derived.json").read_text("utf-8"))
    assert note["made_from_sha256"] == hashlib.sha256(before).hexdigest()
    assert note["sha256"] == hashlib.sha256(data).hexdigest() and note["covered_boxes_px"] == [
        "40,30,100,80",
        "400,250,900,900",
    ]
    assert picture.read_bytes() == before


def test_a_png_stays_a_png_with_the_very_pixels_around_the_box(run, samples, tmp_path) -> None:
    source = tmp_path / "in.png"
    PillowImage.open(samples / "stranger.jpg").resize((90, 60)).save(source)
    run("redact", source, "--cover", "0,0,45,60", "--out", tmp_path / "out")
    made, given = (np.array(PillowImage.open(path)) for path in (tmp_path / "out" / "covered.png", source))
    assert not made[:, :45].any() and (made[:, 45:] == given[:, 45:]).all()


def test_in_a_case_it_is_a_new_derivative_with_its_parents_digest(run, picture, claims, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PROVENANCE_KEYS", str(tmp_path / "keys"))
    case = tmp_path / "case"
    assert run("check", picture, "--claims", claims, "--case", case, "--for-publication").code == 0
    before = {
        path: path.read_bytes() for path in (case / "data").rglob("*") if path.is_file() and path.name != "log.jsonl"
    }
    ended = run("redact", case, "--cover", "40,30,100,80", "--leave-out", "gps, names", "--blur")
    assert ended.code == 0, ended.err
    assert all(path.read_bytes() == data for path, data in before.items())
    entries = [json.loads(line) for line in (case / "data" / "log.jsonl").read_text("utf-8").splitlines()]
    published, covered = entries[-2:]
    report = next((case / "data" / "reports").glob("*/report.json"))
    digests = [hashlib.sha256(picture.read_bytes()).hexdigest(), hashlib.sha256(report.read_bytes()).hexdigest()]
    assert published["did"] == covered["did"] == "redacted"
    assert published["inputs"] == digests[1:] and covered["inputs"] == digests
    assert covered["settings"]["covered_boxes_px"] == ["40,30,100,80"]
    (folder,) = {Path(one["path"]).parent for one in covered["outputs"]}
    made = told(case / folder)
    assert "Petrenko" not in made and "50.553" not in made and "CSN012345678" in made
    assert "1 part of the picture is covered" in made
    assert run("seal", case).code == 0 and run("verify", case).code == 0
    assert f"{folder}/covered.jpg" in run("log", case).out
    (case / folder / "covered.jpg").chmod(0o600)
    (case / folder / "covered.jpg").write_bytes(b"another")
    assert run("verify", case).code == 8


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--cover", "9000,1,5,5"], 2, "lies outside the picture"),
        (["--cover", "1,1,0,5"], 2, "is no box"),
        (["--leave-out", "gps"], 2, "left out of a report, and this is a picture"),
        ([], 2, "nothing is left out and nothing covered"),
        (["--leave-out", "faces"], 2, "none of: gps, names, serials"),
        (["--cover", "1,1,5,5", "--no-out"], 2, "no place for the derivative"),
    ],
)
def test_what_makes_no_derivative_is_said_and_writes_nothing(run, picture, tmp_path, arguments, code, says) -> None:
    out = [] if "--no-out" in arguments else ["--out", tmp_path / "out"]
    ended = run("redact", picture, *[one for one in arguments if one != "--no-out"], *out)
    assert ended.code == code and says in ended.err and not (tmp_path / "out").exists()


def test_another_picture_than_that_of_the_report_is_refused(run, picture, samples, tmp_path) -> None:
    run("check", picture, "--only", "origin", "--out", tmp_path / "report")
    other = ["--picture", samples / "stranger.jpg", "--out", tmp_path / "out"]
    ended = run("redact", tmp_path / "report", "--cover", "1,1,5,5", *other)
    assert ended.code == 3 and "not the picture of this report" in ended.err


def test_blurred_pictures_lie_in_closed_details_and_nothing_runs(run, picture, tmp_path) -> None:
    PillowImage.open(picture).crop((60, 40, 400, 280)).save(picture.with_name("cut.jpg"))
    options = ["--reference", picture.parent, "--only", "seen-before", "--out"]
    run("check", picture, *options, tmp_path / "open")
    run("check", picture, *options, tmp_path / "blurred", "--blur")
    shown, page = ((tmp_path / name / "report.html").read_text("utf-8") for name in ("open", "blurred"))
    assert '<details class="covered">' not in shown and page.count("<img ") == shown.count("<img ") > 2
    outside = re.sub(r'<details class="covered">.*?</details>', "", page, flags=re.DOTALL)
    assert any((tmp_path / "open").glob("*.jpg")) and not any((tmp_path / "blurred").glob("*.jpg"))
    assert ".jpg</code>" in shown and ".jpg</code>" not in page
    assert "<img " not in outside and "<details open" not in page and "<script" not in page
