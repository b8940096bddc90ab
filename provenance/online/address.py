"""Which addresses may be connected to, and what a host's name in a URL stands for, in every notation.

The tables are IANA's special-purpose registries (RFC 6890; read in 2026), not `ipaddress.is_global`, whose answer
differs between releases of Python. An IPv6 address that carries an IPv4 address in it (mapped, NAT64, 6to4, Teredo) is
refused whatever it carries: a server on the net has no need of one, and a gateway would lead it to a private network.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import idna

from ..errors import ForbiddenError
from ..model.text import quoted

IpAddress = IPv4Address | IPv6Address

CLOSED_V4 = tuple(
    (IPv4Network(network), words)
    for network, words in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        (
            "168.63.129.16/32",
            "a cloud's inner service",
        ),  # Azure's WireServer, a public number that only its guests reach
        ("169.254.0.0/16", "the local link, where clouds keep their keys"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documents only"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "a gateway between IPv6 and IPv4"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "for measurements only"),
        ("198.51.100.0/24", "for documents only"),
        ("203.0.113.0/24", "for documents only"),
        ("224.0.0.0/4", "a group of machines"),
        ("240.0.0.0/4", "reserved"),
    )
)
OPEN_V6 = IPv6Network("2000::/3")
"""The only range of IPv6 from which addresses are given to servers (IANA, IPv6 Global Unicast Address Assignments)."""
CLOSED_V6 = tuple(
    (IPv6Network(network), words)
    for network, words in (
        ("2001::/23", "reserved, Teredo among it"),
        ("2001:db8::/32", "for documents only"),
        ("2002::/16", "6to4, which carries an IPv4 address"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "for documents only"),
    )
)

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CANONICAL_V4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_LONGEST_NAME = 253  # RFC 1035, section 2.3.4, without the final dot


def closed(address: IpAddress) -> str:
    """Why the address is never connected to, in words; "" when it may be."""
    if isinstance(address, IPv4Address):
        return next((words for network, words in CLOSED_V4 if address in network), "")
    if address.scope_id is not None:
        return "bound to one link"
    if address not in OPEN_V6:
        return "this machine" if address in (IPv6Address("::1"), IPv6Address("::")) else "private or special"
    return next((words for network, words in CLOSED_V6 if address in network), "")


def host_of(text: str) -> str | IpAddress:
    """What stands for the host in a URL, as a name in ASCII and lower case, or as the address it is.

    A number is read in its usual form alone, four decimal parts: 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1
    to some programs (inet_aton), and nobody writes them in good faith. Raises ForbiddenError.
    """
    if text.startswith("[") and text.endswith("]"):
        try:
            return IPv6Address(text[1:-1])
        except ValueError:
            raise _no_host(text, "is no IPv6 address") from None
    name = _ascii(text).removesuffix(".")
    if not name or len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise _no_host(text, "is no name of a host")
    if not _NUMBER.fullmatch(name.rsplit(".", 1)[-1]):
        return name
    if not _CANONICAL_V4.fullmatch(name) or any(int(part) > 255 for part in name.split(".")):
        raise _no_host(text, "is a number, and no address in its usual form")
    return IPv4Address(name)


def _ascii(text: str) -> str:
    """The name with IDNA 2008 and the mapping of UTS 46, which also turns full-width digits into digits."""
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise _no_host(text, "is no name of a host") from None


def _no_host(text: str, why: str) -> ForbiddenError:
    return ForbiddenError(
        f"{quoted(text, limit=80)} {why}", remedy="write the host as its name, as a browser's address line shows it"
    )
