"""Hostile addresses on every road of fetching: given, named by a page, led to by a redirect.

    python -m benchmarks.hostile_fetch

Connections are watched at the socket: what is counted as reached is any address but that of the benchmark's own server.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from unittest.mock import patch

from benchmarks.asked import arguments
from provenance.errors import ProvenanceError
from provenance.online.address import closed
from provenance.online.exchange import Policy
from provenance.outside.fetching import fetch_pictures
from tests.online.test_hostile_urls import OPEN, hostile_hosts, resolver

A_PAGE = 12


class _Server(BaseHTTPRequestHandler):
    pages: dict[str, bytes] = {}  # noqa: RUF012 - filled before it serves
    to: dict[str, str] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        if self.path in self.to:
            line = f"HTTP/1.0 302 Found\r\nLocation: {self.to[self.path]}\r\n\r\n"
            self.wfile.write(line.encode("utf-8", "surrogatepass"))
        else:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + self.pages.get(self.path, b""))

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


def main() -> None:
    """Run every road and print the counts."""
    hosts = hostile_hosts()
    tried: list[tuple[str, int]] = []
    connect = socket.socket.connect
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        own = ("127.0.0.1", port)

        def watched(self: socket.socket, address: tuple[str, int]) -> None:
            if self.family not in (socket.AF_INET, socket.AF_INET6) or tuple(address[:2]) == own:
                return connect(self, address)
            tried.append((address[0], address[1]))
            raise ConnectionRefusedError

        policy = Policy(resolve=resolver, loopback=frozenset({own}), within_s=5)
        there = f"http://127.0.0.1:{port}"
        pages = [hosts[at : at + A_PAGE] for at in range(0, len(hosts), A_PAGE)]
        for number, some in enumerate(pages):
            shown = "".join(f'<img src="http://{host}/p.jpg">' for host in some)
            _Server.pages[f"/page{number}"] = f"<!DOCTYPE html><html>{shown}</html>".encode("utf-8", "surrogatepass")
        for number, host in enumerate(hosts):
            _Server.to[f"/to{number}"] = f"http://{host}/p.jpg"
        roads = {
            "given": [f"http://{host}/p.jpg" for host in hosts] + [f"https://{host}/" for host in hosts],
            "named by a page": [f"{there}/page{number}" for number in range(len(pages))],
            "led to": [f"{there}/to{number}" for number in range(len(hosts))],
        }
        counts = {"given": 2 * len(hosts), "named by a page": len(hosts), "led to": len(hosts)}
        with patch.object(socket.socket, "connect", watched):
            for road, urls in roads.items():
                tried.clear()
                fetched = sum(_fetched(url, policy) for url in urls)
                shut = [pair for pair in tried if closed(ip_address(pair[0]))]
                print(
                    f"{road}: {counts[road]:,} addresses; fetched {fetched}; connections to the open address {OPEN}: "
                    f"{sum(pair[0] == OPEN for pair in tried)}; to a closed address: {len(shut)}",
                    flush=True,
                )
            tried.clear()
            _fetched("http://open.example/", policy)
            print(f"control, one open address: {len(tried)} connection tried, to {tried[0][0]}")
        server.shutdown()


def _fetched(url: str, policy: Policy) -> bool:
    try:
        fetch_pictures(url, policy=policy)
    except ProvenanceError:
        return False
    return True


if __name__ == "__main__":
    arguments(__doc__)
    main()
