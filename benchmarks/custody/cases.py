"""A case to measure on: real bytes, deposited by the library, sealed with a key of the run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from benchmarks.stamps.authority import StampDesk, stamp_desk
from provenance.api import check, read_trust_list
from provenance.case.cases import seal as seal_case
from provenance.case.recording import record
from provenance.custody.keys import SigningKey, signing_key
from provenance.custody.sealing import seal
from provenance.custody.writing import Author, writing
from provenance.desk.desk import Desk
from provenance.model.case import Did
from provenance.model.finding import Question
from provenance.output.report_folder import write
from provenance.sealing import stamping
from provenance.sealing.signing import folder_sealing
from provenance.sealing.timestamping import stamp_case

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AUTHOR = Author(at="2026-03-01T12:00:00Z", clock="stated", by="bench", tool="provenance benchmark")


def key() -> SigningKey:
    """A key of this run."""
    return signing_key(Path(tempfile.mkdtemp(prefix="keys-")))


def exported(root: Path, size_bytes: int, own: SigningKey) -> None:
    """A sealed, continued and sealed case of about `size_bytes`: two originals, two reports, an earlier seal."""
    part = size_bytes // 8
    for number in (1, 2):
        with writing(root, AUTHOR, create=True) as writer:
            writer.received(AUTHOR, os.urandom(2 * part), "jpg", f'received "picture {number}"')
            files = {"report.json": os.urandom(part // 3), "report.html": os.urandom(part)}
            inside = {f"data/reports/{number}/{name}": data for name, data in files.items()}
            writer.enter(AUTHOR, Did.REPORTED, f"reported on {number}", files=inside)
            seal(writer, own, AUTHOR)


def report_folder(root: Path) -> None:
    """The sealed folder of a report that lies in no case, on a small picture."""
    scratch = Path(tempfile.mkdtemp())
    picture = scratch / "small.jpg"
    Image.effect_noise((96, 64), 60).convert("RGB").save(picture, quality=80)
    with Desk(clock=lambda: NOW, questions=(Question.ALTERED,)) as desk:
        sealing = folder_sealing(desk.now, keys=scratch / "keys")
        write(desk, desk.check(picture), root, seal=sealing.seal)


def whole(root: Path) -> None:
    """A case as the program makes it, under 200 KB: a small picture, its report, claims file, trust list, a note, two
    time-stamps of an authority on the loopback address, and the descriptions for other programs. Needs openssl."""
    scratch = Path(tempfile.mkdtemp())
    picture, claims = scratch / "small.jpg", scratch / "claims.yaml"
    Image.effect_noise((96, 64), 60).convert("RGB").save(picture, quality=80)
    claims.write_text("claims:\n  - text: A train in the snow\n    time: 2024-11\n", encoding="utf-8")
    (scratch / "desk").mkdir()
    with stamp_desk(scratch / "desk") as authority, stamps_from(authority):
        root_pem = authority.folder / "root.pem"
        check(picture, claims=claims, trust_lists=[root_pem], only=["altered"], now=NOW, case=root)
        record(root, "A neighbour saw the train.", source="Neighbour", grade="B2", attach=[claims], now=NOW)
        urls = [authority.url("right"), authority.url("chained")]
        stamp_case(root, urls, trusted=[read_trust_list(root_pem)], clock=lambda: NOW)
        seal_case(root, keys=scratch / "keys", now=NOW)


@contextmanager
def stamps_from(authority: StampDesk) -> Iterator[None]:
    """Within it, the program may ask this authority although it stands on the loopback address.

    On a machine under load `openssl ts` may take long over a reply, and no caller asks for one that never ends.
    """
    policy = replace(stamping.POLICY, loopback=frozenset({authority.address}), within_s=300.0)
    send = stamping.send
    try:
        stamping.send = lambda asking, **given: send(asking, policy=policy, **given)  # type: ignore[assignment]
        yield
    finally:
        stamping.send = send


def in_memory(root: Path) -> dict[str, bytes]:
    """Every file of a case."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
