"""A server on the loopback address that sends every request on."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.loopback import Quiet, served


@pytest.fixture
def desk_of_redirects() -> Iterator[tuple[tuple[str, int], list[str]]]:
    """A server that sends each request on to the last address of a list; its own address, and the list."""
    to: list[str] = []

    class Onward(Quiet, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            self.wfile.write(f"HTTP/1.0 302 Found\r\nLocation: {to[-1]}\r\n\r\n".encode("utf-8", "surrogatepass"))

    with served(Onward) as port:
        yield ("127.0.0.1", port), to
