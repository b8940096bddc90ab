"""What the picture under test is asked by: all of it, its inner photographs, all of it in more detail, one spot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from ..fingerprint.local.encode import Query, query
from ..fingerprint.local.negative import as_negative
from ..fingerprint.plain import drawn
from ..fingerprint.whole_frame import WholeFrame, describe
from ..image.inner.photographs import inner_photographs
from ..model.features import LEAST_POINTS
from ..model.image import Image, WorkingCopy
from ..model.limits import Limits
from .undone import few_tones, reliefs

Box = tuple[int, int, int, int]

SHARPER_PX, SHARPER_POINTS = 1000, 1400
"""Longer side and points of the second look: reposts of reposts show the photograph 150 to 250 pixels wide."""
_SHARPER_FROM_PX = 800  # below, the second look would see what the first did
LEAST_SHARE = 0.02
"""Inner photographs below this share of the picture are avatars and icons."""
_LEAST_SIDE_PX = 48


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """A box of the picture under test, ready to be asked for; without `query` too plain for its parts to be sought."""

    box_px: Box
    """x0, y0, x1, y1 in pixels of the picture under test; x1 and y1 lie outside."""
    share: float
    """Area of the box as a share of the picture under test."""
    query: Query | None
    frame: WholeFrame | None
    """None when it is too plain, or asked by its whole frame elsewhere."""
    points: int
    """That were found in it, too few of them too."""
    taken_back: str = ""
    """The filter that was taken back in it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Views:
    """Every view of one picture, made when it is first asked for and kept for the next reference set."""

    copy: WorkingCopy
    frame: WholeFrame
    made: dict[Box, View] = field(default_factory=dict, repr=False)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the picture under test."""
        return self.copy.width_px, self.copy.height_px

    @cached_property
    def drawn(self) -> bool:
        """Whether it is drawn in a few even colours, without a photograph in it."""
        return drawn(self.copy)

    @cached_property
    def whole(self) -> View:
        """All of it, at the size of a first look."""
        return self._view((0, 0, *self.size_px), query(self.copy, drawn=self.drawn), self.frame)

    @cached_property
    def sharper(self) -> View | None:
        """All of it in more detail; None when the picture has no more."""
        if max(self.size_px) < _SHARPER_FROM_PX:
            return None
        return self._view((0, 0, *self.size_px), query(self.copy, SHARPER_PX, SHARPER_POINTS, drawn=self.drawn), None)

    @cached_property
    def framed(self) -> tuple[Box, ...]:
        """All photographs inside it, at most 12; some for a screenshot, a collage, a frame."""
        return tuple(one.box_px for one in inner_photographs(self.copy))

    @property
    def inner(self) -> tuple[Box, ...]:
        """Those of them that are large enough to be asked for."""
        least = LEAST_SHARE * self.copy.width_px * self.copy.height_px
        return tuple(box for box in self.framed if area_px(box) >= least and min(sides_px(box)) >= _LEAST_SIDE_PX)

    def part(self, box: Box) -> View:
        """A box of it, at its own full resolution and with points of its own."""
        if box not in self.made:
            x0, y0, x1, y1 = box
            cut = WorkingCopy(pixels=self.copy.pixels[y0:y1, x0:x1])
            even = drawn(cut)
            frame = describe(cut, drawn=even)
            self.made[box] = self._view(box, query(cut, drawn=even), frame)
        return self.made[box]

    @cached_property
    def negative(self) -> View | None:
        """All of it with dark and bright changed; None when it is too plain."""
        asked = self.whole.query
        return None if asked is None else self._taken_back("negative", as_negative(asked))

    @cached_property
    def reliefs(self) -> dict[str, View]:
        """What may be the photograph behind a relief, and its negative: a relief does not say where the light is."""
        asked = [query(copy, drawn=False) for copy in reliefs(self.copy)]
        both = [one for each in asked for one in (each, as_negative(each))]
        views = [self._taken_back(f"relief {number}", one) for number, one in enumerate(both)]
        return {one.taken_back: one for one in views if one.query is not None}

    @cached_property
    def few_tones(self) -> View | None:
        """A photograph of few tones, blurred; None for what is none."""
        copy = few_tones(self.copy)
        return None if copy is None else self._taken_back("few tones", query(copy, drawn=False))

    def seen(self, box: Box | None, detected_px: tuple[int, int], taken_back: str = "") -> View:
        """The view in which something was seen: by what was taken back, by its box, by its size as detected."""
        match taken_back:
            case "negative":
                back = self.negative
            case "few tones":
                back = self.few_tones
            case _:
                back = self.reliefs.get(taken_back) if taken_back else None
        if back is not None:
            return back
        if box is None or box == (0, 0, *self.size_px):
            first = self.whole
            plain = first.query.plain if first.query is not None else None
            same = plain is not None and (plain.width_px, plain.height_px) == detected_px
            return first if same or self.sharper is None else self.sharper
        return self.part(box)

    @property
    def taken(self) -> tuple[View, ...]:
        """The whole picture, in more detail too if it was, and every part of it that was asked for."""
        others = [self.__dict__.get(name) for name in ("sharper", "few_tones")]
        others += self.__dict__.get("reliefs", {}).values()
        return self.whole, *(one for one in others if one is not None), *self.made.values()

    def _taken_back(self, name: str, asked: Query) -> View:
        return replace(self._view((0, 0, *self.size_px), asked, None), taken_back=name)

    def _view(self, box: Box, asked: Query, frame: WholeFrame | None) -> View:
        return View(
            box_px=box,
            share=area_px(box) / (self.copy.width_px * self.copy.height_px),
            query=asked if len(asked.plain.xy) >= LEAST_POINTS else None,
            frame=frame if frame is not None and frame.searchable else None,
            points=len(asked.plain.xy),
        )


def views_of(image: Image, _: Limits) -> Views | None:
    """Of a picture with pixels; to be read once a picture (Image.once), since every search asks with the same views."""
    copy = image.working_copy
    return None if copy is None else Views(copy=copy, frame=describe(copy))


def sides_px(box: Box) -> tuple[int, int]:
    """Width and height of a box."""
    return box[2] - box[0], box[3] - box[1]


def area_px(box: Box) -> int:
    """The area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])
