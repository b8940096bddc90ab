"""The export as a C2PA manifest: signed here, read back, and honest about who vouches."""

from __future__ import annotations

import io
import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PillowImage

import provenance
from provenance.custody.credential_key import NAME, credential_key
from provenance.errors import InputError, KeyStoreError, OutputError, UsageError
from provenance.model.credentials import Credential, CredentialFlag, CredentialState
from provenance.model.report import Report
from provenance.output.credentialing import render_credentials
from provenance.report.exports.c2pa_manifest import LABEL
from provenance.report.jsonform import body_digest
from tests.cli.conftest import home, run, signing_keys  # noqa: F401 fixtures of the command line

c2pa = pytest.importorskip("c2pa", reason="no c2pa-python to sign with")
from benchmarks.credentials.minting import DOCUMENTS, authority, sign  # noqa: E402 needs it

HEAD = f"7:{'ab' * 32}"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    credential_key(folder, datetime.now(UTC))
    return folder


def picture(folder: Path, ending: str) -> Path:
    path = folder / f"from a friend.{ending}"
    PillowImage.linear_gradient("L").resize((80, 60)).save(path)
    return path


def credential(report: Report) -> Credential:
    return next(item for item in report.evidence if isinstance(item, Credential))


def assertion(data: bytes, media_type: str) -> dict[str, Any]:
    with c2pa.Reader(media_type, io.BytesIO(data)) as reader:
        form = json.loads(reader.json())
    active = form["manifests"][form["active_manifest"]]
    found: dict[str, Any] = next(one["data"] for one in active["assertions"] if one["label"] == LABEL)
    return found | {"ingredients": active["ingredients"]}


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tiff"])
def test_the_copy_names_report_case_and_original_and_reads_back_as_unlisted(
    ending: str, tmp_path: Path, keys: Path
) -> None:
    path = picture(tmp_path, ending)
    before, report = path.read_bytes(), provenance.inspect(path)
    made = render_credentials(report, path, head=HEAD, keys=keys)
    assert (made.state, made.new_key, path.read_bytes()) == (CredentialState.VALID_UNTRUSTED, None, before)
    assert "no trust list names the signer" in made.words and "from a friend" not in made.data.decode("latin-1")
    copy = tmp_path / f"copy.{ending}"
    copy.write_bytes(made.data)
    read = credential(provenance.inspect(copy))
    assert read.state is CredentialState.VALID_UNTRUSTED and read.active is not None
    assert read.active.issuer == "A desk on no trust list" and read.active.time_by == ""
    said = assertion(made.data, report.original.media_type)
    assert said["report_body_sha256"] == body_digest(report) and said["case_head"] == HEAD
    assert said["original_sha256"] == report.original.sha256
    (parent,) = said["ingredients"]
    assert parent["relationship"] == "parentOf" and parent["instance_id"] == f"urn:sha256:{report.original.sha256}"
    with PillowImage.open(path) as one, PillowImage.open(copy) as other:
        assert one.tobytes() == other.tobytes()


def test_a_changed_copy_and_a_broken_parent_are_told(tmp_path: Path, keys: Path) -> None:
    path = picture(tmp_path, "jpg")
    signer = authority().signer(usage=DOCUMENTS)
    broken = bytearray(sign(path.read_bytes(), "image/jpeg", signer))
    broken[-30] ^= 0x40
    path.write_bytes(broken)
    report = provenance.inspect(path)
    assert credential(report).state is CredentialState.CONTENT_CHANGED
    made = render_credentials(report, path, keys=keys)
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(made.data)
    assert CredentialFlag.ANCESTOR_FAILED in credential(provenance.inspect(copy)).flags
    copy.write_bytes(made.data[:-30] + bytes([made.data[-30] ^ 0x40]) + made.data[-29:])
    assert credential(provenance.inspect(copy)).state is CredentialState.CONTENT_CHANGED


def test_a_key_of_the_desks_own_signs(tmp_path: Path) -> None:
    path, signer = picture(tmp_path, "jpg"), authority().signer("Our Desk", usage=DOCUMENTS)
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    key.write_text(signer.key)
    chain.write_text(signer.chain)
    report = provenance.inspect(path)
    made = render_credentials(report, path, key=key, chain=chain)
    assert (made.state, made.signer) == (CredentialState.VALID_UNTRUSTED, "Our Desk")
    chain.write_text(authority().signer(usage=DOCUMENTS).chain)
    with pytest.raises(KeyStoreError, match="is of another key"):
        render_credentials(report, path, key=key, chain=chain)
    for data in ("", "no certificate", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"):
        chain.write_text(data)
        with pytest.raises(KeyStoreError, match="does not open"):
            render_credentials(report, path, key=key, chain=chain)
    with pytest.raises(UsageError, match="only together"):
        render_credentials(report, path, key=key)
    with pytest.raises(KeyStoreError, match="No such file"):
        render_credentials(report, path, key=tmp_path / "none", chain=chain)
    old = authority().signer(days=(-30, -1), usage=DOCUMENTS)
    key.write_text(old.key)
    chain.write_text(old.chain)
    with pytest.raises(KeyStoreError, match="ran out on"):
        render_credentials(report, path, key=key, chain=chain)
    site = authority().signer(usage=DOCUMENTS)
    key.write_text(site.key)
    chain.write_text(site.chain.split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n")
    assert render_credentials(report, path, key=key, chain=chain).state is CredentialState.VALID_UNTRUSTED


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    path = picture(tmp_path, "png")
    report = provenance.inspect(path)
    folder = tmp_path / "new" / "keys"
    assert render_credentials(report, path, keys=folder).new_key == folder / NAME
    before = (folder / NAME).read_bytes()
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert render_credentials(report, path, keys=folder).new_key is None and (folder / NAME).read_bytes() == before
    (folder / NAME).chmod(0o644)
    with pytest.raises(KeyStoreError, match="others may read"):
        render_credentials(report, path, keys=folder)


def test_what_cannot_be_made_is_said(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = picture(tmp_path, "jpg"), picture(tmp_path, "bmp")
    report = provenance.inspect(path)
    with pytest.raises(InputError, match="not the picture of the report"):
        render_credentials(report, other, keys=keys)
    with pytest.raises(UsageError, match="image/bmp takes no C2PA manifest"):
        render_credentials(provenance.inspect(other), other, keys=keys)
    monkeypatch.setattr("provenance.metadata.credentials.library.installed", lambda: False)
    with pytest.raises(OutputError, match="c2pa is not installed"):
        render_credentials(report, path, keys=keys)


def test_a_case_is_read_and_not_written_to(run: Any, tmp_path: Path) -> None:  # noqa: F811
    path = picture(tmp_path, "jpg")
    ended = run("check", path, "--case", "case", "--only", "altered")
    head = ended.out.split("head of its log ")[1].split()[0]
    log = Path("case/data/log.jsonl").read_bytes()
    ended = run("render", "case", "--to", "c2pa", "--out", "copy.jpg")
    assert ended.code == 0 and "no trust list names the signer" in ended.err, ended.err
    said = assertion(Path("copy.jpg").read_bytes(), "image/jpeg")
    assert said["case_head"] == head and said["case_head_at_receipt"].startswith("2:")
    assert Path("case/data/log.jsonl").read_bytes() == log
    (report,) = Path("case").glob("data/reports/*/report.json")
    copied = tmp_path / "report.json"
    copied.write_bytes(report.read_bytes())
    assert run("render", copied, "--to", "c2pa", "--out", "x.jpg").code == 2
    assert run("render", copied, "--to", "c2pa", "--out", "x.jpg", "--picture", path).code == 0
    assert run("render", copied, "--to", "c2pa", "--out", "x.jpg", "--picture", path).code == 7  # none is replaced
    assert run("render", copied, "--to", "c2pa", "--out", "y.jpg", "--c2pa-key", path).code == 2
