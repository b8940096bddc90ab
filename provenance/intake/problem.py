"""What is wrong with a file that people wrote, said in one form."""

from __future__ import annotations

from ..errors import StatementsError
from ..model.text import visible


def problem(file: str, line: int | None, text: str, remedy: str) -> StatementsError:
    """File, line where known, what was found; the remedy beside it."""
    where = f"{visible(file, limit=200)}, line {line}" if line else visible(file, limit=200)
    return StatementsError(f"{where}: {text}", remedy=remedy)
