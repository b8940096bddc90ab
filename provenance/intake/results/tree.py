"""A page as the nesting of its elements, with the links, pictures and words of each in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model.limits import RESULTS_DEPTH, RESULTS_TOKENS
from .engines import outward
from .markup import Closing, Opening, tokens

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_PICTURE = re.compile(r"url\(\s*[\"']?([^\"')]{1,4000000})")
_MANY = "\n"
"""Stands for links to more than one address; no address holds a line feed."""


@dataclass(slots=True)
class Tree:
    """Elements by number in the order of their start tags; number 0 is the page."""

    parents: list[int] = field(default_factory=lambda: [-1])
    starts: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 0)])
    """How many words, pictures and links stand before each element."""
    ends: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 0)])
    words: list[str] = field(default_factory=list)
    pictures: list[tuple[str, ...]] = field(default_factory=list)
    """Of each picture the references that it may be had by, the shown one first."""
    links: list[tuple[int, str, str]] = field(default_factory=list)
    """Element, address, and what its attributes say in words."""
    cut: bool = False
    """Whether the page has more tags than are read."""

    @property
    def _here(self) -> tuple[int, int, int]:
        return len(self.words), len(self.pictures), len(self.links)

    def open(self, parent: int) -> int:
        """A new element inside another."""
        self.parents.append(parent)
        self.starts.append(self._here)
        self.ends.append(self._here)
        return len(self.parents) - 1

    def close(self, element: int) -> None:
        """What comes now is behind the element."""
        self.ends[element] = self._here

    def words_of(self, element: int, most: int) -> str:
        """The words in an element, white space folded, at most `most` characters."""
        found: list[str] = []
        length = 0
        for index in range(self.starts[element][0], self.ends[element][0]):
            found.append(self.words[index][:most])
            length += len(found[-1]) + 1
            if length > most:
                break
        return " ".join(found)[:most]

    def pictures_in(self, element: int) -> range:
        """Which of the pictures stand in an element."""
        return range(self.starts[element][1], self.ends[element][1])

    def links_in(self, element: int) -> int:
        """How many links stand in an element."""
        return self.ends[element][2] - self.starts[element][2]

    def up(self, element: int) -> Iterator[int]:
        """The element and those around it, without the page itself."""
        while element > 0:
            yield element
            element = self.parents[element]

    def only(self) -> list[str]:
        """For each element the one address that its links lead to; "" for none, a line feed for several."""
        found = [""] * len(self.parents)
        for element, address, _ in self.links:
            found[element] = address if found[element] in ("", address) else _MANY
        for element in range(len(found) - 1, 0, -1):
            above = self.parents[element]
            if found[element] and found[above] != found[element]:
                found[above] = _MANY if found[above] else found[element]
        return found


def tree_of(page: str, at: str) -> Tree:
    """Read a page. `at`: its address. Elements nested deeper than RESULTS_DEPTH are taken for the deepest. Linear."""
    tree = Tree()
    open_now: list[tuple[str, int]] = [("", 0)]
    for number, token in enumerate(tokens(page)):
        if number >= RESULTS_TOKENS:
            tree.cut = True
            break
        if isinstance(token, str):
            if folded := " ".join(token.split()):
                tree.words.append(folded)
        elif isinstance(token, Opening):
            _opened(tree, open_now, token, at)
        else:
            _closed(tree, open_now, token)
    for _, element in open_now:
        tree.close(element)
    return tree


def _opened(tree: Tree, open_now: list[tuple[str, int]], token: Opening, at: str) -> None:
    element = tree.open(open_now[-1][1])
    told = token.attributes
    if named := _pictures(token):
        tree.pictures.append(named)
    if token.name in ("a", "area") and (address := outward(told, at)):
        said = told.get("aria-label") or told.get("title") or ""
        tree.links.append((element, address, " ".join(said.split())))
    tree.close(element)
    if token.name not in _VOID and len(open_now) < RESULTS_DEPTH:
        open_now.append((token.name, element))


def _closed(tree: Tree, open_now: list[tuple[str, int]], token: Closing) -> None:
    """The innermost open element of that name ends, and with it those inside; a stray end tag ends nothing."""
    at = next((index for index in range(len(open_now) - 1, 0, -1) if open_now[index][0] == token.name), 0)
    if at:
        for _, element in open_now[at:]:
            tree.close(element)
        del open_now[at:]


def _pictures(token: Opening) -> tuple[str, ...]:
    """How the picture of a tag may be had: what it shows, and what a script would have put there."""
    told = token.attributes
    if token.name == "img":
        named = [told.get(key, "").strip() for key in ("src", "data-src", "data-iurl")]
        named += [told.get("srcset", "").split(" ")[0].strip(",")]
    else:
        shown = _PICTURE.search(told.get("style", ""))
        named = [shown[1].strip()] if shown else []
    return tuple(dict.fromkeys(one for one in named if one))
