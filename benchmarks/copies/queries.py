"""The plan of an evaluation: what is indexed and what is asked, each drawn only when it is its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from PIL import Image

from benchmarks.copies import lookalikes
from benchmarks.copies.canvas import BoxPx
from benchmarks.copies.figures import SAME_WORDS
from benchmarks.copies.photos import Photo, seeded
from benchmarks.copies.trials import MIXED, SHOTS, SINGLE, TWO, Trial, pair

Roles = dict[str, list[Photo]]
MIXED_TIMES = 4
POSTS, CAPTIONED, MARKED, PLAIN, WORDS_ONLY = 100, 40, 60, 24, 12
FEWER = 5
"""Bars, marks, interfaces and plain pictures are asked this many times less often than the other lookalikes."""
JPEG: Trial = SINGLE["JPEG 30"]


@dataclass(frozen=True)
class Indexed:
    """A picture of the reference set, and the photographs that it shows."""

    name: str
    shows: tuple[Photo, ...]
    draw: Callable[[], Image.Image] | None = None
    """None: it is the file of the photograph that it shows."""


@dataclass(frozen=True)
class Drawn:
    picture: Image.Image
    box: BoxPx | None = None
    """Where the photograph is, in screenshots of posts."""


@dataclass(frozen=True)
class Query:
    """A picture to ask for. `shows`: the photographs it was made of, its company left out."""

    kind: str
    trial: str
    shows: tuple[Photo, ...]
    draw: Callable[[], Drawn]
    number: int = 0

    @property
    def key(self) -> str:
        return "/".join((self.kind, self.trial, *(one.name for one in self.shows), str(self.number)))


def indexed(roles: Roles) -> list[Indexed]:
    """What the set holds: photographs, and screenshots, memes, marked and plain pictures as a desk's set has them."""
    references = roles["references"]
    listed = [Indexed(one.name, (one,)) for one in (*roles["originals"], *references)]
    for number, shown in enumerate(_companies(references, POSTS)):
        listed.append(Indexed(f"post {shown[0].name}", shown, lambda n=number, s=shown: _post(s, n)))
    for words, count, draw in (
        ("captioned", CAPTIONED, lookalikes.captioned),
        ("marked", MARKED, lookalikes.marked),
    ):
        for number, one in enumerate(_drawn(references, words, count)):
            listed.append(Indexed(f"{words} {one.name}", (one,), lambda n=number, o=one, d=draw: d(o.picture(), n)))
    listed += [Indexed(f"plain {number}", (), lambda n=number: lookalikes.plain(n)) for number in range(PLAIN)]
    listed += [
        Indexed(f"words only {number}", (), lambda n=number: lookalikes.words_only(n)) for number in range(WORDS_ONLY)
    ]
    return list({one.name: one for one in listed}.values())


def queries(roles: Roles, each: int, most: int) -> list[Query]:
    """Every query, shuffled by a fixed seed, so that the first of them already are a sample of all."""
    asked = [*_copies(roles, each), *_strangers(roles, most), *_relatives(roles, most), *_lookalikes(roles, most)]
    unique = list({one.key: one for one in asked}.values())
    return [unique[row] for row in np.random.default_rng(3).permutation(len(unique))]


def digest(roles: Roles, each: int, most: int) -> str:
    """Tells one plan from another."""
    names = " ".join(one.name for role in sorted(roles) for one in roles[role])
    return f"{crc32(names.encode()):08x}-{each}-{most}"


def _companies(chosen: Sequence[Photo], count: int) -> Iterator[tuple[Photo, ...]]:
    for one in _drawn(chosen, "posts", count):
        others = [other for other in chosen if other.name != one.name]
        rows = seeded(f"{one.name} company").choice(len(others), 3, replace=False)
        yield one, *(others[row] for row in rows)


def _post(shown: Sequence[Photo], number: int) -> Image.Image:
    return lookalikes.post([one.picture() for one in shown], number).picture


def _drawn(chosen: Sequence[Photo], seed: str, count: int) -> list[Photo]:
    """As many photographs as told, all different while there are enough, in an order of the seed."""
    order = seeded(seed).permutation(len(chosen))
    return [chosen[order[number % len(chosen)]] for number in range(count if len(chosen) else 0)]


def _tried(trial: str, one: Photo, strangers: Sequence[Photo], number: int = 0) -> Callable[[], Drawn]:
    """Makes a query under a trial; company and chance hang on names alone."""

    def made() -> Drawn:
        name = f"{trial} {one.name} {number}"
        others = [other for other in strangers if other.name != one.name]
        rows = seeded(f"{name} company").choice(len(others), 4, replace=False)
        company, chance = [others[row].picture() for row in rows], seeded(name)
        if trial in SHOTS:
            shot = SHOTS[trial].screen(one.picture(), company, chance)
            return Drawn(shot.picture, shot.boxes[0] if len(shot.boxes) == 1 else None)
        return Drawn((SINGLE | MIXED)[trial](one.picture(), company, chance))

    return made


def _copies(roles: Roles, each: int) -> Iterator[Query]:
    originals, strangers = roles["originals"], roles["strangers"]
    for trial in SINGLE | MIXED:
        times = MIXED_TIMES * each if trial in MIXED else each
        for number, one in enumerate(_drawn(originals, trial, times)):
            again = number // len(originals)
            yield Query("copy", trial, (one,), _tried(trial, one, strangers, again), again)
    for one in _drawn(originals, TWO, each):
        other = _drawn([x for x in originals if x.name != one.name], f"{TWO} {one.name}", 1)[0]
        yield Query("copy", TWO, (one, other), lambda a=one, b=other: _both(a, b))


def _both(one: Photo, other: Photo) -> Drawn:
    return Drawn(pair(one.picture(), [other.picture()], seeded(f"{TWO} {one.name}")))


def _strangers(roles: Roles, most: int) -> Iterator[Query]:
    """Each as it is, under one of all trials, and in a post, round and round."""
    strangers, names = roles["strangers"], list(SINGLE | MIXED)
    for number, one in enumerate(_drawn(strangers, "strangers", min(most, 3 * len(strangers)))):
        trial = ("as it is", names[number // 3 % len(names)], list(SHOTS)[number % len(SHOTS)])[number % 3]
        yield Query("stranger", trial, (one,), _as_it_is(one) if number % 3 == 0 else _tried(trial, one, strangers))


def _as_it_is(one: Photo) -> Callable[[], Drawn]:
    return lambda: Drawn(one.picture())


def _relatives(roles: Roles, most: int) -> Iterator[Query]:
    """Other photographs of an indexed scene and neighbouring frames: as they are, saved badly, posted."""
    for role, kind in (("same_scene", "same scene"), ("frames", "frame")):
        chosen = roles[role]
        for number, one in enumerate(_drawn(chosen, role, min(most, 3 * len(chosen)))):
            turn = number // len(chosen) if most >= 3 * len(chosen) else number % 3
            trial = ("as it is", "JPEG 30", "post as on X")[turn % 3]
            yield Query(kind, trial, (one,), _as_it_is(one) if turn == 0 else _tried(trial, one, roles["strangers"]))


def _lookalikes(roles: Roles, most: int) -> Iterator[Query]:
    strangers, held = roles["strangers"], [*roles["references"], *roles["originals"]]
    for kind, other_words, count in (("same layout", True, most), (SAME_WORDS, False, most // FEWER)):
        for number, one in enumerate(_drawn(strangers, kind, count)):
            posted = _posted(one, strangers, number, other_words=other_words)
            yield Query(kind, "another photograph", (one,), posted, number)
    faces = _drawn(held, "faces", most)
    for number, (one, face) in enumerate(zip(_drawn(strangers, "avatar", most), faces, strict=True)):
        yield Query("avatar", "post", (one,), lambda o=one, f=face, n=number: _faced(o, f, n), number)
    for kind, draw, count in (
        ("caption bar", lookalikes.captioned, CAPTIONED),
        ("mark", lookalikes.marked, MARKED),
    ):
        for number, one in enumerate(_drawn(strangers, kind, most // FEWER)):
            made = lambda n=number % count, o=one, d=draw: Drawn(d(o.picture(), n))  # noqa: E731
            yield Query(kind, "the same", (one,), made, number)
    for number in range(most // FEWER):
        yield Query("interface", "words only", (), lambda n=number: Drawn(lookalikes.words_only(1000 + n)), number)
        yield Query("plain", "any", (), lambda n=number: Drawn(lookalikes.plain(1000 + n)), number)


def _posted(one: Photo, strangers: Sequence[Photo], number: int, *, other_words: bool) -> Callable[[], Drawn]:
    def made() -> Drawn:
        rows = seeded(f"{one.name} layout").choice(len(strangers), 3, replace=False)
        photos = [one.picture(), *(strangers[row].picture() for row in rows)]
        return Drawn(lookalikes.post(photos, number % POSTS, other_words=other_words).picture)

    return made


def _faced(one: Photo, face: Photo, number: int) -> Drawn:
    return Drawn(lookalikes.beside_a_face(one.picture(), face.picture(), 70_000 + number))
