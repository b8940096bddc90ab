"""What `refs` prints: pictures one a line, everything else as indented lines, or JSON."""

from __future__ import annotations

from typing import Any

from ..model.text import counted, visible
from .terminal import print_form

_OF_PICTURES = ("removed", "renewed", "left_as_they_were")


def tell(answer: Any, *, as_json: bool) -> None:
    """Print an answer of the verb: indented lines, or the machine form."""
    from ..model.canonical import plain

    if as_json:
        print_form(answer)
    else:
        for line in _lines(plain(answer), 0):
            print(line)


def _lines(form: Any, depth: int) -> list[str]:
    """A value as indented lines; a picture of a list as one line."""
    pad = "  " * depth
    if isinstance(form, list):
        return [line for item in form for line in _item(item, depth)] or [f"{pad}(none)"]
    if isinstance(form, dict):
        lines: list[str] = []
        for key, value in form.items():
            if isinstance(value, dict | list):
                lines += [f"{pad}{key}:", *_lines(value, depth + 1)]
            else:
                told = counted(value, "picture") if key in _OF_PICTURES else visible(str(value))
                lines.append(f"{pad}{key.replace('_', ' ') if key in _OF_PICTURES else key}: {told}")
        return lines
    return [f"{pad}{visible(str(form))}"]


def _item(item: Any, depth: int) -> list[str]:
    if isinstance(item, dict) and "checks" in item and depth == 0:
        told = "; ".join(
            f"{one['at']} {one.get('overall', '')}, {one.get('report', 'no report')}" for one in item["checks"]
        )
        return [f"{item['image_id'][:12]}  {visible(item.get('name', ''))}  {visible(told)}"]
    if isinstance(item, dict) and "reference" in item and depth == 0:
        reference = item["reference"]
        size = f"{reference.get('width_px', 0)}x{reference.get('height_px', 0)}"
        records = item.get("records", [])
        first = records[0] if records else {}
        words = " ".join(str(first.get(key, "")) for key in ("published", "publisher") if first.get(key))
        noun = "record" if len(records) == 1 else "records"
        name = reference.get("name") or reference.get("path", "").rpartition("/")[2]
        return [
            f"{reference['image_id'][:12]}  {size:>11}  {len(records)} {noun}  {visible(f'{name}  {words}'.rstrip())}"
        ]
    lines = _lines(item, depth + 1)
    return ["  " * depth + "- " + lines[0].lstrip(), *lines[1:]]
