"""Addresses of posts: whose they are, by the host alone, and the number of the post in their path.

Any host can write a path that looks like another's, so the host decides: x.com and what ends in ".x.com", never
my-x.com or x.com.evil.org. Mastodon runs anywhere; only hosts that are known to run it number for certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ..model.comments import comment_of
from ..model.posts import INSTAGRAM, NUMBER, POSTS, TIKTOK, X, is_of, one_host
from . import post_ids

MASTODON_HOSTS = frozenset(
    {
        "chaos.social", "fosstodon.org", "hachyderm.io", "infosec.exchange", "ioc.exchange", "journa.host",
        "kolektiva.social", "mas.to", "mastodon.art", "mastodon.cloud", "mastodon.gamedev.place", "mastodon.ie",
        "mastodon.nl", "mastodon.nu", "mastodon.online", "mastodon.scot", "mastodon.social", "mastodon.uno",
        "mastodon.world", "mastodonapp.uk", "mathstodon.xyz", "mstdn.ca", "mstdn.jp", "mstdn.party", "mstdn.social",
        "newsie.social", "pawoo.net", "piaille.fr", "scholar.social", "sfba.social", "social.vivaldi.net",
        "techhub.social", "toot.community", "troet.cafe", "universeodon.com",
    }
)  # fmt: skip
"""Large public instances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPost:
    """A post with the number its service gave it."""

    scheme: str
    path: str
    """The part of the address that names it, verbatim."""
    number: str
    numbering: Callable[[str], datetime | None]
    sure: bool

    def moment(self) -> datetime | None:
        """The time in the number, UTC; None where no number of the service can be this one."""
        return self.numbering(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Host in lower case, "" where there is none, and the path behind it."""

    host: str
    path: str
    query: str = ""

    def is_of(self, *domains: str) -> bool:
        """Whether the host is one of these domains or lies inside one."""
        return is_of(self.host, domains)

    def post(self) -> NumberedPost | None:
        """The post it leads to, where the path has the form of its service, and no comment is named."""
        if comment_of(one_host(self.host), self.path, self.query) is not None:
            return None
        for scheme, domains, pattern, numbering in _SERVICES:
            if self.is_of(*domains):
                return self._matched(scheme, pattern, numbering, sure=True)
        return self._matched(
            "Mastodon post", _MASTODON, post_ids.numbered(post_ids.MASTODON), sure=self.is_of(*MASTODON_HOSTS)
        )

    def _matched(
        self, scheme: str, pattern: re.Pattern[str], numbering: Callable[[str], datetime | None], *, sure: bool
    ) -> NumberedPost | None:
        match = pattern.match(self.path) if self.host else None
        if match is None:
            return None
        return NumberedPost(scheme=scheme, path=match[0], number=match["id"], numbering=numbering, sure=sure)


def address_of(text: str) -> Address:
    """Take an address apart; without a scheme the host stands first. What is no address has no host. Never raises."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = parts.hostname or ""
    except ValueError:
        return Address(host="", path="")
    # Browsers take a backslash for a slash, so that the host before it is the one asked.
    if "\\" in parts.netloc or parts.scheme not in ("", "http", "https"):
        return Address(host="", path="")
    path = parts.fragment[1:] if parts.path in ("", "/") and parts.fragment.startswith("!/") else parts.path
    return Address(host=host.rstrip("."), path=path, query=parts.query)


_MASTODON = re.compile(
    rf"/(?:(?:web/)?@[\w.-]{{1,80}}(?:@[\w.-]{{1,80}})?|users/\w{{1,40}}/statuses|web/statuses)/{NUMBER}(?:/|$)",
    re.ASCII,
)
_SERVICES: tuple[tuple[str, tuple[str, ...], re.Pattern[str], Callable[[str], datetime | None]], ...] = (
    (X, *POSTS[X], post_ids.numbered(post_ids.X)),
    (
        "Discord message or file",
        ("discord.com", "discordapp.com", "discordapp.net"),
        re.compile(rf"/(?:channels|attachments)/(?:\d{{15,20}}/|@me/){{1,2}}{NUMBER}", re.ASCII),
        post_ids.numbered(post_ids.DISCORD),
    ),
    (TIKTOK, *POSTS[TIKTOK], post_ids.numbered(post_ids.TIKTOK)),
    (INSTAGRAM, *POSTS[INSTAGRAM], post_ids.instagram_code),
)
