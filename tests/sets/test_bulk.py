"""Adding in bulk: tar files and lists, several processes, and what strangers may have packed."""

import gzip
import io
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import InputError
from provenance.model.image import Refusal
from provenance.model.limits import Limits
from provenance.model.record import Record
from provenance.outside import fetching
from provenance.reference.open import open_set
from provenance.sets.adding import add
from provenance.sets.archives import opened
from provenance.sets.making import Makers
from tests.sets.pictures import drawn

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def png(seed: int) -> bytes:
    out = io.BytesIO()
    drawn(seed).save(out, "PNG")
    return out.getvalue()


def pack(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return path


def member(name: str, data: bytes, **more) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def fill(store, decoder, *paths: Path, **more):
    return add(list(paths), store, decoder, Limits(), records=more.pop("records", {}), now=NOW, **more)


@pytest.mark.parametrize("ending", [".tar", ".tar.gz"])
def test_a_tar_is_taken_with_its_records_and_a_second_run_reads_nothing(tmp_path, store, decoder, ending) -> None:
    members = [member(f"in/{one}.png", png(one)) for one in range(4)] + [member("notes.txt", b"no picture")]
    path = pack(tmp_path / f"a{ending}", members, "w:gz" if ending.endswith("gz") else "w")
    records = {"in/1.png": (Record(publisher="A"),), "2.png": (Record(publisher="B"),)}
    first = fill(store, decoder, path, records=records)
    assert (first.pictures_added, first.records_added, first.refused, first.records_without_picture) == (4, 2, (), ())
    assert {path.name for path in tmp_path.iterdir()} == {f"a{ending}", "set"}  # nothing is unpacked
    again = fill(store, decoder, path, records=records)
    assert (again.pictures_added, again.resumed) == (0, 4)
    assert store.list()[0].reference.path.startswith(str(path) + "/in/")


def test_hostile_names_and_kinds_are_refused_and_nothing_else_is_touched(tmp_path: Path, store, decoder) -> None:
    links = [
        member("link.png", b"", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        member("hard.png", b"", type=tarfile.LNKTYPE, linkname="good.png"),
        member("pipe.png", b"", type=tarfile.FIFOTYPE),
        member("device.png", b"", type=tarfile.CHRTYPE),
    ]
    names = [member(name, png(9)) for name in ("../out.png", "/abs.png", "a/../../b.png", "x" * 1200 + ".png")]
    path = pack(tmp_path / "a.tar", [member("good.png", png(1)), *links, *names, member("text.png", b"=1+1")])
    done = fill(store, decoder, path)
    assert done.pictures_added == 1
    assert len(done.refused) == 9
    assert {path.name for path in tmp_path.iterdir()} == {"a.tar", "set"}


def test_a_size_beyond_the_limit_and_a_header_that_asks_for_all_memory_are_refused(tmp_path, store, decoder) -> None:
    path = tmp_path / "big.tar"
    info = tarfile.TarInfo("big.png")
    info.size = 2**40
    pax = tarfile.TarInfo("pax")
    pax.type, pax.size = tarfile.XHDTYPE, 2**40
    path.write_bytes(info.tobuf() + b"\0" * 512)
    (tmp_path / "pax.tar").write_bytes(pax.tobuf(tarfile.GNU_FORMAT) + b"\0" * 512)
    done = fill(store, decoder, path, tmp_path / "pax.tar")
    assert done.pictures_added == 0
    assert {item.path.rpartition("/")[2] for item in done.refused} == {"big.tar", "big.png", "pax.tar"}


@pytest.mark.parametrize(
    "data",
    [b"", b"no tar", b"\0" * 100, gzip.compress(b"x" * 5000, mtime=0), b"\x1f\x8b\x08broken"],
    ids=["empty", "words", "zeros", "gzip of no tar", "broken gzip"],
)
def test_what_is_no_tar_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match="no tar file"), opened(path, Limits()):
        pass


def test_a_tar_cut_short_gives_what_is_whole(tmp_path: Path, store, decoder) -> None:
    path = pack(tmp_path / "a.tar", [member(f"{one}.png", png(one)) for one in range(3)])
    first = pack(tmp_path / "b.tar", [member("0.png", png(0)), member("1.png", png(1))]).read_bytes()
    path.write_bytes(path.read_bytes()[: len(first.rstrip(b"\0")) - 30])
    done = fill(store, decoder, path)
    assert done.pictures_added == 1
    assert [item.path.rpartition("/")[2] for item in done.refused] == ["a.tar", "1.png"]


def test_a_list_names_paths_and_addresses_of_this_machine(tmp_path: Path, store, decoder) -> None:
    for one in range(3):
        (tmp_path / f"{one} a.png").write_bytes(png(one))
    rows = ["credit,path", "x,0 a.png", f"y,{tmp_path}/1 a.png", f"z,file://{tmp_path}/2%20a.png", "w,0 a.png"]
    rows += ["q,https://example.org/a.jpg", "r,ftp://example.org/a.jpg", "s,file://other.example/a.jpg", "t,gone.png"]
    (tmp_path / "list.csv").write_text("\n".join([*rows, ""]))
    done = fill(store, decoder, listing=tmp_path / "list.csv", records={"0 a.png": (Record(publisher="A"),)})
    assert (done.pictures_added, done.records_added) == (3, 1)
    why = {item.path: item.reason for item in done.refused}
    assert why["https://example.org/a.jpg"] == "an address of the web, and nothing is fetched unless asked for"
    assert len(why) == 4


def test_addresses_of_a_list_are_fetched_where_that_is_asked_for_and_once(
    tmp_path, store, decoder, monkeypatch
) -> None:
    good, inner = "https://example.org/a.png", "http://127.0.0.1:9/secret.png"
    asked: list[str] = []
    real = fetching.fetch_pictures

    def fetched(url: str, *, say, hosts) -> fetching.Fetching:
        asked.append(url)
        if url == inner:
            return real(url, say=say, hosts=hosts)
        one = fetching.FetchedPicture(name="a.png", data=png(1), media_type="image/png", said={})
        came = {"passed_over": (), "steps": (), "exchanges": (), "asked_at": NOW, "clock": "stated"}
        return fetching.Fetching(url=url, pictures=(one,), **came)

    monkeypatch.setattr(fetching, "fetch_pictures", fetched)
    (tmp_path / "list.csv").write_text(f"url\n{good}\n{inner}\n{good}\n")
    for number in range(2):
        done = fill(store, decoder, listing=tmp_path / "list.csv", fetch_into=tmp_path / "came")
        assert (done.pictures_added, done.resumed) == ((1, 0), (0, 1))[number]
        (why,) = [item for item in done.refused if item.path == inner]
        assert "127.0.0.1" in why.reason and why.remedy
    assert asked == [good, inner, inner]
    (stored,) = store.list()
    assert [record.source_url for record in stored.records] == [good]


def test_several_processes_make_what_one_makes(tmp_path: Path, store, decoder) -> None:
    for one in range(9):
        (tmp_path / f"{one}.png").write_bytes(png(one % 8))
    (tmp_path / "broken.png").write_bytes(png(1)[:60])
    files = sorted(tmp_path.glob("*.png"))
    told: list[int] = []
    done = fill(store, decoder, *files, jobs=2, keep=True, progress=lambda now, *_: told.append(now))
    assert (done.pictures_added, len(done.refused), told[-1]) == (8, 1, 10)
    alone = open_set(tmp_path / "alone.sqlite", create=True)
    fill(alone, decoder, *files, keep=True)
    assert alone.state().snapshot == store.state().snapshot
    assert store.verify().kept_copies == 8
    alone.close()


def test_a_process_that_ends_costs_one_picture() -> None:
    with Makers(1, Limits()) as makers:
        makers.give("first", png(1), "a.png", "")
        makers._workers[0].process.kill()
        ((job, made),) = makers.made()
        assert job == "first"
        if isinstance(made, Refusal):
            assert "ended" in made.reason
        makers.give("second", png(2), "b.png", "")
        ((job, made),) = makers.made()
        assert (job, isinstance(made, Refusal)) == ("second", False)


@pytest.mark.slow
def test_a_killed_run_is_gone_on_with(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for one in range(120):
        (folder / f"{one}.png").write_bytes(png(one))
    command = [sys.executable, "cli.py", "add", str(folder), "--set", str(tmp_path / "s.sqlite"), "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        if (tmp_path / "s.sqlite").exists() and _pictures(tmp_path / "s.sqlite") >= 32:
            break
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    there = _pictures(tmp_path / "s.sqlite")
    assert there >= 32
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert f"{120 - there} pictures" in second.stdout
    store = open_set(tmp_path / "s.sqlite")
    assert store.verify().wrong == ()
    assert store.state().pictures == 120
    store.close()


def _pictures(path: Path) -> int:
    try:
        store = open_set(path)
    except Exception:
        return 0
    number = store.state().pictures
    store.close()
    return number


def test_a_process_that_makes_is_born_deaf_to_ctrl_c_and_this_one_stays_able_to_hear_it() -> None:
    """A terminal sends it to all processes at once: one that still loads would print a traceback."""
    with Makers(jobs=2, limits=Limits()) as makers:
        for worker in makers._workers:
            status = Path(f"/proc/{worker.process.pid}/status").read_text()
            blocked = int(re.search(r"SigBlk:\s*([0-9a-f]+)", status)[1], 16)
            assert blocked & 1 << (signal.SIGINT - 1)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
