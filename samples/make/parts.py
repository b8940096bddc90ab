"""Things that several scenes share: facades, houses, vehicles, poles, crates."""

from __future__ import annotations

import math
import random

import bpy
import kit
import numpy as np
from kit import Group, Mesh, box, material, rod, sag, tube

RGB = tuple[float, float, float]


def glass() -> bpy.types.Material:
    """Window panes, some with curtains behind them."""
    return material(
        "glass",
        (0.035, 0.045, 0.055),
        (0.20, 0.20, 0.19),
        scale=0.8,
        rough=0.12,
        dirt=0.1,
        bump=0,
        threshold=(0.5, 0.6),
    )


def block(
    x: float,
    y: float,
    width: float,
    depth: float,
    floors: int,
    wall: bpy.types.Material,
    accent: bpy.types.Material,
    rng: random.Random,
    bay: float = 3.2,
    floor: float = 2.9,
) -> None:
    """A panel-built apartment house seen from -Y and the ends: windows, balconies, roof gear."""
    frame = material("window frame", (0.62, 0.62, 0.60), dirt=0.3, bump=0)
    mesh = Mesh(wall, frame, glass(), accent)
    h = floors * floor + 1.0
    mesh.box((x, y, h / 2), (width, depth, h)).box((x, y, h + 0.25), (width + 0.3, depth + 0.3, 0.5), 3)
    front = y - depth / 2
    for f in range(floors):
        z = 1.0 + f * floor + 1.45
        mesh.box((x, front - 0.02, 1.0 + f * floor), (width, 0.06, 0.07), 1)
        for k, wx in enumerate(np.arange(x - width / 2 + bay / 2, x + width / 2 - bay / 3, bay)):
            mesh.box((wx, front - 0.02, z), (1.75, 0.1, 1.5), 1)
            mesh.box((wx - 0.4, front - 0.05, z), (0.72, 0.08, 1.3), 2).box(
                (wx + 0.42, front - 0.05, z), (0.72, 0.08, 1.3), 2
            )
            if k % 3 == 1:
                mesh.box((wx, front - 0.55, z - 0.95), (2.9, 1.1, 0.14), 1)
                mesh.box((wx, front - 1.08, z - 0.42), (2.9, 0.06, 0.98), 3)
                for side in (-1.42, 1.42):
                    mesh.box((wx + side, front - 0.55, z - 0.42), (0.06, 1.1, 0.98), 3)
                if rng.random() < 0.55:
                    mesh.box((wx, front - 1.06, z + 0.65), (2.85, 0.05, 1.15), 2)
                    for side in (-1.4, -0.5, 0.5, 1.4):
                        mesh.box((wx + side, front - 1.08, z + 0.65), (0.07, 0.07, 1.2), 1)
            elif rng.random() < 0.22:
                mesh.box((wx + 1.2, front - 0.25, z - 0.3), (0.8, 0.4, 0.55), 1)
        for wy in np.arange(y - depth / 2 + 2, y + depth / 2 - 1, 3.4):
            for ex, way in ((x - width / 2, -1), (x + width / 2, 1)):
                mesh.box((ex + way * 0.02, wy, z), (0.1, 1.3, 1.4), 1).box(
                    (ex + way * 0.05, wy, z), (0.08, 1.1, 1.2), 2
                )
    for _ in range(int(width / 9)):
        mesh.box((x + rng.uniform(-0.45, 0.45) * width, y, h + 0.9), (1.6, 1.2, 1.6), 3)
    mesh.build("block")
    for _ in range(3):
        ax = x + rng.uniform(-0.4, 0.4) * width
        rod((ax, y, h), (ax, y, h + 3), 0.03, frame, sides=6)


def house(
    x: float,
    y: float,
    w: float,
    d: float,
    wall: bpy.types.Material,
    roof: bpy.types.Material,
    trim: bpy.types.Material,
    rot: float = 0.0,
    h: float = 2.8,
    pitch: float = 0.75,
) -> None:
    """A village house with a gabled roof, framed windows, a door and a chimney."""
    with Group("house") as group:
        mesh = Mesh(wall, roof, trim, glass())
        mesh.box((0, 0, h / 2), (w, d, h)).box((0, 0, 0.15), (w + 0.12, d + 0.12, 0.4), 2)
        ridge = h + d / 2 * pitch
        for ex in (-w / 2, w / 2):
            mesh.add([(ex, -d / 2, h), (ex, d / 2, h), (ex, 0, ridge)], [(0, 1, 2)], 0)
        o, t = 0.5, 0.12
        for s in (-1, 1):
            a, b = (s * (d / 2 + o), h - o * pitch), (0, ridge + 0.02)
            mesh.add(
                [
                    (-w / 2 - o, a[0], a[1]),
                    (w / 2 + o, a[0], a[1]),
                    (w / 2 + o, b[0], b[1]),
                    (-w / 2 - o, b[0], b[1]),
                    (-w / 2 - o, a[0], a[1] + t),
                    (w / 2 + o, a[0], a[1] + t),
                    (w / 2 + o, b[0], b[1] + t),
                    (-w / 2 - o, b[0], b[1] + t),
                ],
                [(0, 1, 2, 3), (4, 7, 6, 5), (0, 4, 5, 1), (1, 5, 6, 2), (3, 7, 4, 0)],
                1,
            )
        for wx in np.arange(-w / 2 + 1.3, w / 2 - 0.6, 2.1):
            mesh.box((wx, -d / 2 - 0.02, 1.65), (1.15, 0.1, 1.35), 2)
            mesh.box((wx - 0.25, -d / 2 - 0.05, 1.65), (0.42, 0.08, 1.1), 3).box(
                (wx + 0.25, -d / 2 - 0.05, 1.65), (0.42, 0.08, 1.1), 3
            )
            for s in (-0.8, 0.8):
                mesh.box((wx + s, -d / 2 - 0.04, 1.65), (0.36, 0.06, 1.3), 2)
        for s in (-1, 1):
            mesh.box((s * (w / 2 + 0.02), 0, h + 0.45), (0.1, 0.7, 0.7), 2).box(
                (s * (w / 2 + 0.05), 0, h + 0.45), (0.08, 0.5, 0.5), 3
            )
            mesh.box((s * (w / 2 + 0.02), d * 0.2, 1.5), (0.1, 1.0, 1.2), 2).box(
                (s * (w / 2 + 0.05), d * 0.2, 1.5), (0.08, 0.8, 1.0), 3
            )
        mesh.box((w * 0.22, d * 0.12, ridge + 0.2), (0.55, 0.55, 1.5), 2)
        mesh.build("house", 0.01)
    group.place((x, y, 0), rot)


def car(colour: RGB, name: str) -> Group:
    """A plain family car along X."""
    paint = material(name, colour, rough=0.3, dirt=0.25, bump=0, vary=0.1)
    black = material(name + " tyre", (0.02, 0.02, 0.02), dirt=0.3)
    rim = material(name + " rim", (0.4, 0.4, 0.42), metal=0.8, rough=0.35, bump=0)
    lamp = material(name + " lamp", (0.7, 0.7, 0.68), rough=0.2, bump=0)
    red = material(name + " rear", (0.4, 0.02, 0.02), rough=0.2, bump=0)
    with Group(name) as group:
        body = [
            (-2.1, 0.3),
            (-2.15, 0.62),
            (-2.05, 0.86),
            (-1.3, 0.92),
            (1.0, 0.93),
            (1.85, 0.82),
            (2.12, 0.62),
            (2.15, 0.32),
            (1.8, 0.22),
            (-1.8, 0.22),
        ]
        Mesh(paint).prism(body, -0.85, 0.85, taper=0.08).build("body", 0.07, True)
        cabin = [(-1.75, 0.9), (-1.25, 1.42), (0.15, 1.46), (1.05, 0.91)]
        Mesh(glass()).prism(cabin, -0.76, 0.76, taper=0.16).build("cabin", 0.05, True)
        Mesh(paint).prism([(-1.28, 1.41), (0.18, 1.45), (0.1, 1.49), (-1.15, 1.46)], -0.62, 0.62).build("roof", 0.02)
        for y in (-0.70, 0.70):
            for a, b in (((-1.75, 0.9), (-1.25, 1.44)), ((1.05, 0.91), (0.15, 1.48)), ((-0.4, 0.9), (-0.45, 1.47))):
                rod((a[0], y * 1.08, a[1]), (b[0], y * 0.9, b[1]), 0.035, paint, sides=8)
        for px in (-1.3, 1.3):
            for y in (-0.78, 0.78):
                rod((px, y - 0.1, 0.31), (px, y + 0.1, 0.31), 0.31, black, sides=28, bevel=0.03)
                rod((px, y - 0.11, 0.31), (px, y + 0.11, 0.31), 0.19, rim, sides=20, bevel=0.02)
        for y in (-0.62, 0.62):
            box((2.08, y, 0.66), (0.12, 0.38, 0.14), lamp, 0.03)
            box((-2.12, y, 0.7), (0.1, 0.34, 0.16), red, 0.03)
        box((2.16, 0, 0.42), (0.03, 0.5, 0.12), lamp, 0.005)
    return group


def lorry(cab: RGB, load: RGB, name: str, stripe: RGB | None = None, words: str = "DEMO CARGO") -> Group:
    """An articulated lorry along X, cab towards +X."""
    paint = material(name + " cab", cab, rough=0.35, dirt=0.35, bump=0, vary=0.1)
    side = material(name + " curtain", load, rough=0.55, dirt=0.3, streaks=0.35, bump=0.2, scale=0.6, vary=0.25)
    band = material(name + " band", stripe or tuple(min(1.0, c * 1.8 + 0.1) for c in load), dirt=0.3, bump=0)
    black = material(name + " dark", (0.025, 0.025, 0.026), dirt=0.4)
    steel = material(name + " steel", (0.25, 0.25, 0.26), metal=0.6, rough=0.45)
    lamp = material(name + " lamp", (0.7, 0.7, 0.66), rough=0.2, bump=0)
    with Group(name) as group:
        box((-3.6, 0, 2.5), (13.4, 2.5, 2.75), side, 0.03)
        for y in (-1.27, 1.27):
            kit.label(words, (-3.6, y, 2.45), 1.0, band, 0.0 if y < 0 else math.pi, "CENTER")
            for px in np.arange(-10.0, 3.0, 0.62):
                box((px, y, 1.2), (0.04, 0.03, 0.35), black, 0)
                box((px + 0.3, y * 1.002, 2.5), (0.025, 0.02, 2.6), side, 0.008)
            box((-3.6, y, 1.06), (13.4, 0.06, 0.16), steel, 0.01)
        Mesh(paint).prism(
            [(3.6, 0.75), (5.75, 0.75), (5.85, 1.6), (5.6, 2.75), (5.2, 3.45), (3.6, 3.65)], -1.22, 1.22
        ).build("cab", 0.09)
        box((5.74, 0, 2.25), (0.08, 2.0, 0.85), glass(), 0.03, rot=(0, -0.2, 0))
        for y in (-1.2, 1.2):
            box((4.85, y * 1.01, 2.2), (1.0, 0.04, 0.8), glass(), 0.02)
            box((5.6, y * 1.2, 2.3), (0.12, 0.2, 0.55), black, 0.03)
            box((5.86, y * 0.72, 1.0), (0.08, 0.45, 0.2), lamp, 0.03)
            rod((3.3, y * 0.75, 0.9), (2.2, y * 0.75, 0.9), 0.35, steel, bevel=0.03)
        box((5.84, 0, 1.35), (0.06, 1.7, 0.7), black, 0.03)
        for px in (5.0, 2.4, -7.0, -8.35, -9.7):
            for y in (-1.05, 1.05):
                rod((px, y - 0.16, 0.5), (px, y + 0.16, 0.5), 0.5, black, sides=32, bevel=0.04)
                rod((px, y - 0.17, 0.5), (px, y + 0.17, 0.5), 0.27, steel, sides=20, bevel=0.02)
        box((-3, 0, 0.95), (12, 0.9, 0.25), black)
    return group


def pole_line(
    points: list[tuple[float, float, float]],
    height: float = 7.5,
    wires: int = 3,
    crosswise: tuple[float, float] = (0, 1),
) -> None:
    """Wooden poles with cross-arms and sagging wires."""
    wood = material("pole", (0.20, 0.16, 0.12), (0.12, 0.095, 0.075), stretch=(4, 4, 0.4), scale=3)
    wire = material("pole wire", (0.03, 0.03, 0.03))
    cup = material("pole cup", (0.55, 0.56, 0.54), rough=0.3, bump=0)
    tops = []
    for x, y, z in points:
        rod((x, y, z - 0.3), (x, y, z + height), 0.14, wood, 0.09, sides=12)
        a = (x - crosswise[0] * 0.8, y - crosswise[1] * 0.8, z + height - 0.5)
        b = (x + crosswise[0] * 0.8, y + crosswise[1] * 0.8, z + height - 0.5)
        rod(a, b, 0.05, wood, sides=8)
        row = []
        for t in np.linspace(-0.7, 0.7, wires):
            top = (x + crosswise[0] * t, y + crosswise[1] * t, z + height - 0.3)
            rod((top[0], top[1], top[2] - 0.2), top, 0.035, cup, sides=8)
            row.append(top)
        tops.append(row)
    for left, right in zip(tops, tops[1:]):
        for a, b in zip(left, right):
            tube(sag(a, b, 0.5), 0.012, wire)


def container(colour: RGB, name: str, words: str = "DEMO LINE", length: float = 12.2) -> Group:
    """A corrugated shipping container along X."""
    paint = material(name, colour, dirt=0.3, streaks=0.6, rough=0.55, vary=0.25)
    letter = material(name + " letters", (0.7, 0.7, 0.68), dirt=0.4, bump=0)
    with Group(name) as group:
        mesh = Mesh(paint, letter)
        mesh.box((0, 0, 1.3), (length - 0.1, 2.3, 2.5))
        for px in np.arange(-length / 2 + 0.25, length / 2 - 0.1, 0.28):
            for y in (-1.18, 1.18):
                mesh.box((px, y, 1.3), (0.15, 0.06, 2.35))
        for y in (-1.2, 1.2):
            for z in (0.08, 2.52):
                mesh.box((0, y, z), (length, 0.1, 0.16))
            for px in (-length / 2 + 0.08, length / 2 - 0.08):
                mesh.box((px, y, 1.3), (0.16, 0.12, 2.6))
            kit.label(words, (math.copysign(length * 0.1, -y), y * 1.04, 1.62), 0.85, letter, 0.0 if y < 0 else math.pi)
        for ex in (-length / 2, length / 2):
            for y in (-0.85, -0.3, 0.3, 0.85):
                mesh.rod((ex, y, 0.15), (ex, y, 2.45), 0.03, mat=1)
        mesh.build("container", 0.01)
    return group


def cluster(rng: np.random.Generator, count: int, span: tuple[float, float, float, float]) -> np.ndarray:
    """Random (x, y) points in a rectangle x0, x1, y0, y1."""
    return np.column_stack([rng.uniform(span[0], span[1], count), rng.uniform(span[2], span[3], count)])


def woods(
    rng: np.random.Generator,
    points: np.ndarray,
    low: float,
    high: float,
    kind: str = "leafy",
    green: RGB = (0.055, 0.085, 0.03),
    snow: float = 0.0,
    z: np.ndarray | float = 0.0,
) -> None:
    """Scatter trees over points: kind `leafy`, `bare` or `conifer`."""
    bark = material(kind + " bark", (0.16, 0.13, 0.10), (0.09, 0.07, 0.06), scale=3, stretch=(1, 1, 0.3), bump=0.3)
    if kind == "conifer":
        leaf = material(
            "needles",
            green,
            tuple(c * 1.5 for c in green),
            bump=0,
            dirt=0.15,
            dirt_colour=(0.05, 0.045, 0.02),
            rough=0.85,
            snow=snow,
        )
        kinds = kit.conifers(leaf, bark, 3, seed=int(rng.integers(1000)))
    else:
        twig = material("twig", (0.11, 0.085, 0.07), bump=0)
        leaf = (
            material("leaf", green, tuple(c * 1.7 for c in green), bump=0, dirt=0.1, translucent=0.35, rough=0.6)
            if kind == "leafy"
            else None
        )
        kinds = kit.bare_trees(
            bark, twig, 3, seed=int(rng.integers(1000)), leaves=leaf, levels=4 if kind == "leafy" else 5
        )
    heights = np.broadcast_to(np.asarray(z, float), (len(points),))
    size = rng.uniform(low, high, len(points))
    kit.scatter(kinds, np.column_stack([points, heights - 0.1]), size, rng, 0.03)


def meadow(
    rng: np.random.Generator,
    points: np.ndarray,
    low: float,
    high: float,
    colour: RGB,
    second: RGB,
    z: np.ndarray | float = 0.0,
    blades: int = 24,
) -> None:
    """Scatter grass over points."""
    mat = material("grass", colour, second, bump=0, dirt=0.1, translucent=0.3, rough=0.8, scale=0.5)
    heights = np.broadcast_to(np.asarray(z, float), (len(points),))
    kit.scatter(
        kit.tufts(mat, 4, blades, spread=0.8),
        np.column_stack([points, heights]),
        rng.uniform(low, high, len(points)),
        rng,
        0.12,
    )
