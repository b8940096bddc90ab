"""What an address shows of who may open it: never a name or a password."""

from pathlib import Path

import pytest

from provenance.errors import ForbiddenError, UsageError
from provenance.intake.claims import claim_from_flags, read_claims
from provenance.intake.records import read_records
from provenance.model.address import without_user
from provenance.model.limits import Limits
from provenance.online.target import target

SECRETS = (
    ("https://user:hunter2@example.org/a?b=c#d", "https://***@example.org/a?b=c#d"),
    ("see HTTPS://hunter2@example.org, and more", "see HTTPS://***@example.org, and more"),
    ("https://user:hun@ter2@example.org/", "https://***@example.org/"),
    ("https://user:hun/ter2@example.org/a", "https://***@example.org/a"),  # a browser would ask another host
    ("http:/user:hunter2@example.org", "http:/***@example.org"),
    ("http:\\\\user:hunter2@example.org", "http:\\\\***@example.org"),
    ("https://[::1]@hunter2@example.org", "https://***@example.org"),
    ("mysql://desk:hunter2@server:3306/db", "mysql://***@server:3306/db"),
    ("https:user:hunter2@example.org/a", "https:***@example.org/a"),  # as a browser takes it
    (r"https:\/\/user:hunter2@example.org\/a", r"https:\/\/***@example.org\/a"),  # as JSON may write it
    ("//user:hunter2@example.org/a", "//***@example.org/a"),  # as a redirect may
    ("https://x.org/?u=https%3A%2F%2Fuser%3Ahunter2%40y.org%2Fa", "https://x.org/?u=https%3A%2F%2F***%40y.org%2Fa"),
    ("https://x.org/?u=https%3a//user%3Ahunter2@y.org/a", "https://x.org/?u=https%3a//***@y.org/a"),
    ("//x.org?u=http%253A%252F%252Fuser%253Ahunter2%2540y.org", "//x.org?u=http%253A%252F%252F***%2540y.org"),
    ("postgresql://desk@server/refs?password=hunter2&a=b", "postgresql://desk@server/refs?password=***&a=b"),
    ("https://a:hunter2@x.org and https://b:hunter2@y.org", "https://***@x.org and https://***@y.org"),
)
PLAIN = (
    "https://mastodon.social/@desk/109252111498807689",
    "https://example.org:8080/a@b",
    "https://example.org/?u=a@b",
    "https://[2001:db8::1]:443/a@b",
    "https://x.org/?u=https%3A%2F%2Fmastodon.social%2F%40desk%2F1",
    "https://x.org/?u=https%3A%2F%2Fy.org%3Fmail%3Ddesk%40z.org",
    "https%3A%2F%2Fy.org&mail=desk%40z.org",
    "//x.org/desk:a@b",
    "one // two: desk@x.org",
    "file:///home/desk:a@b",
    "postgresql://desk@server:5432/refs",
    "write to desk@example.org",
    "Krasnoyarsk@56.01,92.85",
)


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_a_name_and_a_password_are_hidden(text: str, shown: str) -> None:
    assert without_user(text) == shown
    assert "hunter2" not in str(UsageError(text, remedy=text)) + UsageError(text, remedy=text).remedy


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_user_stays(text: str) -> None:
    assert without_user(text) == text


def test_a_long_text_of_beginnings_takes_no_time() -> None:
    for beginning in ("https://a:", "https%3A%2F%2Fa", "//a:", "postgres://", "%25252525", "https%3A"):
        text = beginning * 20_000 + "@"
        assert without_user(text).endswith("@")


def test_a_refused_address_does_not_show_them_even_where_it_is_cut() -> None:
    for url in ("https://user:hunter2@example.org/", f"https://{'u' * 60}:hunter2{'x' * 300}@example.org/"):
        with pytest.raises(ForbiddenError) as caught:
            target(url, frozenset())
        assert "hunter2" not in str(caught.value) and "holds a user's name" in str(caught.value)


def test_what_is_taken_down_has_none(tmp_path: Path) -> None:
    claim = claim_from_flags(text="x", url="https://user:hunter2@example.org/a")
    assert claim.source.url == claim.source.origin == "https://***@example.org/a"
    file = tmp_path / "claims.yaml"
    file.write_text(
        "claims:\n  - text: x\n    url: https://user:hunter2@example.org/a\n"
        "  - text: y\n    origin: https://user:hunter2@example.org/a\n"
    )
    assert "hunter2" not in repr(read_claims(file, Limits()))
    file = tmp_path / "records.csv"
    file.write_text("file,source_url,origin\na.jpg" + 2 * ",https://user:hunter2@example.org/a" + "\n")
    record = read_records(file, Limits())["a.jpg"][0]
    assert record.source_url == record.origin == "https://***@example.org/a"
