"""Addresses at which one and the same post stands: a service's hosts and the forms in which it writes its paths.

Any host can write a path that looks like another's, so the host decides: x.com and what ends in ".x.com", never
my-x.com or x.com.evil.org. What a post is known by stands in its address; nobody is asked, and a shortened address
(vm.tiktok.com, fb.watch), which says nothing of where it leads, stays itself. A comment below a post is another text
(comments.py): its address names the comment, and no post.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from .comments import comment_of

NUMBER = r"(?P<id>\d{15,20})(?!\d)"
"""Of a post whose number holds its time."""
X, TIKTOK, INSTAGRAM = "X post", "TikTok post", "Instagram post"
POSTS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    X: (
        ("x.com", "twitter.com"),
        re.compile(rf"/(?:i/web|\w{{1,40}})/status(?:es)?/{NUMBER}", re.ASCII | re.IGNORECASE),
    ),
    TIKTOK: (("tiktok.com",), re.compile(rf"/(?:@[\w.-]{{1,60}}/)?(?:video|photo)/{NUMBER}", re.ASCII)),
    INSTAGRAM: (
        ("instagram.com",),
        re.compile(r"/(?:[\w.]{1,30}/)?(?:p|reel|reels|tv)/(?P<id>[\w-]{10,40})(?![\w-]|/c/\d)", re.ASCII),
    ),
}
"""Services whose posts are known by their id alone, whatever else the path and the query say."""
_VIDEO = r"(?!videoseries|live_stream)(?P<id>[\w-]{11})(?![\w-])"
YOUTUBE, REDDIT, VK, TELEGRAM = "YouTube video", "Reddit post", "VK post", "Telegram post"
THREADS = "Threads post"
# What stands in the place of a post's id, and is a page of the service or an order to its program.
_NO_POSTS = (
    "about|best|chat|comments|controversial|gallery|help|link|live|login|media|message|poll|premium|prefs|register|rising|"
    "search|settings|submit|subreddits|top|topics|user|users|video|wiki"
)
_NO_CHANNELS = (
    "addemoji|addlist|addstickers|addtheme|boost|confirmphone|contact|giftcode|invoice|joinchat|login|message|"
    "proxy|setlanguage|share|socks"
)
_OF_ONE_HOST: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (YOUTUBE, "youtube.com", re.compile(rf"/(?:(?:shorts|live|embed|v)/|watch\?v=){_VIDEO}", re.ASCII)),
    (YOUTUBE, "youtu.be", re.compile(rf"/{_VIDEO}", re.ASCII)),
    (THREADS, "threads.com", re.compile(r"/(?:@[\w.]{1,30}/post|t)/(?P<id>[\w-]{10,40})(?![\w-])", re.ASCII)),
    (
        REDDIT,
        "reddit.com",
        re.compile(
            r"/(?:(?:r/\w{1,40}/|u(?:ser)?/[\w-]{1,40}/)?comments|gallery)/(?P<id>[a-z0-9]{4,12})(?:/[^/?]*)?/?(?:\?|$)",
            re.ASCII,
        ),
    ),
    (REDDIT, "redd.it", re.compile(rf"/(?!(?:{_NO_POSTS})\b)(?P<id>[a-z0-9]{{4,12}})/?(?:\?|$)", re.ASCII)),
    (VK, "vk.com", re.compile(r"/(?P<id>wall-?\d{1,12}_\d{1,12})/?(?:$|\?(?!.*\b[wz]=))", re.ASCII)),
    (
        TELEGRAM,
        "t.me",
        re.compile(
            rf"/(?:s/)?(?!(?:{_NO_CHANNELS})/)(?P<id>[a-z]\w{{3,31}}/\d{{1,10}})/?(?:$|\?)",
            re.ASCII | re.IGNORECASE,
        ),
    ),
)
_CASE_TELLS = frozenset({INSTAGRAM, YOUTUBE, THREADS})
"""Services that give two posts ids that differ in case alone."""
_ONE_HOST = {
    **dict.fromkeys(("twitter.com", "mobile.twitter.com", "m.twitter.com", "mobile.x.com"), "x.com"),
    **dict.fromkeys((f"{name}.facebook.com" for name in ("m", "mbasic", "touch", "web")), "facebook.com"),
    **dict.fromkeys((f"{name}.reddit.com" for name in ("old", "new", "np", "m", "i", "amp", "sh")), "reddit.com"),
    **dict.fromkeys(("m.vk.com", "vk.ru", "m.vk.ru", "vkontakte.ru"), "vk.com"),
    **dict.fromkeys(("m.ok.ru", "odnoklassniki.ru", "m.odnoklassniki.ru"), "ok.ru"),
    **dict.fromkeys(("telegram.me", "telegram.dog"), "t.me"),
    **dict.fromkeys(("m.youtube.com", "youtube-nocookie.com"), "youtube.com"),
    **dict.fromkeys(("m.tiktok.com",), "tiktok.com"),
    **dict.fromkeys(("threads.net",), "threads.com"),
}
"""Hosts that show the same page below the same path, without "www."."""


def one_host(host: str) -> str:
    """The host that stands for those at which the same pages are shown, without "www." and a last dot."""
    host = host.rstrip(".").removeprefix("www.")
    return _ONE_HOST.get(host, host)


def post_of(host: str, path: str, query: str) -> str:
    """What names a post, or a comment below one, whatever address leads to it, "X post 1790000000000000000"; "" for no
    known form of either.
    """
    host, shown_at = host.rstrip("."), one_host(host)
    comment = comment_of(shown_at, path, query)
    if comment is not None:
        return comment
    if shown_at == "youtube.com" and path.rstrip("/") == "/watch":
        path, query = f"/watch?v={parse_qs(query).get('v', [''])[0]}", ""
    asked = f"{path}?{query}" if query else path
    forms = [(name, form) for name, (domains, form) in POSTS.items() if is_of(host, domains)]
    forms += [(name, form) for name, domain, form in _OF_ONE_HOST if domain == shown_at]
    for name, form in forms:
        if found := form.match(asked):
            return f"{name} {found['id'] if name in _CASE_TELLS else found['id'].lower()}"
    return ""


def is_of(host: str, domains: tuple[str, ...]) -> bool:
    """Whether a host is one of these domains or lies inside one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
