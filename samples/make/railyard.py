"""The main scene: a long-barrelled self-propelled gun on a flat car in a Siberian rail yard.

X runs along the track towards bearing TRACK_BEARING, Y to its left, Z up; rail head at RAIL.
The Sun stands where it stood over Krasnoyarsk at the time given in `places.SETTINGS`.
"""

from __future__ import annotations

import math

import bpy
import kit
import numpy as np
from kit import Group, Mesh, box, material, rod, sag, tube
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from places import SETTINGS

TRACK_BEARING = 50.0
RAIL, DECK = 0.50, 1.78
TRACKS = (-5.4, 0.0, 5.3, 10.6, 15.9, 21.2)
# painted on the wagons: flat car number, its last overhaul, boxcar number, its last overhaul
PAINT = ("94 206 417", "DEPO 09.24", "28 514 906", "DEPO 04.24")
PAINT_YEAR_BEFORE = ("94 188 352", "DEPO 06.22", "28 377 140", "DEPO 10.21")
# name -> camera place, target, lens
VIEWS: dict[str, tuple[tuple[float, float, float], tuple[float, float, float], float]] = {
    "main": ((-5.9, -11.7, 2.35), (-0.05, 0.0, 2.65), 27.0),
    "b": ((9.6, -9.3, 2.3), (0.9, 0.0, 2.9), 26.0),
    "other": ((-14.2, -6.4, 3.5), (-0.5, 0.6, 2.25), 32.0),
}


def build(view: str, with_gun: bool = True) -> None:
    """Build the whole yard for one of VIEWS."""
    kit.reset(haze=1500.0, haze_colour=(0.60, 0.66, 0.74), seed=4)
    gen = np.random.default_rng(8)
    _ground(gen, snow=0.56 if with_gun else 0.50)
    _tracks(gen)
    paint = PAINT if with_gun else PAINT_YEAR_BEFORE
    flat = _flat_car(paint)
    flat.place((0.2, 0, 0))
    flat.place((-14.6, 0, 0))
    if with_gun:
        _gun()
    _wagons(flat, paint)
    _masts()
    _clutter(gen)
    _background(gen)
    elevation, azimuth = SETTINGS["railcar_yard" if with_gun else "yard_empty"].sun()
    kit.sky(
        elevation,
        TRACK_BEARING - azimuth,
        clouds=0.42 if with_gun else 0.6,
        strength=0.11,
        aerosol=1.6,
        seed=1.3 if with_gun else 4.1,
    )
    loc, target, lens = VIEWS[view]
    kit.camera(loc, target, lens, fstop=1.6, focus=(Vector(target) - Vector(loc)).length - 1.0, roll=0.7)


# --- ground and track ------------------------------------------------------------------------------------------------
def _height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Terrain: track beds, a low bank where the bystander stands, rough verges."""
    z = 0.10 * kit.fbm(x, y, 0.5, 4, 2) + 0.035 * kit.fbm(x, y, 3.0, 3, 3)
    for track in TRACKS:
        z = np.maximum(z, 0.30 - np.clip(np.abs(y - track) - 1.9, 0, 9) * 0.55 + 0.02 * kit.fbm(x, y, 4.0, 2, 4))
    z += 0.75 * np.clip((-9.2 - y) / 2.0, 0, 1) ** 1.5
    return z + np.clip((y - 27) / 14, 0, 1) * 0.9


def _ground(gen: np.random.Generator, snow: float) -> None:
    soil = material(
        "soil", (0.115, 0.095, 0.075), (0.19, 0.165, 0.13), scale=0.8, bump=0.7, snow=snow, dirt=0.45, rough=0.9
    )
    xs = np.unique(np.concatenate([np.arange(-40, 40, 0.16), np.linspace(-260, 260, 140)]))
    ys = np.unique(np.concatenate([np.arange(-16, 26, 0.16), np.linspace(-60, 150, 60)]))
    kit.ground(xs, ys, _height, soil)
    straw = material("straw", (0.36, 0.27, 0.14), (0.22, 0.17, 0.09), rough=0.9, bump=0, dirt=0.2, translucent=0.25)
    n = 5200
    p = np.stack([gen.uniform(-30, 34, n), gen.uniform(-13.5, 25, n)], -1)
    free = np.min(np.abs(p[:, 1:2] - np.array(TRACKS)), axis=1) > 1.95
    p = p[free & (kit.fbm(p[:, 0], p[:, 1], 0.35, 3, 9) > 0.0)]
    z = _height(p[:, 0], p[:, 1])
    kit.scatter(kit.tufts(straw, 4, 22, spread=0.7), np.column_stack([p, z]), gen.uniform(0.14, 0.5, len(p)), gen, 0.12)


def _tracks(gen: np.random.Generator) -> None:
    stone = material(
        "ballast", (0.185, 0.175, 0.165), (0.085, 0.078, 0.072), scale=1.1, snow=0.30, dirt=0.4, fine=70, bump=0
    )
    concrete = material("sleeper", (0.30, 0.285, 0.26), (0.19, 0.175, 0.155), snow=0.36, dirt=0.5, scale=2)
    rust = material("rail side", (0.105, 0.066, 0.046), (0.065, 0.045, 0.034), rough=0.8, bump=0.1)
    shine = material("rail head", (0.62, 0.63, 0.65), (0.48, 0.47, 0.46), metal=0.6, rough=0.34, dirt=0.1, bump=0)
    kinds = kit.rocks(stone, 6)
    points, sizes = [], []
    for track, count in zip(TRACKS, (30000, 34000, 17000, 9000, 0, 0)):
        y = track + gen.normal(0, 1.15, count).clip(-2.7, 2.7)
        x = (
            gen.uniform(-24, 24, count)
            if track > 3
            else np.concatenate([gen.uniform(-16, 12, count * 2 // 3), gen.uniform(-40, 40, count - count * 2 // 3)])
        )
        points.append(np.column_stack([x, y, _height(x, y) + gen.uniform(-0.01, 0.025, count)]))
        sizes.append(gen.lognormal(-2.95, 0.32, count))
    kit.scatter(kinds, np.concatenate(points), np.concatenate(sizes), gen, 0.9)
    sleeper = (
        Mesh(concrete).prism([(-0.14, 0), (0.14, 0), (0.11, 0.2), (-0.11, 0.2)], -1.35, 1.35).build("sleeper", 0.015)
    )
    plates = Mesh(rust)
    for track in TRACKS:
        x = np.arange(-110, 110, 0.545) + gen.normal(0, 0.012, len(np.arange(-110, 110, 0.545)))
        holder = bpy.data.meshes.new("sleepers")
        quads = np.array([[-0.5, -0.5, 0], [0.5, -0.5, 0], [0.5, 0.5, 0], [-0.5, 0.5, 0]])
        verts = (
            np.column_stack([x, np.full_like(x, track) + gen.normal(0, 0.01, len(x)), np.full_like(x, 0.135)])[
                :, None, :
            ]
            + quads
        ).reshape(-1, 3)
        holder.from_pydata(verts.tolist(), [], np.arange(len(x) * 4).reshape(-1, 4).tolist())
        parent = kit.link(bpy.data.objects.new("sleepers", holder))
        parent.instance_type, parent.show_instancer_for_render = "FACES", False
        child = kit.link(bpy.data.objects.new("sleeper", sleeper.data))
        for mod in sleeper.modifiers:
            copy = child.modifiers.new("bevel", "BEVEL")
            copy.width, copy.segments = mod.width, 2
        child.parent = parent
        web = [
            (-0.075, 0),
            (0.075, 0),
            (0.075, 0.014),
            (0.012, 0.035),
            (0.009, 0.13),
            (0.036, 0.142),
            (0.036, 0.176),
            (-0.036, 0.176),
            (-0.036, 0.142),
            (-0.009, 0.13),
            (-0.012, 0.035),
            (-0.075, 0.014),
        ]
        for side in (-0.76, 0.76):
            rail = Mesh(rust, shine)
            verts3 = [(sx, track + side + px, 0.325 + pz) for sx in (-115, 115) for px, pz in web]
            k = len(web)
            rail.add(verts3, [(i, (i + 1) % k, k + (i + 1) % k, k + i) for i in range(k)], 0)
            rail.index[6] = 1
            rail.build("rail")
            if abs(track) < 7:
                for px in x[(x > -25) & (x < 25)]:
                    plates.box((px, track + side, 0.345), (0.17, 0.30, 0.025))
                    for off in (-0.1, 0.1):
                        plates.rod((px, track + side + off, 0.35), (px, track + side + off, 0.40), 0.016, sides=6)
    bpy.data.objects.remove(sleeper)
    plates.build("fastenings")


# --- rolling stock ---------------------------------------------------------------------------------------------------
def _bogie(x: float, steel: bpy.types.Material, rust: bpy.types.Material, tread: bpy.types.Material) -> None:
    for dx in (-0.92, 0.92):
        for y in (-0.76, 0.76):
            rod((x + dx, y - 0.07, RAIL + 0.475), (x + dx, y + 0.07, RAIL + 0.475), 0.475, rust, sides=40, bevel=0.02)
            rod((x + dx, y * 0.9, RAIL + 0.475), (x + dx, y * 0.97, RAIL + 0.475), 0.505, tread, sides=40)
        rod((x + dx, -1.1, RAIL + 0.475), (x + dx, 1.1, RAIL + 0.475), 0.085, rust)
    outline = [
        (-1.25, 0.36),
        (-1.1, 0.62),
        (-0.55, 0.80),
        (0.55, 0.80),
        (1.1, 0.62),
        (1.25, 0.36),
        (0.72, 0.36),
        (0.42, 0.22),
        (-0.42, 0.22),
        (-0.72, 0.36),
    ]
    for y in (-1.0, 1.0):
        Mesh(steel).prism([(x + px, RAIL + pz) for px, pz in outline], y - 0.07, y + 0.07).build("side frame", 0.03)
        for dx in (-0.2, 0, 0.2):
            rod(
                (x + dx, y + math.copysign(0.09, y), RAIL + 0.32),
                (x + dx, y + math.copysign(0.09, y), RAIL + 0.6),
                0.07,
                rust,
                sides=12,
            )
        for dx in (-0.92, 0.92):
            rod((x + dx, y, RAIL + 0.475), (x + dx, y + math.copysign(0.2, y), RAIL + 0.475), 0.14, steel, bevel=0.02)
    box((x, 0, RAIL + 0.62), (0.5, 2.2, 0.3), steel)


def _coupler(x: float, way: int, steel: bpy.types.Material) -> None:
    box((x + way * 0.3, 0, RAIL + 1.04), (0.6, 0.2, 0.24), steel)
    box((x + way * 0.66, 0.06, RAIL + 1.04), (0.3, 0.36, 0.32), steel, 0.05)
    tube(sag((x, -0.45, RAIL + 0.9), (x + way * 0.55, -0.2, RAIL + 0.85), 0.28), 0.03, steel)


def _flat_car(words: tuple[str, ...]) -> Group:
    steel = material(
        "car steel",
        (0.115, 0.066, 0.050),
        (0.060, 0.044, 0.037),
        dirt=0.6,
        dirt_colour=(0.045, 0.036, 0.03),
        streaks=0.7,
        scale=2.2,
        rough=0.75,
        snow=0.25,
    )
    rust = material(
        "car rust", (0.055, 0.042, 0.034), (0.03, 0.026, 0.023), dirt=0.5, dirt_colour=(0.10, 0.07, 0.05), scale=4
    )
    tread = material("tread", (0.35, 0.34, 0.34), metal=0.8, rough=0.4, dirt=0.2, bump=0)
    grime = material(
        "bogie", (0.050, 0.040, 0.034), (0.028, 0.025, 0.023), dirt=0.6, dirt_colour=(0.11, 0.085, 0.065), scale=3
    )
    wood = material(
        "planks", (0.26, 0.21, 0.16), (0.15, 0.12, 0.09), scale=3, stretch=(0.3, 4, 1), snow=0.42, dirt=0.4, bump=0.5
    )
    white = material("car paint", (0.62, 0.61, 0.58), (0.45, 0.43, 0.40), dirt=0.6, bump=0)
    with Group("flat car") as group:
        length = 13.3
        sill = [
            (-6.65, 1.28 + 0.42),
            (-6.65, 1.28 + 0.02),
            (-4.2, 1.28 - 0.02),
            (-2.4, 0.98),
            (2.4, 0.98),
            (4.2, 1.26),
            (6.65, 1.30),
            (6.65, 1.70),
        ]
        for y in (-1.36, 1.36):
            Mesh(steel).prism(sill, y - 0.05, y + 0.05).build("sill", 0.012)
            Mesh(steel).prism([(-6.7, 1.66), (6.7, 1.66), (6.7, 1.72), (-6.7, 1.72)], y - 0.1, y + 0.1).build(
                "flange", 0.008
            )
            for k in range(9):
                px = -6.0 + 1.5 * k
                box((px, y * 1.06, 1.52), (0.13, 0.1, 0.3), steel, 0.012)
                box((px + 0.62, y * 1.03, 1.45), (0.05, 0.06, 0.42), steel, 0.006)
        kit.label(words[0], (-1.40, -1.45, 1.32), 0.23, white)
        kit.label("13.4 m   71 t", (3.72, -1.45, 1.46), 0.10, white)
        kit.label(words[1], (-5.3, -1.45, 1.46), 0.10, white)
        for y in (-0.45, 0.45):
            box((0, y, 1.42), (length - 0.3, 0.14, 0.5), steel)
        for px in (-6.66, 6.66):
            box((px, 0, 1.5), (0.1, 2.9, 0.42), steel)
            for y in (-0.9, -0.3, 0.3, 0.9):
                box((px * 1.008, y, 1.80), (0.06, 0.5, 0.32), steel, 0.015)
        planks = Mesh(wood)
        gen = np.random.default_rng(5)
        for k in range(66):
            planks.box(
                (-6.55 + k * 0.2015 + gen.normal(0, 0.004), 0, 1.745 + gen.normal(0, 0.004)),
                (0.188, 2.82, 0.06),
                rot=(0, gen.normal(0, 0.01), 0),
            )
        planks.build("deck", 0.008)
        for px in (-4.86, 4.86):
            _bogie(px, grime, rust, tread)
        for px, way in ((-6.7, -1), (6.7, 1)):
            _coupler(px, way, steel)
        rod((-0.8, -0.2, 1.0), (0.6, -0.2, 1.0), 0.2, steel, bevel=0.04)
        tube([(-4.2, -0.95, 1.1), (-2.4, -0.95, 0.93), (2.4, -0.95, 0.93), (4.2, -0.95, 1.1)], 0.03, rust)
        for px in (-6.45, 6.45):
            tube([(px, -1.5, 1.0), (px, -1.5, 1.62)], 0.015, steel)
            tube(
                [(px, -1.5, 1.0), (px - math.copysign(0.4, px), -1.5, 1.0), (px - math.copysign(0.4, px), -1.5, 1.62)],
                0.015,
                steel,
            )
    return group


def _boxcar(colour: tuple[float, float, float], name: str, words: tuple[str, ...]) -> Group:
    paint = material(
        name,
        colour,
        tuple(c * 0.7 for c in colour),
        dirt=0.6,
        dirt_colour=(0.06, 0.045, 0.035),
        streaks=0.85,
        scale=1.6,
        snow=0.5,
    )
    steel = material(name + " steel", (0.07, 0.06, 0.055), dirt=0.5)
    white = material(name + " white", (0.65, 0.64, 0.6), dirt=0.6, bump=0)
    with Group(name) as group:
        box((0, 0, 3.1), (13.8, 2.8, 2.8), paint, 0.03)
        roof = [(math.cos(t) * 1.46, 4.42 + math.sin(t) * 0.42) for t in np.linspace(0, math.pi, 12)]
        mesh = Mesh(paint)
        k = len(roof)
        mesh.add(
            [(px, y, z) for px in (-6.95, 6.95) for y, z in roof],
            [(i, i + 1, k + i + 1, k + i) for i in range(k - 1)] + [tuple(range(k)), tuple(range(k, 2 * k))[::-1]],
        )
        mesh.build("roof")
        ribs = Mesh(paint, steel, white)
        for y in (-1.42, 1.42):
            for px in np.arange(-6.6, 6.7, 0.83):
                if abs(px) > 2.1:
                    ribs.box((px, y, 3.1), (0.09, 0.07, 2.75))
                    ribs.box((px + 0.41, y, 2.6), (0.06, 0.05, 1.6), rot=(0, 0.5, 0))
            for px in (-1.02, 1.02):
                ribs.box((px, y * 1.02, 3.05), (1.98, 0.06, 2.5))
                for z in (2.2, 2.8, 3.4, 4.0):
                    ribs.box((px, y * 1.045, z), (1.8, 0.05, 0.07))
                ribs.rod((px * 0.15, y * 1.06, 1.9), (px * 0.15, y * 1.06, 4.2), 0.025, mat=1)
            ribs.box((0, y * 1.03, 4.38), (4.6, 0.1, 0.1), 1)
            ribs.box((0, y * 1.03, 1.76), (13.8, 0.08, 0.16), 1)
        for y in (-1.2, 1.2):
            ribs.box((0, y, 1.45), (13.5, 0.12, 0.4), 1)
        ribs.build("ribs", 0.008)
        for x0, z, size, text in (
            (-5.9, 3.7, 0.36, words[2]),
            (-5.9, 3.35, 0.16, "68.0 t   120 m3"),
            (2.5, 3.8, 0.2, "23.3 t"),
            (2.6, 2.0, 0.14, words[3]),
        ):
            kit.label(text, (x0, -1.47, z), size, white)
        for px in (-4.9, 4.9):
            _bogie(px, steel, steel, steel)
        for px, way in ((-6.9, -1), (6.9, 1)):
            _coupler(px, way, steel)
    return group


def _tank_wagon() -> Group:
    paint = material("tank", (0.10, 0.10, 0.105), (0.06, 0.06, 0.06), dirt=0.5, streaks=0.5, rough=0.55, snow=0.4)
    steel = material("tank steel", (0.08, 0.06, 0.05), dirt=0.5)
    band = material("tank band", (0.55, 0.45, 0.10), dirt=0.5)
    with Group("tank wagon") as group:
        rod((-5.3, 0, 3.15), (5.3, 0, 3.15), 1.45, paint, sides=48, bevel=0.2)
        rod((-5.55, 0, 3.15), (5.55, 0, 3.15), 1.2, paint, sides=48, bevel=0.2)
        rod((-0.1, 0, 3.15), (0.1, 0, 3.15), 1.46, band, sides=48)
        rod((0, 0, 4.4), (0, 0, 4.95), 0.42, paint, bevel=0.04)
        box((0, 0, 1.5), (12.0, 1.1, 0.4), steel)
        for px in (-3.6, 3.6):
            box((px, 0, 1.85), (0.5, 2.5, 0.5), steel)
            tube(
                [(px, math.cos(t) * 1.47, 3.15 + math.sin(t) * 1.47) for t in np.linspace(-0.6, math.pi + 0.6, 24)],
                0.04,
                steel,
            )
        for y in (-0.45, 0.45):
            tube([(-1.6, y, 4.9), (1.6, y, 4.9)], 0.025, steel)
        for y in (-0.2, 0.2):
            tube([(0.75 + y, -1.2, 1.7), (0.75 + y, -1.55, 3.1), (0.75 + y, -0.9, 4.5)], 0.025, steel)
        for px in (-4.6, 4.6):
            _bogie(px, steel, steel, steel)
        for px, way in ((-6.0, -1), (6.0, 1)):
            _coupler(px, way, steel)
    return group


def _gondola() -> Group:
    paint = material(
        "gondola",
        (0.13, 0.125, 0.115),
        (0.10, 0.075, 0.06),
        dirt=0.6,
        dirt_colour=(0.07, 0.05, 0.04),
        streaks=0.9,
        snow=0.4,
    )
    coal = material("coal", (0.03, 0.03, 0.032), (0.015, 0.015, 0.016), bump=1.0, scale=4, snow=0.35, rough=0.7)
    steel = material("gondola steel", (0.07, 0.06, 0.055), dirt=0.5)
    with Group("gondola") as group:
        mesh = Mesh(paint)
        for y in (-1.4, 1.4):
            mesh.box((0, y, 2.85), (12.7, 0.06, 2.1))
            for px in np.arange(-6.2, 6.3, 0.885):
                mesh.box((px, y * 1.05, 2.8), (0.14, 0.12, 2.2))
            mesh.box((0, y * 1.03, 3.9), (12.8, 0.14, 0.12))
            mesh.box((0, y * 1.03, 1.75), (12.8, 0.14, 0.2))
        for px in (-6.35, 6.35):
            mesh.box((px, 0, 2.85), (0.08, 2.8, 2.1))
            for z in (2.2, 2.8, 3.4):
                mesh.box((px * 1.01, 0, z), (0.1, 2.8, 0.12))
        mesh.build("gondola", 0.01)
        kit.ground(
            np.linspace(-6.3, 6.3, 60),
            np.linspace(-1.37, 1.37, 20),
            lambda x, y: 3.75 + 0.35 * np.cos(x * 1.5) * (1 - (y / 1.5) ** 2) + 0.12 * kit.fbm(x, y, 2),
            coal,
            "load",
        )
        box((0, 0, 1.5), (12.6, 0.6, 0.4), steel)
        for px in (-4.3, 4.3):
            _bogie(px, steel, steel, steel)
        for px, way in ((-6.4, -1), (6.4, 1)):
            _coupler(px, way, steel)
    return group


def _wagons(flat: Group, paint: tuple[str, ...]) -> None:
    green = _boxcar((0.10, 0.15, 0.09), "boxcar green", paint)
    brown = _boxcar((0.15, 0.060, 0.042), "boxcar brown", paint)
    tank, gondola = _tank_wagon(), _gondola()
    for k, x in enumerate((-34.0, -19.2, -4.4)):
        (gondola, brown, brown)[k].place((x + 1.2, TRACKS[2], 0))
    tank.place((24.4, TRACKS[2], 0))
    tank.place((37.2, TRACKS[2], 0))
    for k, x in enumerate(np.arange(-62, 70, 13.4)):
        if k not in (5, 8):
            (tank, tank, gondola, gondola, gondola, tank, gondola, gondola, brown, green)[k].place((x, TRACKS[4], 0))
    for k, x in enumerate((38.0, 52.8, 67.6)):
        (green, brown, green)[k].place((x, TRACKS[3], 0))
    gondola.place((29.5, 0, 0))
    gondola.place((43.0, 0, 0))


# --- the gun ---------------------------------------------------------------------------------------------------------
def _gun() -> None:
    green = material(
        "gun paint",
        (0.085, 0.098, 0.052),
        (0.065, 0.075, 0.042),
        dirt=0.5,
        dirt_colour=(0.17, 0.14, 0.10),
        scale=1.3,
        rough=0.72,
        streaks=0.3,
        snow=0.14,
    )
    dark = material("gun dark", (0.035, 0.036, 0.032), dirt=0.5, dirt_colour=(0.13, 0.105, 0.08), rough=0.7)
    rubber = material("gun rubber", (0.02, 0.02, 0.02), dirt=0.7, dirt_colour=(0.12, 0.10, 0.08), rough=0.9)
    track = material(
        "gun track",
        (0.075, 0.062, 0.052),
        (0.11, 0.085, 0.065),
        dirt=0.6,
        dirt_colour=(0.16, 0.13, 0.10),
        metal=0.4,
        rough=0.7,
    )
    wood = material("chocks", (0.38, 0.28, 0.17), (0.26, 0.19, 0.12), scale=4, dirt=0.3)
    steel = material("tie wire", (0.10, 0.075, 0.06), rough=0.6)
    solid: list[bpy.types.Object] = []
    z0 = DECK
    # hull
    hull = [
        (-5.35, z0 + 0.55),
        (-5.15, z0 + 1.18),
        (1.35, z0 + 1.18),
        (2.05, z0 + 0.98),
        (2.2, z0 + 0.80),
        (1.6, z0 + 0.42),
        (-4.9, z0 + 0.40),
    ]
    solid.append(Mesh(green).prism(hull, -1.02, 1.02).build("hull", 0.03))
    for y in (-1.33, 1.33):
        fender = Mesh(green).prism(
            [
                (-5.25, z0 + 1.02),
                (1.75, z0 + 1.02),
                (2.25, z0 + 0.80),
                (2.25, z0 + 0.83),
                (1.78, z0 + 1.06),
                (-5.25, z0 + 1.06),
            ],
            y - 0.31,
            y + 0.31,
        )
        solid.append(fender.build("fender", 0.006))
        out = math.copysign(1, y)
        for bx, bl, bh in ((-4.4, 1.2, 0.3), (-2.9, 1.3, 0.26), (-1.35, 1.1, 0.3), (0.15, 1.2, 0.24)):
            solid.append(box((bx, y, z0 + 1.06 + bh / 2), (bl, 0.5, bh), green, 0.025))
            for off in (-0.3, 0.3):
                box((bx + off, y + out * 0.255, z0 + 1.06 + bh * 0.6), (0.06, 0.02, 0.12), dark, 0.005)
        tube([(-0.6, y + out * 0.1, z0 + 1.42), (0.9, y + out * 0.1, z0 + 1.40)], 0.035, green)
        # running gear
        wheels = [-4.25, -3.3, -2.38, -1.46, -0.54, 0.38]
        for wx in wheels:
            cy = y
            rod((wx, cy - 0.24, z0 + 0.47), (wx, cy + 0.24, z0 + 0.47), 0.40, rubber, sides=40, bevel=0.03)
            rod((wx, cy - 0.26, z0 + 0.47), (wx, cy + 0.26, z0 + 0.47), 0.31, green, sides=40, bevel=0.02)
            rod((wx, cy - 0.29, z0 + 0.47), (wx, cy + 0.29, z0 + 0.47), 0.12, dark, sides=20, bevel=0.02)
            for a in np.arange(5) * 2 * math.pi / 5:
                rod(
                    (wx + 0.21 * math.cos(a), cy - 0.275, z0 + 0.47 + 0.21 * math.sin(a)),
                    (wx + 0.21 * math.cos(a), cy + 0.275, z0 + 0.47 + 0.21 * math.sin(a)),
                    0.035,
                    dark,
                    sides=8,
                )
        for wx, wz, wr in ((1.42, z0 + 0.62, 0.30), (-4.98, z0 + 0.60, 0.32)):
            rod((wx, y - 0.2, wz), (wx, y + 0.2, wz), wr, green, sides=28, bevel=0.03)
            rod((wx, y - 0.27, wz), (wx, y + 0.27, wz), 0.14, dark, sides=16)
        # track belt
        path: list[tuple[float, float]] = []
        path += [(px, 0.04) for px in np.arange(-4.3, 0.45, 0.02)]
        path += [(px, 0.04 + (px - 0.45) * 0.30) for px in np.arange(0.45, 1.42, 0.02)]
        path += [(1.42 + 0.33 * math.sin(t), 0.62 - 0.33 * math.cos(t)) for t in np.arange(0.3, math.pi, 0.06)]
        path += [(px, 0.95 - 0.05 * math.sin((px + 5) * 2.9) ** 2) for px in np.arange(1.42, -4.98, -0.02)]
        path += [(-4.98 - 0.35 * math.sin(t), 0.60 + 0.35 * math.cos(t)) for t in np.arange(0, math.pi - 0.3, 0.06)]
        path += [(px, 0.25 - (px + 4.98) * 0.30) for px in np.arange(-4.98, -4.3, 0.02)]
        belt = Mesh(track)
        last: tuple[float, float] | None = None
        for i, (px, pz) in enumerate(path):
            if last and math.dist(last, (px, pz)) < 0.135:
                continue
            nx, nz = path[(i + 4) % len(path)]
            angle = -math.atan2(nz - pz, nx - px)
            belt.box((px, y, z0 + pz), (0.118, 0.52, 0.045), rot=(0, angle, 0))
            belt.box((px, y, z0 + pz + (0.0)), (0.03, 0.5, 0.085), rot=(0, angle, 0))
            last = (px, pz)
        belt.build("track", 0.006)
        for wx in (0.95, -4.75):
            Mesh(wood).prism(
                [(wx - 0.3, z0), (wx + 0.3, z0), (wx + (0.25 if wx < 0 else -0.25), z0 + 0.26)], y - 0.3, y + 0.3
            ).build("chock", 0.01)
        for wx, to in ((1.75, 4.2), (1.6, 2.9), (-5.1, -6.2)):
            tube([(wx, y * 0.7, z0 + 0.62), (to, y * 1.08, z0 - 0.1)], 0.016, steel)
            tube([(wx, y * 0.7 + 0.03, z0 + 0.62), (to, y * 1.08 + 0.05, z0 - 0.1)], 0.016, steel)
    # bow details
    for y in (-0.62, 0.62):
        rod((1.55, y, z0 + 1.25), (1.68, y, z0 + 1.25), 0.1, dark, bevel=0.02)
        tube(
            [
                (1.4, y - 0.15, z0 + 1.1),
                (1.75, y - 0.15, z0 + 1.38),
                (1.75, y + 0.15, z0 + 1.38),
                (1.4, y + 0.15, z0 + 1.1),
            ],
            0.014,
            green,
        )
    rod((0.55, -0.5, z0 + 1.17), (0.55, -0.5, z0 + 1.24), 0.3, green, bevel=0.02)
    rod((0.55, 0.5, z0 + 1.17), (0.55, 0.5, z0 + 1.24), 0.3, green, bevel=0.02)
    box((1.0, 0, z0 + 1.22), (0.5, 1.3, 0.06), green)
    # gun: trunnions at the rear, barrel forward over the bow
    ax, az, up = -2.55, z0 + 1.98, math.radians(1.6)

    def along(d: float, dy: float = 0.0, dz: float = 0.0) -> Vector:
        return Vector((ax + d * math.cos(up) - dz * math.sin(up), dy, az + d * math.sin(up) + dz * math.cos(up)))

    for y in (-0.5, 0.5):
        cheek = [(-3.5, z0 + 1.15), (-1.5, z0 + 1.15), (-2.1, z0 + 2.15), (-2.5, z0 + 2.32), (-2.95, z0 + 2.15)]
        solid.append(Mesh(green).prism(cheek, y - 0.07, y + 0.07).build("cheek", 0.03))
        rod((ax, y - 0.14, az), (ax, y + 0.14, az), 0.19, dark, bevel=0.02)
    solid.append(rod((-2.6, 0, z0 + 1.1), (-2.6, 0, z0 + 1.32), 1.0, green, sides=48, bevel=0.02))
    profile = (
        (-1.9, -0.9, 0.30, 0.30),
        (-0.9, 1.2, 0.27, 0.26),
        (1.2, 3.4, 0.19, 0.175),
        (3.4, 6.2, 0.165, 0.14),
        (6.2, 8.05, 0.138, 0.122),
    )
    for a, b, r, r2 in profile:
        solid.append(rod(along(a), along(b), r, green, r2, sides=40, bevel=0.012))
    for d in (1.2, 3.4, 6.2):
        rod(along(d - 0.04), along(d + 0.06), 0.21 if d < 3 else 0.185 if d < 5 else 0.155, green, sides=40, bevel=0.01)
    for k in range(4):  # slotted muzzle brake
        rod(along(8.05 + k * 0.21), along(8.17 + k * 0.21), 0.18, green, sides=32, bevel=0.015)
        rod(along(8.15 + k * 0.21), along(8.30 + k * 0.21), 0.125, dark, sides=24)
    rod(along(8.84), along(8.98), 0.18, green, sides=32, bevel=0.02)
    rod(along(8.975), along(8.985), 0.10, dark, sides=24)
    solid.append(box(along(-2.1), (0.55, 0.75, 0.72), green, 0.04, rot=(0, -up, 0)))
    solid.append(box(along(-0.1, 0, -0.33), (3.0, 0.52, 0.26), green, 0.04, rot=(0, -up, 0)))
    for y, z in ((-0.2, 0.34), (0.2, 0.34)):
        solid.append(rod(along(-1.1, y, z), along(2.1, y, z), 0.105, green, bevel=0.02))
        rod(along(2.1, y, z), along(2.2, y, z), 0.12, dark, bevel=0.01)
        box(along(1.9, y, z / 2 + 0.03), (0.12, 0.1, 0.3), green, 0.01)
    # travel lock
    for y in (-0.42, 0.42):
        rod((1.35, y, z0 + 1.12), tuple(along(3.72, y * 0.45, -0.06)), 0.05, green)
        rod((0.75, y, z0 + 1.16), tuple(along(3.72, y * 0.45, -0.06)), 0.035, green)
    rod(along(3.64), along(3.80), 0.205, dark, bevel=0.02)
    for y in (-0.85, 0.85):  # folded spades and rear gear
        solid.append(box((-5.45, y, z0 + 0.95), (0.16, 0.8, 0.8), green, 0.03, rot=(0, 0.25, 0)))
    solid.append(box((-4.5, 0, z0 + 1.35), (1.1, 1.5, 0.34), green, 0.04))
    _cover(solid, gun=along)


def _cover(solid: list[bpy.types.Object], gun: object) -> None:
    """Drape a tarpaulin over the mounting and a camouflage net over the middle of the hull.

    A height map of the covered parts is taken by casting rays down, spread outwards at a limiting
    slope (as hanging cloth is), smoothed, and wrinkled.
    """
    bpy.context.view_layer.update()
    deps = bpy.context.evaluated_depsgraph_get()
    trees = [BVHTree.FromObject(o, deps) for o in solid]
    step = 0.045
    xs, ys = np.arange(-6.1, 3.4, step), np.arange(-2.0, 2.001, step)
    top = np.full((len(xs), len(ys)), DECK + 0.02)
    for i, px in enumerate(xs):
        for j, py in enumerate(ys):
            for tree in trees:
                hit = tree.ray_cast(Vector((px, py, 8)), Vector((0, 0, -1)))[0]
                if hit and hit.z > top[i, j]:
                    top[i, j] = hit.z

    def drape(mask: np.ndarray, slope: float, passes: int) -> np.ndarray:
        z = np.where(mask, top, DECK)
        drop = slope * step
        for _ in range(70):
            for axis in (0, 1):
                for way in (1, -1):
                    moved = np.roll(z, way, axis)
                    z = np.maximum(z, moved - drop)
            diagonal = np.maximum(
                np.maximum(np.roll(np.roll(z, 1, 0), 1, 1), np.roll(np.roll(z, -1, 0), 1, 1)),
                np.maximum(np.roll(np.roll(z, 1, 0), -1, 1), np.roll(np.roll(z, -1, 0), -1, 1)),
            )
            z = np.maximum(z, diagonal - drop * 1.414)
        for _ in range(passes):
            z = z * 0.4 + 0.15 * (np.roll(z, 1, 0) + np.roll(z, -1, 0) + np.roll(z, 1, 1) + np.roll(z, -1, 1))
        return np.maximum(z, np.where(mask, top, 0)) + 0.02

    gx, gy = np.meshgrid(xs, ys, indexing="ij")

    def sheet(z: np.ndarray, keep: np.ndarray, mat: bpy.types.Material, name: str, wrinkle: float) -> None:
        fold = 1 - np.abs(kit.fbm(gx * 1.0 + 0.3 * gy, gy * 0.5 + z * 0.35, 1.6, 3, 31))
        fold2 = 1 - np.abs(kit.fbm(gx * 2.4 - 0.6 * gy, z * 0.7 + gy, 1.7, 3, 37))
        steep = np.clip(np.hypot(*np.gradient(z, step)) / 2.0, 0, 1)
        push = wrinkle * (fold**3 * 0.9 + fold2**4 * 0.5 - 0.5)
        dzx, dzy = np.gradient(z, step)
        norm = np.sqrt(dzx**2 + dzy**2 + 1)
        px, py, pz = gx - dzx / norm * push, gy - dzy / norm * push * (0.4 + steep), z + push / norm
        verts = np.stack([px, py, pz], -1).reshape(-1, 3)
        cols = len(ys)
        faces = [
            (i * cols + j, (i + 1) * cols + j, (i + 1) * cols + j + 1, i * cols + j + 1)
            for i in range(len(xs) - 1)
            for j in range(len(ys) - 1)
            if keep[i, j] and keep[i + 1, j] and keep[i, j + 1] and keep[i + 1, j + 1]
        ]
        data = bpy.data.meshes.new(name)
        data.from_pydata(verts.tolist(), [], faces)
        data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
        data.materials.append(mat)
        obj = kit.link(bpy.data.objects.new(name, data))
        sub = obj.modifiers.new("smooth", "SUBSURF")
        sub.levels = sub.render_levels = 1
        thick = obj.modifiers.new("cloth", "SOLIDIFY")
        thick.thickness = 0.012

    canvas = material(
        "tarpaulin",
        (0.115, 0.115, 0.078),
        (0.085, 0.088, 0.06),
        scale=1.7,
        dirt=0.5,
        dirt_colour=(0.16, 0.14, 0.11),
        streaks=0.25,
        rough=0.8,
        fine=120,
        bump=0.35,
        snow=0.40,
    )
    net = material(
        "net",
        (0.10, 0.115, 0.05),
        (0.125, 0.09, 0.05),
        scale=2.6,
        dirt=0.4,
        dirt_colour=(0.055, 0.065, 0.03),
        rough=0.95,
        holes=0.42,
        bump=0.3,
        threshold=(0.46, 0.54),
    )
    ropes = material("rope", (0.30, 0.27, 0.21), dirt=0.4)
    hem = 0.20 * kit.fbm(gx, gy * 0.3, 0.9, 3, 41)
    mask = (gx > -5.55) & (gx < -0.75) & (np.abs(gy) < 1.72)
    z = drape(mask, 3.4, 7)
    keep = (z > DECK + 0.62 + hem * 1.3) & (gx > -5.95) & (gx < -0.55 + hem * 1.6)
    sheet(z, keep, canvas, "tarpaulin", 0.10)
    mask2 = (gx > -1.9) & (gx < 1.4) & (np.abs(gy) < 1.72)
    z2 = drape(mask2, 2.2, 3) + 0.03
    keep2 = (z2 > DECK + 0.78 + hem * 2.2) & (gx > -1.5) & (gx < 1.1 + hem * 3)
    sheet(z2, keep2, net, "net", 0.13)
    for px in (-4.9, -3.6, -2.2, -1.1):
        i = int((px - xs[0]) / step)
        j = [k for k in range(len(ys)) if z[i, k] > DECK + 0.75]
        line = [(px + 0.1 * math.sin(k * 0.2), ys[k] * 1.03, z[i, k] + 0.055) for k in j[::3]]
        line = [(px - 0.25, -1.5, DECK - 0.02), *line, (px + 0.3, 1.5, DECK - 0.02)]
        tube(line, 0.014, ropes)


# --- surroundings ----------------------------------------------------------------------------------------------------
def _masts() -> None:
    concrete = material("mast", (0.36, 0.35, 0.33), (0.27, 0.26, 0.245), dirt=0.4, streaks=0.35)
    steel = material("mast steel", (0.22, 0.21, 0.20), (0.15, 0.12, 0.10), metal=0.3)
    insulator = material("insulator", (0.20, 0.09, 0.05), rough=0.3, bump=0)
    wire = material("wire", (0.05, 0.045, 0.04), metal=0.5)
    rows = ((-2.75, (0.0, -5.4)), (13.3, (10.6, 15.9)), (7.95, (5.3,)))
    for y, tracks in rows:
        places = [(-84, -38, 8.8, 55, 101), (-70, -24, 22, 68), (-90, -44, 14.6, 48, 94)][rows.index((y, tracks))]
        for x in places:
            rod((x, y, -0.2), (x, y, 9.6), 0.20, concrete, 0.135, sides=20)
            box((x, y, 0.25), (0.6, 0.6, 0.7), concrete, 0.04)
            for track in tracks:
                way = math.copysign(1, track - y)
                arm = abs(track - y)
                rod((x, y, 7.9), (x, track + way * 0.1, 7.6), 0.035, steel)
                rod((x, y, 6.6), (x, track + way * 0.0, 7.55), 0.03, steel)
                rod((x, y + way * 0.6, 6.95), (x, y + way * (arm + 0.2), 6.65), 0.022, steel)
                for d in (0.25, 0.33, 0.41, 0.49):
                    rod(
                        (x, y + way * d, 7.9 - d * 0.1),
                        (x, y + way * (d + 0.045), 7.9 - (d + 0.045) * 0.1),
                        0.085,
                        insulator,
                        sides=14,
                    )
            rod((x, y - 0.9, 9.0), (x, y + 0.9, 9.0), 0.03, steel)
    for track in TRACKS[:5]:
        xs = (-84, -38, 8.8, 55, 101)
        for a, b in zip(xs, xs[1:]):
            tube([(a, track + 0.2, 6.55), (b, track - 0.2, 6.55)], 0.011, wire)
            upper = sag((a, track, 7.55), (b, track, 7.55), 0.75)
            tube(upper, 0.010, wire)
            for p in upper[1:-1]:
                tube([p, (p[0], track, 6.56)], 0.005, wire)
    for y in (-3.6, 14.2, 8.8):
        for a, b in zip((-84, -38, 8.8, 55), (-38, 8.8, 55, 101)):
            tube(sag((a, y, 9.0), (b, y, 9.0), 0.6), 0.009, wire)
    for x, y in ((-26, 18.6), (38, 18.6), (66, 24.5), (-58, 24.5)):  # yard light towers
        rod((x, y, 0), (x, y, 17), 0.16, steel, 0.08)
        box((x, y, 17), (2.4, 0.25, 0.3), steel)
        for d in (-0.9, -0.3, 0.3, 0.9):
            box((x + d, y - 0.25, 17.3), (0.35, 0.2, 0.3), concrete, 0.03, rot=(0.5, 0, 0))


def _clutter(gen: np.random.Generator) -> None:
    """Line-side things: old sleepers, a relay box, signal, point lever, cable trough, rubbish."""
    wood = material("old sleepers", (0.13, 0.10, 0.075), (0.07, 0.055, 0.045), scale=3, snow=0.45, stretch=(1, 4, 4))
    grey = material("relay box", (0.34, 0.36, 0.36), (0.27, 0.28, 0.28), dirt=0.4, streaks=0.5, snow=0.5)
    steel = material("clutter steel", (0.12, 0.085, 0.06), dirt=0.4)
    white = material("post white", (0.62, 0.62, 0.60), dirt=0.4)
    black = material("signal head", (0.025, 0.025, 0.027))
    concrete = material("trough", (0.31, 0.30, 0.28), dirt=0.5, snow=0.42)
    for k in range(9):
        box(
            (6.4 + gen.normal(0, 0.12), -8.3 + (k % 3) * 0.28, 0.16 + (k // 3) * 0.19),
            (2.7, 0.25, 0.17),
            wood,
            0.015,
            rot=(0, 0, gen.normal(0, 0.05)),
        )
    for x, y in ((9.8, 2.6), (-17, -2.8)):
        box((x, y, 0.75), (0.75, 0.5, 1.15), grey, 0.02)
        box((x, y, 1.36), (0.85, 0.6, 0.07), grey, 0.015)
        box((x, y - 0.255, 0.8), (0.6, 0.02, 0.9), grey, 0.008)
    for x in np.arange(-40, 40, 1.0):
        box(
            (x, -8.15 + 0.03 * math.sin(x), 0.03),
            (0.97, 0.36, 0.1),
            concrete,
            0.012,
            rot=(gen.normal(0, 0.02), gen.normal(0, 0.015), gen.normal(0, 0.01)),
        )
    rod((18.5, -2.7, 0), (18.5, -2.7, 3.9), 0.07, white)
    box((18.5, -2.72, 3.7), (0.28, 0.22, 0.95), black, 0.04)
    box((18.5, -2.7, 2.3), (0.35, 0.03, 0.25), white, 0.01)
    for x in (-3.2, 11.5):
        rod((x, -2.55, 0.1), (x, -2.55, 0.75), 0.055, white, sides=12)
        box((x, -2.55, 0.82), (0.2, 0.05, 0.22), white, 0.01)
    for _ in range(26):
        x, y = gen.uniform(-14, 16), gen.choice([-7.6, -7.9, -2.7, 2.7, 2.5, -3.0]) + gen.normal(0, 0.15)
        z = float(_height(np.array([x]), np.array([y]))[0])
        mesh = (wood, steel, concrete)[gen.integers(3)]
        box(
            (x, y, z + 0.04),
            (gen.uniform(0.15, 0.9), gen.uniform(0.06, 0.16), gen.uniform(0.03, 0.1)),
            mesh,
            0.008,
            rot=(gen.normal(0, 0.15), gen.normal(0, 0.12), gen.uniform(0, 3)),
        )


def _background(gen: np.random.Generator) -> None:
    bark = material(
        "birch bark",
        (0.62, 0.60, 0.56),
        (0.10, 0.09, 0.08),
        scale=5,
        stretch=(1, 1, 5),
        threshold=(0.52, 0.66),
        bump=0.1,
    )
    twig = material("twigs", (0.12, 0.085, 0.07), bump=0, dirt=0.2)
    needles = material(
        "needles",
        (0.028, 0.050, 0.024),
        (0.045, 0.062, 0.03),
        bump=0,
        dirt=0.2,
        dirt_colour=(0.05, 0.045, 0.02),
        snow=0.12,
        rough=0.85,
    )
    stem = material("stem", (0.11, 0.075, 0.055), bump=0)
    n = 620
    x = gen.uniform(-150, 190, n)
    y = gen.uniform(34, 74, n) + np.abs(gen.normal(0, 6, n))
    p = np.column_stack([x, y, _height(x, y) - 0.2])
    open_sky = np.interp(x, (20, 60, 190), (1.0, 0.55, 0.4))
    kit.scatter(kit.bare_trees(bark, twig, 4), p, gen.uniform(9, 17, n) * open_sky, gen, 0.03)
    n = 620
    x = gen.uniform(-150, 200, n)
    y = gen.uniform(44, 90, n)
    p = np.column_stack([x, y, _height(x, y) - 0.2])
    open_sky = np.interp(x, (20, 60, 190), (1.0, 0.5, 0.35))
    kit.scatter(kit.conifers(needles, stem, 3), p, gen.uniform(10, 21, n) * open_sky, gen, 0.015)
    # sheds and a signal box
    brick = material(
        "brick", (0.30, 0.15, 0.10), (0.22, 0.11, 0.08), dirt=0.4, streaks=0.3, stripes=(0.16, "z", (0.24, 0.12, 0.085))
    )
    tin = material(
        "tin", (0.34, 0.37, 0.38), (0.26, 0.27, 0.28), dirt=0.35, streaks=0.5, stripes=(0.4, "x", (0.29, 0.315, 0.325))
    )
    roof = material("roof", (0.22, 0.20, 0.19), snow=0.72, dirt=0.3)
    glass = material("panes", (0.05, 0.06, 0.07), (0.14, 0.15, 0.15), rough=0.15, dirt=0.2, bump=0)
    frame = material("frames", (0.55, 0.55, 0.52), dirt=0.4)
    for x, y, w, d, h, wall in (
        (-44, 31, 34, 9, 5.0, tin),
        (14, 33, 24, 8, 4.4, brick),
        (52, 31, 30, 9, 5.6, tin),
        (-4, 30, 8, 6, 6.4, brick),
    ):
        mesh = Mesh(wall, roof, glass, frame)
        mesh.box((x, y, h / 2), (w, d, h))
        mesh.add(
            [
                (x - w / 2 - 0.4, y - d / 2 - 0.5, h - 0.1),
                (x + w / 2 + 0.4, y - d / 2 - 0.5, h - 0.1),
                (x + w / 2 + 0.4, y, h + 1.7),
                (x - w / 2 - 0.4, y, h + 1.7),
                (x - w / 2 - 0.4, y + d / 2 + 0.5, h - 0.1),
                (x + w / 2 + 0.4, y + d / 2 + 0.5, h - 0.1),
            ],
            [(0, 1, 2, 3), (3, 2, 5, 4), (0, 3, 4), (1, 5, 2)],
            1,
        )
        for wx in np.arange(x - w / 2 + 1.6, x + w / 2 - 1, 3.1):
            mesh.box((wx, y - d / 2 - 0.02, h * 0.58), (1.5, 0.1, 1.4), 3)
            mesh.box((wx - 0.36, y - d / 2 - 0.06, h * 0.58), (0.62, 0.08, 1.2), 2)
            mesh.box((wx + 0.36, y - d / 2 - 0.06, h * 0.58), (0.62, 0.08, 1.2), 2)
        mesh.box((x + w * 0.2, y - d / 2 - 0.03, 1.5), (2.8, 0.12, 3.0), 3)
        mesh.build("shed")
        rod((x - w * 0.3, y, h), (x - w * 0.3, y, h + 3.4), 0.22, brick, sides=12)
    fence = Mesh(material("fence", (0.35, 0.34, 0.32), (0.27, 0.26, 0.25), dirt=0.4, streaks=0.4, snow=0.5))
    for x in np.arange(-140, 160, 2.6):
        fence.box((x, 26.6, 1.1), (2.5, 0.1, 2.2))
        fence.box((x + 1.3, 26.6, 1.2), (0.18, 0.2, 2.5))
    fence.build("fence", 0.02)
    # wooded hills
    slope = material(
        "hills",
        (0.045, 0.052, 0.045),
        (0.10, 0.085, 0.07),
        scale=0.03,
        fine=0.35,
        bump=0.8,
        relief=2.0,
        dirt=0.5,
        dirt_colour=(0.055, 0.06, 0.045),
        snow=0.30,
    )
    xs, ys = np.linspace(-1500, 1800, 240), np.linspace(150, 1500, 100)

    def hill(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        rise = np.clip((y - 200) / 900, 0, 1)
        return rise**1.2 * (170 + 110 * kit.fbm(x, y, 0.0022, 3, 51)) + rise * 9 * kit.fbm(x, y, 0.05, 3, 52)

    kit.ground(xs, ys, hill, slope, "hills")
    for sign in (-1, 1):  # woods and hills at both ends of the line
        n = 420
        ends = np.column_stack([sign * gen.uniform(90, 255, n), gen.uniform(-58, 60, n)])
        ends = ends[(ends[:, 1] < -16) | (ends[:, 1] > 30) | (np.abs(ends[:, 0]) > 225)]
        p = np.column_stack([ends, _height(ends[:, 0], ends[:, 1]) - 0.2])
        half = len(p) // 2
        kit.scatter(kit.conifers(needles, stem, 2, seed=60 + sign), p[:half], gen.uniform(7, 13, half), gen, 0.02)
        kit.scatter(
            kit.bare_trees(bark, twig, 2, seed=70 + sign), p[half:], gen.uniform(7, 12, len(p) - half), gen, 0.03
        )
        kit.ground(
            np.linspace(255, 1500, 90) * sign,
            np.linspace(-900, 900, 120),
            lambda x, y: np.clip((np.abs(x) - 255) / 900, 0, 1) ** 1.2 * (110 + 80 * kit.fbm(x, y, 0.003, 4, 55)),
            slope,
            "hills",
        )
    n = 1500
    x, y = gen.uniform(-420, 560, n), gen.uniform(120, 330, n)
    z = np.where(y > 150, hill(x, y), 0.8)
    kit.scatter(
        kit.conifers(needles, stem, 2, seed=77, slim=0.24), np.column_stack([x, y, z - 0.4]), gen.uniform(9, 18, n), gen
    )
