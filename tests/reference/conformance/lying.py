"""A server that says something else than PostgreSQL does: what stands between a desk and a real one, on the loopback.

https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

Change = Callable[[str, bytes, bytes], Iterable[bytes]]
"""The statement under way, the kind of a message and what is in it -> the messages that the desk gets."""
_CRYPT = (80877103, 80877104)
_HEAD = 5


@contextmanager
def lying(url: str, change: Change) -> Iterator[str]:
    """The URL of a server that answers as the one of `url` does, but for what `change` makes of it."""
    place = {key: value[0] for key, value in parse_qs(urlsplit(url).query).items()}
    behind = f"{place['host']}/.s.PGSQL.{place['port']}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=_accept, args=(listener, behind, change), daemon=True)
        accepting.start()
        user, database = urlsplit(url).username, urlsplit(url).path
        try:
            yield f"postgresql://{user}@127.0.0.1:{listener.getsockname()[1]}{database}?sslmode=disable"
        finally:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            accepting.join()


def message(kind: bytes, body: bytes) -> bytes:
    """One message as it goes over the connection."""
    return kind + struct.pack("!I", 4 + len(body)) + body


def row(*values: bytes) -> bytes:
    """A row of an answer."""
    return message(b"D", struct.pack("!H", len(values)) + b"".join(struct.pack("!I", len(v)) + v for v in values))


def _accept(listener: socket.socket, behind: str, change: Change) -> None:
    with contextlib.ExitStack() as stack:
        while True:
            try:
                desk = stack.enter_context(listener.accept()[0])
            except OSError:
                return
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.connect(behind)
            desk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            asked = [""]
            for one in (_ask, _answer):
                threading.Thread(target=_until_it_ends, args=(one, desk, server, asked, change), daemon=True).start()


def _until_it_ends(one: Callable[..., None], desk: socket.socket, server: socket.socket, *rest: object) -> None:
    with contextlib.suppress(OSError, EOFError):
        one(desk, server, *rest)
    for end in (desk, server):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _ask(desk: socket.socket, server: socket.socket, asked: list[str], change: Change) -> None:
    while struct.unpack("!II", head := _whole(desk, 8))[1] in _CRYPT:
        desk.sendall(b"N")
    server.sendall(head + _whole(desk, struct.unpack("!I", head[:4])[0] - len(head)))
    prepared = dict[bytes, bytes]()
    while True:
        kind, body = _message(desk)
        words = body.split(b"\0")
        if kind == b"P":
            prepared[words[0]] = words[1]
        if kind in (b"Q", b"B"):
            asked[0] = (words[0] if kind == b"Q" else prepared.get(words[1], b"")).decode()
        server.sendall(message(kind, body))


def _answer(desk: socket.socket, server: socket.socket, asked: list[str], change: Change) -> None:
    while True:
        for one in change(asked[0], *_message(server)):
            desk.sendall(one)


def _message(end: socket.socket) -> tuple[bytes, bytes]:
    head = _whole(end, _HEAD)
    return head[:1], _whole(end, struct.unpack("!I", head[1:])[0] - 4)


def _whole(end: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        part = end.recv(length - len(found))
        if not part:
            raise EOFError
        found += part
    return bytes(found)
