"""A server on the loopback address that sends every request on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


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
