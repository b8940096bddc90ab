"""RDF/XML as XMP allows it (ISO 16684-1:2019, section 7), read element by element into paths and values.

No tree is built: each open element is one frame, each value leaves at once. Paths are those of XMP: "dc:subject[2]",
"xmpMM:History[1]/stEvt:action"; a qualifier is "dc:source/?ns:name".
"""

from __future__ import annotations

from enum import Enum

from ...model.limits import Limits
from .namespaces import META, PREFIXES, RDF, XML
from .placing import VALUE, Property, apart, arranged, default_first

_RDF, _XML = f"{RDF}}}", f"{XML}}}"
_ROOT, _DESCRIPTION = f"{_RDF}RDF", f"{_RDF}Description"
_ALT = f"{_RDF}Alt"
_CONTAINERS = frozenset({f"{_RDF}Bag", f"{_RDF}Seq", _ALT})
_TOOLKIT = frozenset({f"{META}}}xmptk", f"{META}}}xaptk"})
_VALUED = f"{_RDF}value"
_LANGUAGE, _PARSE_TYPE, _RESOURCE = f"{_XML}lang", f"{_RDF}parseType", f"{_RDF}resource"
_NODE_ID = f"{_RDF}nodeID"
_NAME_CHARS, _PREFIX_CHARS = 120, 40
_MOST_PREFIXES = 1_000


class RefusedError(Exception):
    """A packet costs more than the limits allow; the message is a sentence."""


class _Within(Enum):
    """What the children of an open element are."""

    OUTSIDE = 0
    NODES = 1
    FIELDS = 2  # of rdf:Description, or of a property with parseType="Resource"
    VALUE = 3  # of a property: text, a node or a container
    ITEMS = 4


class _Frame:
    __slots__ = ("first", "items", "language", "leaf", "notes", "path", "within")

    def __init__(self, within: _Within, path: str, notes: tuple[str, ...] = ()) -> None:
        self.within, self.path, self.notes = within, path, notes
        self.items = 0
        self.first = -1
        self.language = ""
        self.leaf = within is _Within.VALUE


class Reader:
    """Takes the events of an XML parser that writes names as "URI}name"."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[Property] = []
        self._stack = [_Frame(_Within.OUTSIDE, "")]
        self._text: list[str] = []
        self._chars = 0
        self._depth, self._elements = limits.xml_depth, limits.xml_elements
        self._properties, self._text_chars = limits.xmp_values, limits.text_chars
        self._names: dict[str, tuple[str, bool]] = {}
        self._prefixes: dict[str, str] = {}
        self._references: dict[str, str] = {}

    def binds(self, prefix: str | None, uri: str | None) -> None:
        """The packet binds a prefix to a namespace; the first one counts for a namespace that is not well known."""
        if uri and uri not in PREFIXES and len(self._prefixes) < _MOST_PREFIXES:
            self._prefixes.setdefault(uri, prefix or "")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises RefusedError for one too deep, or too many."""
        self._elements -= 1
        if len(self._stack) > self._depth:
            raise RefusedError(f"The XMP packet nests elements more than {self._depth} deep; what follows was refused.")
        if self._elements < 0:
            raise RefusedError("The XMP packet holds too many elements; what follows was refused.")
        parent = self._stack[-1]
        parent.leaf = False
        if self._text:
            self._text.clear()
        self._chars = 0
        self._stack.append(self._opened(parent, name, attributes))

    def data(self, text: str) -> None:
        """Characters within the open element; past the limit they are counted only."""
        if self._chars <= self._text_chars:
            self._text.append(text)
        self._chars += len(text)

    def end(self, _name: str) -> None:
        """The open element ends."""
        frame = self._stack.pop()
        if frame.leaf and self._text and (text := "".join(self._text)).strip():
            self._add(frame.path, text, frame.language, frame.notes)
        self._text.clear()
        self._chars = 0
        if frame.first >= 0:
            self.found[frame.first :] = default_first(self.found[frame.first :], frame.path)

    def properties(self) -> tuple[Property, ...]:
        """What was found so far, every value at its place."""
        return arranged(self.found, self._references)

    def _opened(self, parent: _Frame, name: str, attributes: dict[str, str]) -> _Frame:
        within = parent.within
        if name == _ROOT or within is _Within.OUTSIDE:
            return self._outside(name, attributes)
        if within is _Within.NODES:
            return self._top(name, attributes)
        if within is _Within.FIELDS:
            return self._property(self._below(parent, name), attributes)
        if within is _Within.ITEMS:
            parent.items += 1
            frame = _Frame(_Within.VALUE, f"{parent.path}[{parent.items}]", parent.notes)
            return self._property(frame, attributes) if name != _DESCRIPTION else self._node(frame.path, attributes, ())
        if name in _CONTAINERS:
            frame = self._container(parent, attributes)
            frame.first = len(self.found) if name == _ALT else -1
            return frame
        if name == _DESCRIPTION:
            return self._node(parent.path, attributes, parent.notes)
        return self._property(self._below(parent, name), attributes)

    def _outside(self, name: str, attributes: dict[str, str]) -> _Frame:
        if name == _ROOT:
            return _Frame(_Within.NODES, "")
        if name == _DESCRIPTION:
            return self._node("", attributes, ())
        uri = name.rpartition("}")[0]
        if uri in PREFIXES and uri not in (RDF, META):
            return self._property(self._below(_Frame(_Within.FIELDS, ""), name), attributes)  # a wrapper was left out
        for attribute, value in attributes.items():
            if attribute in _TOOLKIT:
                self._add("x:xmptk", value)
        return _Frame(_Within.OUTSIDE, "")

    def _top(self, name: str, attributes: dict[str, str]) -> _Frame:
        """A node of rdf:RDF. One that is named apart ("rdf:nodeID", by F-Spot) belongs where it is referred to."""
        path = apart(attributes.get(_NODE_ID, ""))
        return _Frame(_Within.ITEMS, path) if name in _CONTAINERS else self._node(path, attributes, ())

    def _node(self, path: str, attributes: dict[str, str], notes: tuple[str, ...]) -> _Frame:
        frame = _Frame(_Within.FIELDS, path, notes)
        for name, value in attributes.items():
            if not name.startswith((_RDF, _XML)) and "}" in name:
                field = self._below(frame, name)
                self._add(field.path, value, "", field.notes)
            elif name == _VALUED and path:
                self._add(f"{path}{VALUE}", value)
        return frame

    def _container(self, parent: _Frame, attributes: dict[str, str]) -> _Frame:
        """Bag, Seq or Alt. Before 2004 some writers put the fields of a structure there as attributes."""
        self._node(parent.path, attributes, parent.notes)
        return _Frame(_Within.ITEMS, parent.path, parent.notes)

    def _property(self, frame: _Frame, attributes: dict[str, str]) -> _Frame:
        """A property element (section 7.4): which of its forms it takes stands in its attributes."""
        fields = False
        for name, value in attributes.items():
            if name == _LANGUAGE:
                frame.language = value[:40]
            elif name == _PARSE_TYPE:
                if value == "Resource":
                    frame.within, frame.leaf = _Within.FIELDS, False
            elif name == _NODE_ID:
                self._references.setdefault(apart(value), frame.path)
            elif name == _RESOURCE:
                self._add(frame.path, value, "", frame.notes)
                frame.leaf = False
            else:
                fields = fields or not name.startswith((_RDF, _XML)) or name == _VALUED
        if fields:
            self._node(frame.path, attributes, frame.notes)
        return frame

    def _below(self, parent: _Frame, name: str) -> _Frame:
        called, known = self._names.get(name) or self._named(name)
        path = f"{parent.path}/{called}" if parent.path else called
        notes = parent.notes if known else (*parent.notes, *_unknown(name, parent.notes))
        return _Frame(_Within.VALUE, path, notes)

    def _named(self, name: str) -> tuple[str, bool]:
        """The name with the prefix that its namespace goes by, and whether the namespace is a known one."""
        uri, _, local = name.rpartition("}")
        known = PREFIXES.get(uri)
        prefix = known or self._prefixes.get(uri, "")[:_PREFIX_CHARS]
        shown = f"{prefix}:{local}" if prefix else local
        self._names[name] = shown[:_NAME_CHARS], known is not None
        return self._names[name]

    def _add(self, path: str, value: str, language: str = "", notes: tuple[str, ...] = ()) -> None:
        if len(self.found) >= self._properties:
            raise RefusedError(f"The XMP packet holds more than {self._properties:,} values; what follows was refused.")
        if not value.strip():
            return
        if len(value) > self._text_chars:
            value, notes = value[: self._text_chars], (*notes, f"Cut after {self._text_chars:,} characters.")
        self.found.append(Property(path, value, language, notes))


def _unknown(name: str, already: tuple[str, ...]) -> tuple[str, ...]:
    """Which namespace a name stands in that is not a well-known one; said once for a path."""
    if already:
        return ()
    uri = name.partition("}")[0] if "}" in name else ""
    return ("Its namespace is not a well-known one; the prefix is the packet's own.",) if uri else ()
