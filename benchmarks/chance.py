"""How often a stranger is taken for a copy, against what matching/points/chance.py says of it.

    python -m benchmarks.chance ask PHOTOS_DIR WORK_DIR [SEARCHES] [PICTURES]
    python -m benchmarks.chance report WORK_DIR [WITHOUT ...]
    python -m benchmarks.chance fit ROWS.csv PICTURES

`ask` fills a set in WORK_DIR with PICTURES references and originals, an eighth of them inside posts too, and searches
it for tiles of strangers, each attacked; it writes rows as it goes and continues where it was stopped. `report`
compares the false matches with the stated rates. Both on photographs that nothing was fitted on. `fit` prints the
constants of chance.py from rows of strangers (benchmarks/copies/ask.py or the rows of `ask`) of photographs kept for
fitting.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, numbers
from benchmarks.copies.ask import HEADER, copy_of, entry_of, measured
from benchmarks.copies.attacks import ATTACKS
from benchmarks.copies.photos import Photo, photos, seeded
from benchmarks.copies.trials import MIXED, SINGLE
from provenance.fingerprint.local.encode import query
from provenance.matching.points import chance, scoring
from provenance.matching.sighted import sight
from provenance.reference.sqlite.store import SQLiteStore

TILE_PX = 240
TRIALS = {**SINGLE, **MIXED}
POSTS = ("post", "post as on Telegram")
STATED = (50, 100, 200, 500, 1000, 2000)
TAIL = 0.1
"""The share of searches, those with the highest scores, that the tail is fitted to."""
CERTAINTY = 0.95


def pictured(attack: str, picture: Image.Image, company: list[Image.Image], seed: str) -> Image.Image:
    if attack in TRIALS:
        return TRIALS[attack](picture, company, seeded(seed))
    return ATTACKS[attack](picture, seeded(seed), company)


def tiles(one: Photo) -> Iterator[Image.Image]:
    """The four quarters, none overlapping, at most TILE_PX long."""
    whole = one.picture()
    width, height = whole.width // 2, whole.height // 2
    for number in range(4):
        x, y = width * (number % 2), height * (number // 2)
        tile = whole.crop((x, y, x + width, y + height))
        tile.thumbnail((TILE_PX, TILE_PX))
        yield tile


def filled(store: SQLiteStore, chosen: list[Photo], company: list[Photo], pictures: int) -> None:
    """References and originals in a seeded order, every eighth in a post as well."""
    listed = [one for one in chosen if one.role in ("references", "originals")]
    for number, row in enumerate(seeded("set").permutation(len(listed))[: pictures * 8 // 9]):
        one = listed[row]
        entries = [entry_of(one.name, one.picture())]
        if number % 8 == 0:
            name = f"post:{one.name}"
            others = [company[place].picture() for place in seeded(name).choice(len(company), 4, replace=False)]
            entries.append(entry_of(name, pictured(POSTS[number // 8 % 2], one.picture(), others, name)))
        store.add(entries)


def asked(chosen: list[Photo]) -> Iterator[tuple[str, str, Photo, int]]:
    """Every tile of every stranger under an attack, tile by tile of all strangers: key, attack, photograph, tile."""
    strangers, names = [one for one in chosen if one.role == "strangers"], [*ATTACKS, *TRIALS]
    order = seeded("strangers").permutation(len(strangers))
    for tile in range(4):
        for place, row in enumerate(order):
            attack = names[(place * 7 + tile * 3) % len(names)] if place % 4 else POSTS[place // 4 % 2]
            yield f"{strangers[row].name}#{tile}", attack, strangers[row], tile


def ask(folder: Path, work: Path, searches: int, pictures: int) -> None:
    work.mkdir(parents=True, exist_ok=True)
    chosen = photos(folder)
    company = [one for one in chosen if one.role == "strangers"]
    store = SQLiteStore(work / "set.sqlite", create=not (work / "set.sqlite").exists())
    if store.state().pictures < pictures * 0.95:
        filled(store, chosen, company, pictures)
    print(f"{store.state().pictures} pictures indexed", flush=True)
    (work / "pictures").write_text(str(store.state().pictures), encoding="utf-8")
    rows = work / "rows.csv"
    done = {row["file"] for row in csv.DictReader(rows.open(encoding="utf-8"))} if rows.exists() else set()
    with rows.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if not done:
            writer.writerow(HEADER)
        for number, (key, attack, one, tile) in enumerate(asked(chosen)):
            if number >= searches:
                break
            if key in done:
                continue
            picture = list(tiles(one))[tile]
            others = [company[place].picture() for place in seeded(key).choice(len(company), 4, replace=False)]
            made = pictured(attack, picture, others, key)
            head = ["stranger", attack, key, one.origin, 1, ""]
            found = sight(store, query(copy_of(made)))
            writer.writerows(
                [[*head, hit.image_id[:16], 0, 0, *measured(hit)] for hit in found]
                or [[*head, *[""] * (len(HEADER) - len(head))]]
            )
            file.flush()
    store.close()


def best_margins(paths: list[Path], without: set[str]) -> np.ndarray:
    """The highest margin of every search with a stranger, shared elements apart; -99 where nothing could be laid."""
    best: dict[tuple[str, str], float] = defaultdict(lambda: -99.0)
    for path in paths:
        for row in csv.DictReader(path.open(encoding="utf-8")):
            if row["kind"] not in ("stranger", "stranger posted", "avatar") or row["file"] in without:
                continue
            key = row["attack"], row["file"]
            best[key] = max(best[key], -99.0)
            if row["reference"] and not scoring.shared_element(float(row["hull_query"]), float(row["hull_reference"])):
                seen = [float(row[name]) for name in scoring.FEATURES]
                related, copied = (w[0] + float(np.dot(w[1:], seen)) for w in (scoring.RELATED, scoring.COPY))
                best[key] = max(best[key], min(related - scoring.RELATED_FROM, copied - scoring.COPY_FROM))
    return np.sort(np.array(list(best.values())))[::-1]


def fit(paths: list[Path], pictures: int) -> None:
    """The constants: threshold, upper limits of the rate above it and of the mean excess."""
    margins = best_margins(paths, set())
    above = max(10, round(TAIL * len(margins)))
    threshold = float(margins[above])
    excess = margins[:above] - threshold
    chance_of = np.random.default_rng(0)
    scales = chance_of.gamma(above, 1 / above, 200_000)
    rates = chance_of.beta(above + 1, len(margins) - above, 200_000)
    scale = excess.mean() / np.quantile(scales, 1 - CERTAINTY)
    print(f"highest {margins[:8].round(2)}, mean excess {excess.mean():.3f}")
    print(f"THRESHOLD, RATE, SCALE = {threshold:.3f}, {np.quantile(rates, CERTAINTY):.4f}, {scale:.3f}")
    print(f"SEARCHES, PICTURES = {len(margins)}, {pictures}")


def report(work: Path, without: set[str]) -> None:
    pictures = int((work / "pictures").read_text(encoding="utf-8"))
    margins = best_margins([work / "rows.csv"], without)
    print(f"{len(margins)} searches with strangers in a set of {pictures}; highest margins {margins[:6].round(2)}\n")
    print("| stated: one false match in | searches that reached it | expected at most |")
    print("|---|---|---|")
    told = np.array([chance.one_false_match_in(float(margin), pictures) for margin in margins])
    for number in STATED:
        print(f"| {number} | {int((told >= number).sum())} | {len(margins) / number:.1f} |")
    print(f"\ncalled a copy: {int((margins >= 0).sum())} of {len(margins)}")


if __name__ == "__main__":
    given = arguments(__doc__, 1, 0, forms={"ask": (3, 5), "report": (2, None), "fit": (3, None)})
    if given[0] == "ask":
        counts = numbers(__doc__, given[3:5])
        ask(Path(given[1]), Path(given[2]), *(counts + [10_000, 600][len(counts) :]))
    elif given[0] == "report":
        report(Path(given[1]), set(given[2:]))
    else:
        fit([Path(word) for word in given[1:-1]], *numbers(__doc__, given[-1:]))
