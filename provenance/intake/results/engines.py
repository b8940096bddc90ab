"""Search engines: which one a page is of, which links lead back to it, and what its links lead on to.

No layout is known here, only hosts, and the parameters in which engines write the address of a hit into a link of their
own: `url`, `imgrefurl`, `mediaurl` and the like, as seen in their pages in 2026 or before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urljoin, urlsplit

from ...model import address as addresses

ENGINES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:^|\.)(?:{hosts})$"))
    for name, hosts in (
        ("Google Lens", r"google\.[a-z.]{2,6}|gstatic\.com|googleusercontent\.com|google"),
        ("Yandex Images", r"yandex\.[a-z.]{2,6}|ya\.ru|yastatic\.net|yandex\.net"),
        ("Bing", r"bing\.com|bing\.net|live\.com|microsoft\.com"),
        ("TinEye", r"tineye\.com"),
    )
)
_LEADS_ON = ("imgrefurl", "rurl", "purl", "url", "q", "u", "imgurl", "mediaurl", "img_url", "murl")
"""The page of a hit before its picture."""
_OF_PAGE = ("purl", "pageUrl", "hostPageUrl")
_MOST_CHARS = 8_000
_SECOND_LEVEL = frozenset({"ac", "co", "com", "go", "gov", "ne", "net", "or", "org"})
"""Below which many countries register names: what ends in "co.uk" alike is no one site."""


def engine_of(address: str) -> str:
    """The engine whose page has this address; else its host; "" where there is none."""
    host = host_of(address)
    return next((name for name, hosts in ENGINES if hosts.search(host)), host)


def host_of(address: str) -> str:
    """Host of an address of the web, in lower case; "" for what is none, and for one that holds what nobody can see.

    A page may write half a character (a lone surrogate), a NUL or a line feed into one.
    """
    if not address.isprintable() or not address.lower().startswith(("http://", "https://")):
        return ""
    return addresses.host_of(address[:_MOST_CHARS]).rstrip(".")


def outward(attributes: Mapping[str, str], at: str) -> str:
    """Where a link leads outside of any engine; "" where it stays inside. `at`: the page's own address."""
    for name in ("m", "data-m"):  # Bing writes what a link means beside it, as JSON
        if attributes.get(name, "").startswith("{") and (page := _told(attributes[name], at)):
            return page
    try:
        whole = urljoin(at, attributes.get("href", "")[:_MOST_CHARS].strip())
    except ValueError:
        return ""
    if host_of(whole) and not _inside(whole, at):
        return whole.partition("#")[0]
    try:
        named = parse_qs(urlsplit(whole).query, max_num_fields=100)
    except ValueError:
        return ""
    return next((one for key in _LEADS_ON for one in named.get(key, ()) if host_of(one) and not _inside(one, at)), "")


def _told(text: str, at: str) -> str:
    try:
        said = json.loads(text[:_MOST_CHARS])
    except (ValueError, RecursionError):
        return ""
    named = [said.get(key) for key in _OF_PAGE] if isinstance(said, dict) else []
    return next((one for one in named if isinstance(one, str) and host_of(one) and not _inside(one, at)), "")


def _inside(address: str, at: str) -> bool:
    """Whether an address is one of an engine, or of the site that the page itself is of."""
    host, own = host_of(address), host_of(at)
    if not host:
        return False
    labels = own.split(".")
    site = ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2:])
    of_site = bool(own) and (host == site or host.endswith(f".{site}"))
    return of_site or any(hosts.search(host) for _, hosts in ENGINES)
