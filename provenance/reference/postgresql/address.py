"""Where a set on a server is: what the driver is told, and what a sentence may tell."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from ...errors import ReferenceSetError
from ...model.text import visible

HOW_TO_NAME = (
    "write postgresql://USER@HOST/DATABASE, with / and @ in a name as %2F and %40; the password goes into ~/.pgpass"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A set's URL taken apart. `repr` and `str` never hold the password, nor anything else behind a question mark."""

    shown: str
    """User, host, port and database alone."""
    secrets: tuple[str, ...]
    """What must not stand in a message of the driver's."""
    url: str

    def __repr__(self) -> str:
        return f"Address({self.shown})"

    def without_secrets(self, text: str) -> str:
        """A message of the driver or the server as it may be shown."""
        for secret in self.secrets:
            text = text.replace(secret, "...")
        return text


def parsed(url: str) -> Address:
    """Take a URL apart (https://www.postgresql.org/docs/current/libpq-connect.html, 34.1.1.2).

    Raises ReferenceSetError. No message repeats the URL: because of a sign in the password that was not written as %..,
    any part of it may be the password.
    """
    try:
        parts = urlsplit(url)
        authority, query = parts.netloc, _query(parts.query)
        login, _, hosts = authority.rpartition("@")
        user, _, password = login.partition(":")
        database = unquote(parts.path.removeprefix("/"))
    except ValueError:
        raise ReferenceSetError("that is no URL of a PostgreSQL database", remedy=HOW_TO_NAME) from None
    ports = [host.rpartition("]")[2].partition(":")[2] for host in hosts.split(",")]
    whole = all(not port or port.isdecimal() for port in ports)
    if parts.fragment or "@" in database or not whole or not (database or query.get("dbname")):
        raise ReferenceSetError("the URL names no PostgreSQL database", remedy=HOW_TO_NAME)
    named = quote(query.get("user", unquote(user)), safe="")
    place = "&".join(f"{key}={quote(query[key], safe='/.,:')}" for key in ("host", "port") if key in query)
    shown = f"postgresql://{named}{'@' if named else ''}{hosts}/{quote(query.get('dbname', database), safe='')}"
    shown += f"?{place}" if place else ""
    asked = [part.partition("=")[2] for part in parts.query.split("&") if "pass" in unquote(part.partition("=")[0])]
    written = {one for text in (password, *asked) for one in (text, unquote(text)) if one}
    secrets = tuple(sorted(written, key=len, reverse=True))
    return Address(shown=visible(shown), secrets=secrets, url=_for_the_driver(url))


def _query(text: str) -> dict[str, str]:
    """The words behind the question mark, as libpq reads them: + is no space."""
    pairs = (part.partition("=") for part in text.split("&") if part)
    return {unquote(key): unquote(value) for key, _, value in pairs}


def _for_the_driver(url: str) -> str:
    return "postgresql://" + url.partition("://")[2]
