"""A time-stamp authority on the loopback address, started and stopped by the tests."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.stamps.authority import StampDesk, stamp_desk


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StampDesk]:
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl")
    with stamp_desk(tmp_path_factory.mktemp("authority")) as desk:
        yield desk


@pytest.fixture
def desk(_running: StampDesk) -> StampDesk:
    _running.asked.clear()
    _running.headers.clear()
    return _running


@pytest.fixture
def desk_of_redirects() -> Iterator[tuple[tuple[str, int], list[str]]]:
    """A server that sends each request on to the last address of a list; its own address, and the list."""
    to: list[str] = []

    class Onward(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(f"HTTP/1.0 302 Found\r\nLocation: {to[-1]}\r\n\r\n".encode("utf-8", "surrogatepass"))

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Onward) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield ("127.0.0.1", int(server.server_address[1])), to
        finally:
            server.shutdown()
