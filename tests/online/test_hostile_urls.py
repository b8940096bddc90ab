"""Thousands of URLs that lead to a closed address, in every notation, by name, by redirect and by a name that changes.

Every connection that the process opens goes through a spy, which lets the tests' own server pass and nothing else.
"""

import random
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from provenance.errors import FetchError, ForbiddenError
from provenance.online.address import CLOSED_V4, CLOSED_V6, closed
from provenance.online.exchange import Policy
from provenance.online.fetch import fetch
from provenance.online.target import onward, port_of, target

OPEN = "93.184.215.14"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９。")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


def closed_addresses(count: int, rng: random.Random) -> list[IPv4Address]:
    found = [IPv4Address(text) for text in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "100.100.100.200", "0.0.0.0")]
    while len(found) < count:
        network = rng.choice(CLOSED_V4)[0]
        found.append(network[rng.randrange(network.num_addresses)])
    return found


def notations(address: IPv4Address, rng: random.Random) -> list[str]:
    """Ways in which programs, or their authors, write one IPv4 address in a URL."""
    number, (a, b, c, d) = int(address), address.packed
    dotted, hexes = str(address), f"{number >> 16:x}:{number & 0xFFFF:x}"
    mixed = ".".join(rng.choice((str(part), f"0x{part:x}", f"0{part:o}")) for part in (a, b, c, d))
    return [
        dotted, f"{dotted}.", str(number), f"0x{number:x}", f"0X{number:08X}", f"0{number:o}",
        f"{a}.{b}.{(c << 8) + d}", f"{a}.{number & 0xFFFFFF}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:03}.{b:03}.{c:03}.{d:03}", mixed, f"{number + 2**32}",
        dotted.translate(FULL_WIDTH), dotted.translate(CIRCLED), dotted.replace(".", "。"), dotted.replace(".", "%2e"),
        f"%{ord(dotted[0]):02x}{dotted[1:]}", f"open.example@{dotted}", f"{dotted}#@open.example",
        f"{dotted}\\@open.example", f"{dotted}%00.open.example", f"{dotted} .open.example",
        f"[::ffff:{dotted}]", f"[::ffff:{hexes}]", f"[0:0:0:0:0:ffff:{hexes}]", f"[::{dotted}]", f"[64:ff9b::{dotted}]",
        f"[64:ff9b:1::{hexes}]", f"[2002:{hexes}::]", f"[2001:0:{hexes}::1]", f"[::ffff:0:{dotted}]",
        f"[fe80::{hexes}]", f"[fe80::{hexes}%25eth0]", f"[fd00::{hexes}]", f"[fec0::{hexes}]", f"[ff02::{hexes}]",
        f"{dotted}.to-itself.example", f"name-{number}.example", f"NAME-{number}.example.",
    ]  # fmt: skip


def resolver(host: str, port: int) -> tuple[str, ...]:
    """Names that stand for the address in them, as public services of that kind do."""
    if host.endswith(".to-itself.example"):
        return (host.removesuffix(".to-itself.example"),)
    if host.startswith("name-"):
        return (str(IPv4Address(int(host.partition(".")[0][5:]) % 2**32)),)
    if host == "open.example":
        return (OPEN,)
    raise OSError("no such name")


@pytest.fixture
def spied(monkeypatch):
    """Every address that a connection was tried to; those not `allowed` are refused without leaving the machine."""
    tried, allowed, connect = [], set(), socket.socket.connect

    def spy(self, address):
        tried.append(address[:2])
        if address[:2] not in allowed:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect(self, address)

    def no_lookup(host, *rest, **more):
        ip_address(host)  # a name that reaches the system's resolver here is a second look-up
        return looked_up(host, *rest, **more)

    looked_up = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", spy)
    monkeypatch.setattr(socket, "getaddrinfo", no_lookup)
    return tried, allowed


def hostile_hosts() -> list[str]:
    rng = random.Random(11)
    hosts = [host for address in closed_addresses(60, rng) for host in notations(address, rng)]
    v6 = [f"[{network[rng.randrange(2**64)]}]" for network, _ in CLOSED_V6 for _ in range(20)]
    return hosts + v6 + ["[::]", "[::1]", "localhost", "localhost.", "[100::1]", "[5f00::1]", "[fec0::1]"]


def test_the_spy_sees_a_connection_that_is_allowed(spied) -> None:
    tried, _ = spied
    with pytest.raises(FetchError):
        fetch("http://open.example/", policy=Policy(resolve=resolver))
    assert tried == [(OPEN, 80)]


def test_no_url_leads_to_a_closed_address(spied) -> None:
    tried, _ = spied
    hosts = hostile_hosts()
    assert len(hosts) > 1_000
    for host in hosts:
        for url in (f"http://{host}/", f"https://{host}:443/x?y#z"):
            with pytest.raises(FetchError):
                fetch(url, policy=Policy(resolve=resolver, within_s=60))
    assert [pair for pair in tried if closed(ip_address(pair[0]))] == []
    assert {pair[0] for pair in tried} <= {OPEN}


def test_no_redirect_leads_to_a_closed_address(spied, desk_of_redirects) -> None:
    tried, allowed = spied
    address, to = desk_of_redirects
    allowed.add(address)
    policy = Policy(resolve=resolver, loopback=frozenset({address}), ports=frozenset({address[1]}), within_s=60)
    hosts = hostile_hosts()[::2]
    for number, host in enumerate(hosts):
        to.append((f"http://{host}/", f"//{host}/", f"http://{host}:{address[1]}/", f"HTTP:\t//{host}")[number % 4])
        if "127.0.0.1" in to[-1] and str(address[1]) in to[-1]:
            to.append("http://10.0.0.1/")  # the tests' own server is the one closed address that is allowed
        with pytest.raises(FetchError):
            fetch(f"http://{address[0]}:{address[1]}/", policy=policy)
    assert len(hosts) > 1_000
    assert {pair for pair in tried if pair != address and closed(ip_address(pair[0]))} == set()


def test_a_name_that_changes_its_meaning_is_asked_once(spied) -> None:
    """DNS rebinding: an open address at the first look-up, a closed one at each further."""
    tried, _ = spied
    for inside in ("127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1") * 20:
        answers = [(OPEN,)]

        def rebinding(host, port, answers=answers, inside=inside):
            return answers.pop() if answers else (inside,)

        with pytest.raises(FetchError):
            fetch("http://changing.example/", policy=Policy(resolve=rebinding, within_s=60))
    assert set(tried) == {(OPEN, 80)}


def test_mixed_answers_use_the_open_addresses_only(spied) -> None:
    tried, _ = spied
    mixed = ("127.0.0.1", OPEN, "10.0.0.1", "fe80::1%1", "x")
    with pytest.raises(FetchError):
        fetch("http://mixed.example/", policy=Policy(resolve=lambda *_: mixed, within_s=60))
    assert tried == [(OPEN, 80)]


def test_an_answer_that_is_no_address_is_no_answer(spied) -> None:
    for answer in ((), ("x",), ("fe80::1%lo",)):
        with pytest.raises(FetchError):
            fetch("http://odd.example/", policy=Policy(resolve=lambda *_, answer=answer: answer, within_s=60))
    assert spied[0] == []


def test_whatever_python_calls_private_is_closed() -> None:
    """Our table against `ipaddress` (of this release): nothing that it calls private is open here."""
    rng = random.Random(5)
    for _ in range(20_000):
        address = ip_address(rng.choice((IPv4Address(rng.getrandbits(32)), IPv6Address(rng.getrandbits(128)))))
        if not address.is_global or address.is_multicast or address.is_reserved:
            assert closed(address), address
    for text in (OPEN, "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1"):
        assert not closed(ip_address(text))
    with pytest.raises(ForbiddenError):
        fetch("http://10.0.0.1/")


def test_a_redirect_may_stand_in_raw_utf8_and_hides_nothing_there() -> None:
    at, ports = target("https://news.example/a", frozenset()), frozenset({80, 443})
    raw = "/фото/снимок.jpg".encode().decode("latin-1")  # as http.client hands it over
    assert onward(at, raw, ports).path == "/%D1%84%D0%BE%D1%82%D0%BE/%D1%81%D0%BD%D0%B8%D0%BC%D0%BE%D0%BA.jpg"
    assert onward(at, "/caf\xe9", ports).path == "/caf%C3%A9"  # latin-1 itself
    for hidden in ("/\u202ex", "//10.0.0.1\u2028/", "/\u00a0x"):
        with pytest.raises(ForbiddenError):
            onward(at, hidden.encode().decode("latin-1"), ports)


def test_a_port_that_a_person_typed_is_open_at_that_host_alone() -> None:
    for typed, host in (
        ("https://News.example:8443/a", "news.example"),
        ("http://[2a00:1450::0001]:8443/", "[2a00:1450::1]"),
        ("https://93.184.216.34:8443/", "93.184.216.34"),
    ):
        ports = frozenset({80, 443}) | port_of(typed)
        at = target(typed, ports)
        assert at.port == 8443 and at.authority == f"{host}:8443"
        assert onward(at, "/b", ports).port == 8443 and onward(at, "https://other.example/b", ports).port == 443
        for elsewhere in ("https://other.example:8443/b", f"https://x.{host.strip('[]')}.example:8443/"):
            with pytest.raises(ForbiddenError):
                onward(at, elsewhere, ports)
    for none in ("https://news.example/", "http://[::1:8443/", "x:99999", "https://a:b@c:0x1/"):
        assert port_of(none) == frozenset()
