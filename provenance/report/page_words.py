"""What the page's templates call to speak: words in its language, and sentences with what is not ours set apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..model.text import visible
from .languages.isolate import isolated, turned
from .languages.patterns import replaced
from .languages.tongue import Tongue

if TYPE_CHECKING:
    from markupsafe import Markup

OUR_ROWS = {
    "limit": "",
    "method": "method",
    "transform": "how",
    "points": "row",
    "overlap": "row",
    "blocks": "row",
    "view": "row",
    "chance": "row",
    "distance": "row",
    "would have caught": "would",
    "would have missed": "would",
    "no variant planted": "",
    "against relying on it": "",
    "time taken": "row",
    "taken, by the caption": "row",
    "published": "row",
    "when": "row",
    "kind of copy": "value",
    "kind of limit": "value",
    "kind of lead": "value",
    "date known by": "basisof",
    "under test": "value",
    "denies it": "value",
    "speaks of": "about",
    "recorded in the case": "row",
    "alignment": "row",
    "source": "origin",
    "said by": "who",
    "where it stands": "stands in",
    "size": "custody",
    "clock": "custody",
    "place": "placed",
    "place by the caption": "placed",
    "answer": "verdict",
    "outcome": "outcome",
    "region": "region",
    "where the surest lies": "part",
    "seen, and allowed for": "allowed",
    "beside what was compared": "beside",
    "each shows what lies beyond the other": "value",
}
"""Labels of rows whose text is ours, each with the context in which the catalogues have it; other rows are values."""
OFTEN_VALUES = frozenset({"placed", "origin", "who", "stands in", "custody"})
"""Contexts of rows that may hold a value as well: where the catalogue has none, they are not marked as English."""


def word(tongue: Tongue) -> Callable[..., Markup]:
    """`_` of the templates: a text of the page in its language. Values are escaped like everything else; mark-up of our
    own macros stays.
    """
    from markupsafe import Markup, escape

    def _(text: str, context: str = "", *, plural: str = "", n: int | None = None, **values: object) -> Markup:
        shown = {name: escape(_harmless(value)) for name, value in values.items()}
        if n is not None:
            shown["n"] = escape(tongue.number(n))
        form = str(escape(visible(tongue.form(text, context, plural=plural, n=n)))).replace("&#39;", "'")
        return Markup(replaced(form, shown))  # noqa: S704 # both are escaped; attributes stand in double quotes

    return _


def ours(text: str) -> str | Markup:
    """A sentence of ours with right-to-left text of strangers in it set apart; an ordinary one is what it is."""
    if not turned(text):
        return text
    from markupsafe import Markup, escape

    return Markup(escape(isolated(visible(text))))  # noqa: S704 # escaped; mark-up, so that its isolates stay


def _harmless(value: object) -> object:
    return value if hasattr(value, "__html__") else visible(str(value))
