"""Comments below posts: another text than the post, mostly by somebody else, and a page of its own.

Most services write the comment into the query of the post's address (TikTok `share_comment_id` from its app and
`comment_id` from the web, Facebook `comment_id` and `reply_comment_id`, VK `reply`, Telegram `comment`, YouTube `lc`),
Instagram and Reddit into its path. On X, Threads, Bluesky and Mastodon an answer is a post with an address of its own.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs

TIKTOK, FACEBOOK, INSTAGRAM = "TikTok comment", "Facebook comment", "Instagram comment"
YOUTUBE, REDDIT, VK, TELEGRAM = "YouTube comment", "Reddit comment", "VK comment", "Telegram comment"
_NUMBER = re.compile(r"\d{1,25}", re.ASCII)
_IN_QUERY: dict[str, tuple[str, tuple[str, ...], re.Pattern[str]]] = {
    "tiktok.com": (TIKTOK, ("share_comment_id", "comment_id"), _NUMBER),
    # An answer to a comment names both.
    "facebook.com": (FACEBOOK, ("reply_comment_id", "comment_id"), _NUMBER),
    "vk.com": (VK, ("reply",), _NUMBER),
    "t.me": (TELEGRAM, ("comment",), _NUMBER),
    **dict.fromkeys(("youtube.com", "youtu.be"), (YOUTUBE, ("lc",), re.compile(r"[\w.-]{10,80}", re.ASCII))),
}
"""By host: what its comments are called here, the fields of the query that name one, and the form of what they say."""
_COUNTED_BELOW = {
    VK: re.compile(r"/(?P<post>wall-?\d{1,12}_\d{1,12})/?", re.ASCII),
    TELEGRAM: re.compile(r"/(?:s/)?(?P<post>[a-z]\w{3,31}/\d{1,10})/?", re.ASCII | re.IGNORECASE),
}
"""Services that number comments within a wall or a channel: the number says nothing without it."""
_IN_PATH: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        INSTAGRAM,
        "instagram.com",
        re.compile(r"/(?:[\w.]{1,30}/)?(?:p|reel|reels|tv)/[\w-]{10,40}/c/(?P<id>\d{5,25}(?:/r/\d{5,25})?)", re.ASCII),
    ),
    (
        REDDIT,
        "reddit.com",
        re.compile(
            r"/(?:r/\w{1,40}/|u(?:ser)?/[\w-]{1,40}/)?comments/[a-z0-9]{4,12}/[^/]*/(?P<id>[a-z0-9]{4,12})/?$", re.ASCII
        ),
    ),
    (VK, "vk.com", re.compile(r"/(?P<id>wall-?\d{1,12}_\d{1,12}_r\d{1,12})/?$", re.ASCII)),
)


def comment_of(host: str, path: str, query: str) -> str | None:
    """What names the comment that an address leads to, "TikTok comment 7361174121373582123"; None for no comment.

    `host`: as posts.one_host gives it. "" where the address leads to a comment and its name cannot be read.
    """
    for name, domain, form in _IN_PATH:
        if host == domain and (found := form.match(path)):
            return f"{name} {found['id'].replace('_r', ' ')}"
    known = next((one for domain, one in _IN_QUERY.items() if host == domain or host.endswith(f".{domain}")), None)
    if known is None:
        return None
    name, fields, shape = known
    asked = parse_qs(query.replace("&amp;", "&"))  # as it stands in the source of a page
    said = next((asked[field][0] for field in fields if field in asked), None)
    if said is None:
        return None
    said = _decoded(said) if name == FACEBOOK else said
    below = _COUNTED_BELOW[name].fullmatch(path) if name in _COUNTED_BELOW else None
    if not shape.fullmatch(said) or (name in _COUNTED_BELOW and below is None):
        return ""
    return f"{name} {below['post'].lower()} {said}" if below else f"{name} {said}"


def _decoded(said: str) -> str:
    """The number of a comment on Facebook, which is also written as POST_NUMBER, and as "comment:POST_NUMBER" in base
    64.
    """
    if re.fullmatch(r"\d{1,25}_\d{1,25}", said, re.ASCII):
        return said.partition("_")[2]
    try:
        plain = base64.b64decode(said + "=" * (-len(said) % 4), validate=True).decode("ascii")
    except ValueError:
        return said
    return plain.rpartition("_")[2] if plain.startswith("comment:") else said
