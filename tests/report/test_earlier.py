"""When an earlier check was made, as a desk says it: of reports that a stranger may have written, too."""

from types import SimpleNamespace

import pytest

from provenance.report.earlier import when


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2024-11-14T20:02:00Z", "14 Nov 2024 20:02 UTC"),
        ("2024-11-15T03:02:00+07:00", "14 Nov 2024 20:02 UTC"),
        ("2024-11-14T20:02:00", "2024-11-14T20:02:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_any_time_is_said(at: str, said: str) -> None:
    assert when(SimpleNamespace(past=SimpleNamespace(at=at))) == said  # type: ignore[arg-type]
