"""Whom this program can ask: address, pace and key of each service. None is asked unless the desk names it.

Paces: the operators' own rules where they state some (Nominatim: at most one request a second from all users of a
program together, OSMF usage policy; Overpass: few slots an address), and a second or two elsewhere, since archives shut
out for hours whoever asks faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service."""

    name: str
    says: str
    """What it is and what it is told, in a line for --help and docs."""
    bases: Mapping[str, str] = field(default_factory=dict)
    """Its addresses without a closing slash; "" is the one that is asked when a request names none."""
    interval_s: float = 1.0
    """At least so long between two requests, over all runs of this user on this machine."""
    key: str = ""
    """Name of the key that it wants; "" for none."""
    key_header: str = ""


SERVICES = (
    Service(
        name="wayback",
        says="Wayback Machine of the Internet Archive: captures of the picture's address, and of the page that claims",
        bases={"": "https://web.archive.org", "available": "https://archive.org"},
        interval_s=1.5,
    ),
    Service(
        name="memento",
        says="Memento aggregator: captures of the picture's address in other web archives",
        bases={"": "https://timetravel.mementoweb.org"},
        interval_s=1.5,
    ),
    Service(
        name="factcheck",
        says="Google Fact Check Tools: published fact checks, by the words of the claim and by the picture's address",
        bases={"": "https://factchecktools.googleapis.com"},
        key="google",
        key_header="X-Goog-Api-Key",
    ),
    Service(
        name="tineye",
        says="TinEye: copies that it has seen, by the picture's address or, with --send-picture, the picture itself",
        bases={"": "https://api.tineye.com", "image": "https://img.tineye.com"},
        key="tineye",
        key_header="X-API-Key",
    ),
    Service(
        name="vision",
        says="Google Vision web detection: pages with look-alikes, by address or, with --send-picture, the picture",
        bases={"": "https://vision.googleapis.com"},
        key="google",
        key_header="X-Goog-Api-Key",
    ),
    Service(
        name="oembed",
        says="The service that carries a post, of X, Bluesky and eight more: author, words and day, by its address",
        bases={
            "X": "https://publish.twitter.com",
            "Bluesky": "https://embed.bsky.app",
            "TikTok": "https://www.tiktok.com",
            "YouTube": "https://www.youtube.com",
            "Vimeo": "https://vimeo.com",
            "Flickr": "https://www.flickr.com",
            "Reddit": "https://www.reddit.com",
            "Tumblr": "https://www.tumblr.com",
            "Pinterest": "https://www.pinterest.com",
            "Dailymotion": "https://www.dailymotion.com",
        },
    ),
    Service(
        name="nominatim",
        says="OpenStreetMap Nominatim: what a claimed place's name can mean",
        bases={"": "https://nominatim.openstreetmap.org"},
        interval_s=1.2,
    ),
    Service(
        name="overpass",
        says="OpenStreetMap Overpass: what bears a name around a claimed position",
        bases={"": "https://overpass-api.de"},
        interval_s=5.0,
    ),
)
NAMES = tuple(service.name for service in SERVICES)
