"""A URL taken apart, strictly: what is not plainly an address on the web is refused, never repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from ..errors import ForbiddenError
from ..model.address import without_user
from ..model.text import quoted
from .address import IpAddress, host_of
from .exchange import Ports

PORTS = {"http": 80, "https": 443}
LONGEST_URL_CHARS = 8_000
"""RFC 9110, section 4.1 asks for 8000 octets at least; longer ones are met in attacks alone."""

# White space and control characters end or split a URL for one reader and not for the next; so does a backslash.
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u2060\ufeff\ud800-\udfff]")
_NETLOC = re.compile(r"(\[[^\[\]@]*\]|[^:\[\]@]*)(?::([0-9]{0,5}))?")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_KEPT = "!$&'()*+,/:;=?@~"  # what RFC 3986, section 3.4 lets stand in a query; urlsplit has ended the path at "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes."""

    scheme: str
    """http or https."""
    host: str | IpAddress
    port: int
    path: str
    """Path and query, percent-encoded, beginning with a slash: what stands in the request line."""

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them (RFC 9110, section 7.2)."""
        name = f"[{self.host}]" if isinstance(self.host, IPv6Address) else str(self.host)
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        """The URL, rebuilt from its parts."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target(url: str, ports: Ports) -> Target:
    """The URL's parts. Raises ForbiddenError for another scheme, a user's name in it, or a port not among `ports`."""
    if len(url) > LONGEST_URL_CHARS:
        raise ForbiddenError("the URL is too long", remedy=f"at most {LONGEST_URL_CHARS} characters are sent")
    if _NEVER.search(url):
        raise _refused(url, "holds white space, a backslash or an invisible character")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _refused(url, "is no URL") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.netloc:
        raise _refused(url, "is no address of the web; only http:// and https:// are asked")
    if "@" in parts.netloc:
        raise _refused(url, "holds a user's name, which may hide where it leads")
    found = _NETLOC.fullmatch(parts.netloc)
    if found is None:
        raise _refused(url, "is no URL")
    port, host = int(found[2] or PORTS[scheme]), host_of(found[1])
    if port not in {PORTS[scheme], *ports} and (str(host), port) not in ports:
        raise _refused(url, f"names port {port}, which is not one of the web")
    path, query = _encoded(parts.path or "/"), f"?{_encoded(parts.query)}" if parts.query else ""
    return Target(scheme=scheme, host=host, port=port, path=path + query)


def well_formed(url: str, ports: Ports) -> bool:
    """Whether an address can be asked by its form alone; where its host lies is known once it was looked up."""
    try:
        target(url, ports)
    except ForbiddenError:
        return False
    return True


def onward(at: Target, location: str, ports: Ports) -> Target:
    """Where a redirect leads. Raises ForbiddenError, also where it leaves TLS."""
    try:
        joined = urljoin(at.url, _as_meant(location))
    except ValueError:
        raise _refused(location, "is no URL") from None
    there = target(joined, ports)
    if at.scheme == "https" and there.scheme != "https":
        raise _refused(location, "leads from https to http")
    return there


def _as_meant(header: str) -> str:
    """A header as HTTP's library reads it, byte by byte (latin-1), with the letters of an address that a server wrote
    in UTF-8 without escaping them, as browsers read it; else as it is.
    """
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _encoded(text: str) -> str:
    """Path or query with everything escaped that must be, and what is escaped already left so (RFC 3986, 2.1)."""
    kept = [match.group().upper() for match in _ESCAPE.finditer(text)]
    others = [quote(piece, safe=_KEPT) for piece in _ESCAPE.split(text)]
    return "".join(part for pair in zip(others, [*kept, ""], strict=True) for part in pair)


def _refused(url: str, why: str) -> ForbiddenError:
    # What stands behind the question mark may be a key, and before the host a password.
    shown = quoted(without_user(url.partition("?")[0]), limit=120)
    return ForbiddenError(f"{shown} {why}", remedy="check the address by eye before asking it")


def port_of(url: str) -> Ports:
    """The port that a URL names, for its host alone: a person's own words decide, and no page's or server's.

    Empty when it names none.
    """
    try:
        parts = urlsplit(url)
        found, port = _NETLOC.fullmatch(parts.netloc), parts.port
        return frozenset() if found is None or port is None else frozenset({(str(host_of(found[1])), port)})
    except (ValueError, ForbiddenError):
        return frozenset()
