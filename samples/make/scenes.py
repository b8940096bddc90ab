"""Unrelated scenes for the reference set, and one stranger that matches nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

import kit
import numpy as np
from kit import Group, Mesh, box, material, rod, sag, tube
from parts import block, car, cluster, container, glass, house, lorry, meadow, pole_line, woods
from places import SETTINGS


def path(name: str) -> str:
    """Where a scene's picture lives below samples/ (without suffix)."""
    return name if name == "stranger" else "reference/" + name


def _elevation(name: str) -> float:
    """Elevation of the Sun at the scene's stated place and time; which way the scene faces is free."""
    return SETTINGS[name].sun()[0]


def _lines(lo: float, hi: float, fine_lo: float, fine_hi: float, step: float, coarse: int = 60) -> np.ndarray:
    """Grid lines, fine near the camera and coarse far away."""
    return np.unique(np.concatenate([np.linspace(lo, hi, coarse), np.arange(fine_lo, fine_hi, step)]))


def harbour() -> None:
    """A container quay with two gantry cranes and a moored ship."""
    rng = kit.reset(haze=1600, seed=10)
    gen = np.random.default_rng(10)
    concrete = material("quay", (0.25, 0.24, 0.225), (0.16, 0.155, 0.15), scale=0.5, dirt=0.5, bump=0.3)
    yellow = material("line", (0.55, 0.42, 0.06), dirt=0.5, bump=0)
    crane = material("crane", (0.10, 0.17, 0.30), (0.08, 0.14, 0.25), dirt=0.3, streaks=0.4, rough=0.5)
    cable = material("cable", (0.03, 0.03, 0.03))
    hull = material("hull", (0.26, 0.05, 0.04), (0.20, 0.045, 0.035), dirt=0.3, streaks=0.7, scale=0.15, rough=0.5)
    black = material("hull black", (0.03, 0.032, 0.038), dirt=0.3, streaks=0.5, rough=0.45)
    white = material("ship white", (0.66, 0.66, 0.64), dirt=0.25, streaks=0.5)
    box((20, 0, -2), (300, 60, 4), concrete, 0.1)
    for y in (-18, -8, 14, 22):
        box((20, y, 0.005), (300, 0.18, 0.012), yellow, 0)
    box((0, 400, -3.6), (3000, 740, 1), kit.water("sea", scale=0.12), 0)
    kinds = [
        container(c, f"c{k}", words)
        for k, (c, words) in enumerate(
            zip(
                (
                    (0.30, 0.06, 0.04),
                    (0.05, 0.13, 0.26),
                    (0.09, 0.20, 0.11),
                    (0.42, 0.23, 0.05),
                    (0.30, 0.30, 0.31),
                    (0.18, 0.04, 0.06),
                    (0.05, 0.22, 0.25),
                ),
                ("DEMO LINE", "NORDO", "ALBA SEA", "K-TRANS", "OSTLINE", "DEMO LINE", "MARIS"),
            )
        )
    ]
    for row, y in enumerate((0, 2.9, 5.8)):
        for col in range(9):
            for level in range(rng.choice((1, 2, 2, 3, 3))):
                rng.choice(kinds).place((-34 + col * 12.8, y, level * 2.6), rng.choice((0, math.pi)))
    for x in (-6, 46):
        mesh = Mesh(crane)
        for dx in (-8, 8):
            for y in (13, 27):
                mesh.box((x + dx, y, 17), (1.1, 1.1, 34))
                mesh.box((x + dx, y, 1), (3.4, 1.3, 1.2))
            mesh.rod((x + dx, 13, 12), (x + dx, 27, 26), 0.4, sides=8)
            mesh.box((x + dx, 20, 12), (1, 14, 1.2)).box((x + dx, 20, 33), (1.1, 14, 1.6))
        for y in (13, 27):
            mesh.box((x, y, 12), (16, 1, 1.4)).box((x, y, 33), (17, 1.2, 1.6))
        for dx in (-3, 3):
            mesh.box((x + dx, 26, 35), (0.8, 76, 1.6))
            for y in np.arange(-10, 62, 4):
                mesh.rod((x + dx, y, 35), (x + dx, y + 4, 37.6), 0.12, sides=5).rod(
                    (x + dx, y + 4, 37.6), (x + dx, y + 4, 35), 0.1, sides=5
                )
            mesh.box((x + dx, 26, 37.7), (0.4, 76, 0.4))
            mesh.rod((x + dx * 0.4, 16, 36), (x + dx * 0.3, 22, 54), 0.45, sides=8).rod(
                (x + dx * 0.4, 27, 36), (x + dx * 0.3, 22, 54), 0.4, sides=8
            )
            mesh.rod((x + dx * 0.3, 22, 53.5), (x + dx, 60, 37), 0.13, sides=6).rod(
                (x + dx * 0.3, 22, 53.5), (x + dx, -10, 37), 0.13, sides=6
            )
        mesh.box((x, 4, 37.5), (7, 9, 5)).box((x, 34, 32), (3, 3, 3))
        mesh.build("crane")
        for d in (-1, 1):
            tube([(x + d, 38, 35), (x + d, 38, 16)], 0.05, cable)
        box((x, 38, 15.6), (12, 2.2, 0.6), crane)
    ship = [(-70, -3.5), (74, -3.5), (82, 9), (76, 9), (-66, 8.5), (-72, 4)]
    Mesh(hull).prism(ship, 33, 55, taper=-1.5).build("ship", 0.3)
    Mesh(black).prism([(-71, 3), (79, 3), (81.6, 8.6), (-66.5, 8.6)], 31.7, 56.3).build("strake", 0.2)
    for k in range(7):
        box((-56, 44, 11 + k * 2.8), (12, 20 - k * 0.4, 2.5), white, 0.1)
        box((-49.9, 44, 11.6 + k * 2.8), (0.1, 17, 0.9), glass(), 0)
        for wy in np.arange(-60.5, -50.5, 1.6):
            box((wy, 34.3 + k * 0.2, 11.5 + k * 2.8), (0.8, 0.1, 0.8), glass(), 0)
    rod((-58, 44, 30), (-58, 44, 38), 2.2, hull, 1.8)
    for col in range(8):
        for level in range(rng.randint(2, 5)):
            for y in (36, 38.6, 41.2):
                rng.choice(kinds).place((-38 + col * 13, y, 9 + level * 2.6))
    for k, x in enumerate(np.arange(-30, 70, 9)):
        rod((x, 29.2, 0), (x, 29.2, 0.7), 0.3, black, 0.4, bevel=0.05)
        if k % 3 == 0:
            tube(sag((x, 29.2, 0.6), (x + 6, 33, 8), 0.6), 0.06, cable)
    lorry((0.5, 0.5, 0.5), (0.07, 0.16, 0.22), "quay lorry").place((14, -9.5, 0), 0.03)
    car((0.55, 0.5, 0.1), "van").place((-4, -14.4, 0), 0.1)
    for x in (-20, 30, 80):
        rod((x, -4, 0), (x, -4, 24), 0.3, crane, 0.15)
        box((x, -4, 24), (3, 3, 0.5), crane)
    far = cluster(gen, 900, (-500, 700, 500, 620))
    woods(gen, far, 9, 16, "leafy", (0.05, 0.06, 0.03), z=-2)
    kit.sky(_elevation("harbour_cranes"), -140, clouds=0.55, strength=0.1, seed=2)
    kit.camera((-19, -29, 5.2), (14, 22, 11.5), 24, 4)


def wheat_road() -> None:
    """A dirt road between ripe wheat fields under a summer sky."""
    kit.reset(haze=1500, seed=11)
    gen = np.random.default_rng(11)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        z = 2.2 * kit.fbm(x, y, 0.012, 3, 5) * np.clip(y / 60, 0, 1)
        road = np.abs(x - 6 * np.sin(y * 0.016) - 0.0)
        rut = -0.10 * np.exp(-(((road - 0.85) / 0.28) ** 2)) - 0.06 * (road < 2.4)
        return z + rut + 0.05 * kit.fbm(x, y, 1.6, 4, 6) * (road < 4)

    earth = material("earth", (0.15, 0.105, 0.065), (0.23, 0.17, 0.105), scale=0.9, bump=0.7, dirt=0.3, rough=0.95)
    kit.ground(_lines(-260, 260, -9, 13, 0.12), _lines(-8, 700, -6, 45, 0.14, 110), height, earth)

    def field(count: int, reach: float, near: float) -> np.ndarray:
        p = np.column_stack([gen.uniform(-reach, reach, count), gen.uniform(near, reach * 1.6, count)])
        return p[np.abs(p[:, 0] - 6 * np.sin(p[:, 1] * 0.016)) > 3.4 + gen.normal(0, 0.2, len(p))]

    for count, reach, near in ((24000, 16, -2), (30000, 50, 14), (34000, 150, 50)):
        p = field(count, reach, near)
        meadow(gen, p, 0.75, 1.15, (0.50, 0.34, 0.11), (0.38, 0.27, 0.09), height(p[:, 0], p[:, 1]), 16)
    p = cluster(gen, 5200, (-9, 14, -3, 70))
    d = np.abs(p[:, 0] - 6 * np.sin(p[:, 1] * 0.016))
    p = p[((d > 2.3) & (d < 3.6)) | (d < 0.35)]
    meadow(gen, p, 0.12, 0.5, (0.13, 0.19, 0.05), (0.22, 0.22, 0.07), height(p[:, 0], p[:, 1]))
    p = cluster(gen, 210, (-240, 240, 235, 262))
    woods(gen, p, 8, 15, "leafy", (0.045, 0.085, 0.025), z=height(p[:, 0], p[:, 1]))
    p = np.array([(-26, 84), (-31, 90), (44, 120), (60, 170), (-70, 160)], float)
    woods(gen, p, 8, 13, "leafy", (0.05, 0.09, 0.03), z=height(p[:, 0], p[:, 1]))
    pole_line(
        [
            (6.2 + 6 * math.sin(y * 0.016), y, float(height(np.array([0.0]), np.array([float(y)]))[0]))
            for y in range(8, 260, 38)
        ],
        8,
        3,
        (1, 0),
    )
    kit.sky(_elevation("wheat_road"), -35, clouds=0.62, strength=0.1, seed=7)
    kit.camera((0.5, -5.5, 1.9), (0.9, 30, 1.7), 27, 3.2, 14, roll=-0.6)


def apartments() -> None:
    """A courtyard between panel-built apartment blocks, cars along the kerb."""
    rng = kit.reset(haze=1300, seed=12)
    gen = np.random.default_rng(12)
    asphalt = material("asphalt", (0.075, 0.075, 0.077), (0.105, 0.10, 0.098), scale=0.5, fine=90, dirt=0.4, bump=0.3)
    kerb = material("kerb", (0.38, 0.37, 0.35), dirt=0.5)
    soil = material("lawn soil", (0.10, 0.085, 0.06), (0.075, 0.09, 0.04), scale=0.6, bump=0.5)
    cream = material("cream panel", (0.46, 0.42, 0.34), (0.40, 0.37, 0.31), streaks=0.5, dirt=0.25, scale=0.3)
    grey = material("grey panel", (0.36, 0.355, 0.34), (0.30, 0.295, 0.285), streaks=0.6, dirt=0.25, scale=0.3)
    blue = material("blue trim", (0.16, 0.26, 0.34), streaks=0.4)
    rust = material("red trim", (0.34, 0.15, 0.10), streaks=0.4)
    box((0, 6, -0.1), (300, 12, 0.2), asphalt, 0)
    box((0, 60, -0.11), (300, 90, 0.2), soil, 0)
    for y in (0.0, 12.0):
        for x in np.arange(-60, 60, 1.0):
            box((x, y, 0.04), (0.98, 0.16, 0.2), kerb, 0.02)
    box((0, -5, -0.08), (300, 10, 0.2), soil, 0)
    block(-24, 42, 44, 12, 9, cream, blue, rng)
    block(30, 46, 48, 12, 9, grey, rust, rng)
    block(4, 96, 90, 12, 14, grey, blue, rng)
    block(-70, 70, 30, 12, 5, cream, rust, rng)
    kinds = [
        car(c, f"car{k}")
        for k, c in enumerate(
            (
                (0.5, 0.5, 0.5),
                (0.25, 0.03, 0.03),
                (0.03, 0.05, 0.13),
                (0.6, 0.6, 0.58),
                (0.05, 0.05, 0.05),
                (0.12, 0.18, 0.12),
            )
        )
    ]
    for x in np.arange(-32, 44, 5.4):
        if rng.random() < 0.8:
            rng.choice(kinds).place(
                (x + rng.uniform(-0.4, 0.4), 10.6 + rng.uniform(-0.1, 0.15), 0),
                rng.choice((0, math.pi)) + rng.gauss(0, 0.02),
            )
    kinds[0].place((-3, 3.2, 0), 0.02)
    p = cluster(gen, 5200, (-45, 50, 12.4, 33))
    meadow(gen, p, 0.06, 0.22, (0.10, 0.14, 0.04), (0.20, 0.18, 0.07))
    p = cluster(gen, 1500, (-12, 14, -8, -0.2))
    meadow(gen, p, 0.08, 0.3, (0.10, 0.14, 0.04), (0.20, 0.18, 0.07))
    p = np.array(
        [
            (-28, 19),
            (-19, 24),
            (-9, 17),
            (1, 26),
            (8, 18),
            (17, 22),
            (27, 18),
            (36, 25),
            (47, 20),
            (-40, 22),
            (-2, 60),
            (4, 70),
        ],
        float,
    )
    woods(gen, p, 6, 10.5, "leafy", (0.19, 0.14, 0.03))
    steel = material("playground", (0.10, 0.22, 0.45), dirt=0.4)
    red = material("playground red", (0.45, 0.08, 0.05), dirt=0.4)
    for x in (9, 12.5):
        for s in (-0.8, 0.8):
            rod((x, 27 + s, 0), (x, 27, 2.4), 0.05, steel)
    rod((9, 27, 2.4), (12.5, 27, 2.4), 0.05, steel)
    for x in (10, 11.4):
        for d in (-0.2, 0.2):
            rod((x + d, 27, 2.4), (x + d, 27, 0.6), 0.012, red)
        box((x, 27, 0.58), (0.5, 0.25, 0.05), red)
    for x in (-10, 22):
        rod((x, 13, 0), (x, 13, 7.5), 0.08, kerb, 0.06)
        tube([(x, 13, 7.4), (x, 12.2, 7.8), (x, 11, 7.8)], 0.04, kerb)
        box((x, 10.8, 7.78), (0.3, 0.7, 0.12), kerb)
    for x in (-16.5, -14.6):
        box((x, 14, 0.7), (1.3, 1.0, 1.2), material("bin", (0.07, 0.17, 0.09), dirt=0.5), 0.06)
    kit.sky(_elevation("apartment_blocks"), -150, clouds=0.4, strength=0.1, seed=9)
    kit.camera((-9, -6.5, 1.75), (3, 30, 9.5), 24, 4)


def mountain_road() -> None:
    """A road with a guard rail winding below rocky, partly snow-covered mountains."""
    kit.reset(haze=4200, haze_colour=(0.55, 0.64, 0.78), seed=13)
    gen = np.random.default_rng(13)

    def centre(y: np.ndarray) -> np.ndarray:
        return 9 * np.sin(y * 0.022) + 0.0006 * y * y

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        d = x - centre(y)
        ridge = 1 - np.abs(kit.fbm(x, y, 0.0032, 6, 61))
        left = np.clip((-d - 5) / 60, 0, 3) ** 1.25 * (26 + 34 * ridge)
        right = -(np.clip((d - 5.5) / 22, 0, 3.2) ** 1.2) * 13
        far = np.clip((y - 420) / 900, 0, 1.2) ** 0.8 * (130 + 620 * ridge**3)
        far *= np.clip(np.abs(x - 90) / 420, 0.32, 1)
        rough = (1.6 * kit.fbm(x, y, 0.11, 5, 62) + 0.4 * kit.fbm(x, y, 0.8, 4, 63)) * np.clip(
            (np.abs(d) - 5) / 8, 0, 1
        )
        return left + right + far + rough + y * 0.02

    rock = material(
        "mountain",
        (0.115, 0.10, 0.085),
        (0.06, 0.075, 0.035),
        scale=0.09,
        fine=1.6,
        bump=0.9,
        relief=0.9,
        dirt=0.4,
        dirt_colour=(0.09, 0.08, 0.06),
        rough=0.95,
    )
    top = material(
        "mountain far",
        (0.11, 0.10, 0.10),
        (0.055, 0.052, 0.052),
        scale=0.02,
        fine=0.16,
        bump=1.0,
        relief=14.0,
        dirt=0.4,
        snow=0.62,
        rough=0.95,
    )
    kit.ground(_lines(-320, 320, -22, 26, 0.3, 150), _lines(-14, 430, -10, 60, 0.4, 170), height, rock)
    kit.ground(np.linspace(-1500, 1600, 420), np.linspace(400, 2400, 300), height, top)
    asphalt = material("road", (0.085, 0.085, 0.088), (0.12, 0.118, 0.115), fine=80, dirt=0.35, bump=0.25)
    white = material("road paint", (0.62, 0.62, 0.60), dirt=0.5, bump=0)
    steel = material("guard rail", (0.42, 0.43, 0.44), metal=0.7, rough=0.5, dirt=0.4, streaks=0.3)
    ys = np.arange(-14, 420, 1.0)

    def ribbon(a: float, b: float, lift: float, mat: object, dash: bool = False) -> None:
        mesh = Mesh(mat)
        for y0, y1 in zip(ys, ys[1:]):
            if dash and int(y0) % 9 > 3:
                continue
            pts = [
                (float(centre(np.float64(y)) + o), float(y), float(y) * 0.02 + lift)
                for y, o in ((y0, a), (y0, b), (y1, b), (y1, a))
            ]
            mesh.add(pts, [(0, 1, 2, 3)])
        mesh.build("ribbon")

    ribbon(-3.6, 3.6, 0.06, asphalt)
    ribbon(-3.25, -3.1, 0.075, white)
    ribbon(3.1, 3.25, 0.075, white)
    ribbon(-0.07, 0.07, 0.075, white, True)
    for z in (0.62, 0.78):
        tube(
            [(float(centre(np.float64(y)) + 4.15), float(y), y * 0.02 + z) for y in np.arange(-10, 240, 2)], 0.07, steel
        )
    for y in np.arange(-10, 240, 4):
        x = float(centre(np.float64(y)) + 4.25)
        box((x, y, y * 0.02 + 0.35), (0.1, 0.1, 1.0), steel, 0.01)
    p = cluster(gen, 5200, (-190, 200, 20, 420))
    d = p[:, 0] - centre(p[:, 1])
    p = p[(np.abs(d) > 13) & (kit.fbm(p[:, 0], p[:, 1], 0.02, 3, 8) > -0.05)]
    woods(gen, p, 6, 15, "conifer", (0.028, 0.052, 0.026), z=height(p[:, 0], p[:, 1]))
    p = cluster(gen, 4600, (-16, 22, -6, 70))
    d = p[:, 0] - centre(p[:, 1])
    p = p[np.abs(d) > 4.6]
    meadow(gen, p, 0.12, 0.45, (0.16, 0.19, 0.06), (0.26, 0.23, 0.09), height(p[:, 0], p[:, 1]))
    stones = kit.rocks(material("scree", (0.20, 0.19, 0.18), (0.13, 0.12, 0.11), bump=0.5), 4)
    p = cluster(gen, 420, (-26, 24, -4, 120))
    p = p[np.abs(p[:, 0] - centre(p[:, 1])) > 4.8]
    kit.scatter(stones, np.column_stack([p, height(p[:, 0], p[:, 1])]), gen.lognormal(-0.9, 0.6, len(p)), gen, 0.8)
    car((0.5, 0.5, 0.48), "car").place((float(centre(np.float64(58))) + 1.7, 58, 58 * 0.02 + 0.06), math.pi / 2 - 0.1)
    kit.sky(_elevation("mountain_road"), -12, clouds=0.5, strength=0.1, seed=12)
    kit.camera((0.9, -9, 1.8), (9, 60, 9.5), 27, 5, 25)


def river_bridge() -> None:
    """A steel truss bridge over a river in autumn, with stone piers."""
    kit.reset(haze=1400, haze_colour=(0.66, 0.68, 0.70), seed=14)
    gen = np.random.default_rng(14)
    steel = material(
        "truss",
        (0.13, 0.19, 0.16),
        (0.10, 0.14, 0.12),
        dirt=0.4,
        streaks=0.6,
        rough=0.6,
        dirt_colour=(0.12, 0.06, 0.03),
    )
    stone = material("pier", (0.29, 0.27, 0.24), (0.20, 0.185, 0.165), scale=1.2, bump=0.6, streaks=0.6, dirt=0.4)
    deck = material("deck", (0.20, 0.20, 0.19), dirt=0.4, streaks=0.5)
    kit.ground(
        np.linspace(-400, 400, 40),
        np.linspace(-40, 120, 20),
        lambda x, y: 0 * x,
        kit.water("river", (0.03, 0.035, 0.025), scale=0.35, bump=0.45),
        "river",
    )
    mesh = Mesh(steel, deck)
    spans = [(-96, -48), (-48, 0), (0, 48), (48, 96)]
    for y in (44, 51):
        for a, b in spans:
            n = 8
            step = (b - a) / n
            crown = [0] + [5.2 + 2.6 * math.sin(math.pi * k / n) for k in range(1, n)] + [0]
            for k in range(n):
                x0, x1 = a + k * step, a + (k + 1) * step
                mesh.rod((x0, y, 10), (x1, y, 10), 0.30, sides=6)
                mesh.rod((x0, y, 10 + crown[k]), (x1, y, 10 + crown[k + 1]), 0.30, sides=6)
                mesh.rod((x1, y, 10), (x1, y, 10 + crown[k + 1]), 0.16, sides=6)
                lo, hi = ((x0, 10), (x1, 10 + crown[k + 1])) if k < n / 2 else ((x1, 10), (x0, 10 + crown[k]))
                mesh.rod((lo[0], y, lo[1]), (hi[0], y, hi[1]), 0.15, sides=6)
    for a, b in spans:
        for k in range(2, 7):
            x = a + k * (b - a) / 8
            z = 10 + 5.2 + 2.6 * math.sin(math.pi * k / 8)
            mesh.rod((x, 44, z), (x, 51, z), 0.14, sides=6)
    mesh.box((0, 47.5, 9.7), (250, 7.6, 0.5), 1)
    for y in (43.4, 51.6):
        for z in (10.5, 10.9, 11.3):
            mesh.rod((-125, y, z), (125, y, z), 0.04, sides=5)
        for x in np.arange(-125, 125, 2.0):
            mesh.rod((x, y, 9.8), (x, y, 11.35), 0.05, sides=5)
    mesh.build("truss")
    for x in (-96, -48, 0, 48, 96):
        Mesh(stone).prism([(x - 2.6, -2), (x + 2.6, -2), (x + 1.9, 8.4), (x - 1.9, 8.4)], 42, 53).build("pier", 0.25)
        box((x, 47.5, 8.9), (5.4, 12.4, 1.0), stone, 0.15)
        rod((x, 41.5, -2), (x, 41.5, 4), 2.3, stone, 2.0, sides=20)
    lorry((0.55, 0.1, 0.08), (0.50, 0.50, 0.48), "bridge lorry").place((14, 46, 9.95), math.pi)
    car((0.45, 0.45, 0.47), "c1").place((-18, 49, 9.95))
    car((0.05, 0.08, 0.2), "c2").place((-31, 46.3, 9.95), math.pi)
    bank = material("bank", (0.15, 0.12, 0.08), (0.12, 0.13, 0.06), scale=0.5, bump=0.7)

    def far(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return (
            -1.2
            + np.clip((y - 100) / 14, 0, 1) * 5.5
            + np.clip((y - 130) / 260, 0, 1) ** 1.3 * 62 * (1 + 0.5 * kit.fbm(x, y, 0.006, 3, 3))
            + 0.8 * kit.fbm(x, y, 0.1, 3, 4)
        )

    kit.ground(np.linspace(-420, 420, 160), np.linspace(96, 460, 90), far, bank)
    p = cluster(gen, 1500, (-300, 300, 110, 330))
    z = far(p[:, 0], p[:, 1])
    third = len(p) // 3
    woods(gen, p[:third], 9, 16, "leafy", (0.22, 0.13, 0.025), z=z[:third])
    woods(gen, p[third : 2 * third], 9, 16, "leafy", (0.10, 0.11, 0.03), z=z[third : 2 * third])
    woods(gen, p[2 * third :], 9, 17, "leafy", (0.17, 0.065, 0.02), z=z[2 * third :])

    def near(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 2.0 - np.clip((y + 12) / 9, 0, 1) * 3.2 + 0.35 * kit.fbm(x, y, 0.4, 4, 6)

    kit.ground(np.arange(-40, 40, 0.3), np.arange(-24, 2, 0.25), near, bank)
    p = cluster(gen, 5200, (-22, 22, -18, -2.6))
    meadow(gen, p, 0.25, 0.9, (0.17, 0.15, 0.05), (0.26, 0.21, 0.09), near(p[:, 0], p[:, 1]))
    stones = kit.rocks(material("bank stone", (0.24, 0.23, 0.21), (0.15, 0.14, 0.13), bump=0.5), 4)
    p = cluster(gen, 500, (-24, 24, -5, -1))
    kit.scatter(stones, np.column_stack([p, near(p[:, 0], p[:, 1])]), gen.lognormal(-1.1, 0.5, len(p)), gen, 0.8)
    brick = material("old mill", (0.32, 0.20, 0.14), (0.25, 0.16, 0.12), streaks=0.4)
    roof = material("mill roof", (0.19, 0.09, 0.06), (0.13, 0.07, 0.05))
    trim = material("mill trim", (0.5, 0.48, 0.44))
    for x, y, w in ((-60, 112, 22), (-30, 114, 12), (70, 115, 16), (92, 112, 12)):
        house(x, y, w, 9, brick, roof, trim, h=5.0)
    kit.sky(_elevation("river_bridge"), -60, clouds=0.6, strength=0.1, seed=15, aerosol=2.5)
    kit.camera((-14, -15.5, 3.6), (10, 47, 9.0), 27, 4, 50)


def lorry_park() -> None:
    """A wet lorry park at a border terminal, rows of articulated lorries."""
    rng = kit.reset(haze=700, haze_colour=(0.60, 0.63, 0.66), seed=15)
    gen = np.random.default_rng(15)

    def damp(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 0.03 * kit.fbm(x, y, 0.35, 3, 4)

    asphalt = material(
        "yard", (0.06, 0.06, 0.062), (0.095, 0.093, 0.09), scale=0.35, rough=0.42, fine=90, dirt=0.3, bump=0.2
    )
    kit.ground(np.linspace(-120, 120, 300), np.linspace(-20, 160, 260), damp, asphalt)
    puddle = kit.water("puddle", (0.02, 0.02, 0.022), scale=0.6, bump=0.05)
    kit.ground(np.linspace(-120, 120, 3), np.linspace(-20, 160, 3), lambda x, y: 0 * x - 0.006, puddle)
    white = material("bay line", (0.55, 0.55, 0.52), dirt=0.6, bump=0)
    for x in np.arange(-48, 60, 4.4):
        box((x + 2.2, 17, 0.028), (0.14, 17, 0.012), white, 0)
        box((x + 2.2, 50, 0.028), (0.14, 17, 0.012), white, 0)
    palette = (
        ((0.5, 0.5, 0.5), (0.42, 0.43, 0.45)),
        ((0.05, 0.10, 0.26), (0.06, 0.11, 0.25)),
        ((0.40, 0.05, 0.04), (0.45, 0.44, 0.40)),
        ((0.55, 0.30, 0.04), (0.08, 0.20, 0.11)),
        ((0.06, 0.18, 0.10), (0.50, 0.48, 0.44)),
        ((0.5, 0.5, 0.48), (0.38, 0.07, 0.05)),
        ((0.12, 0.12, 0.13), (0.45, 0.30, 0.06)),
    )
    names = ("DEMO CARGO", "OSTLINE", "NORDO", "K-TRANS", "DEMO CARGO", "ALBA", "MARIS")
    kinds = [lorry(a, b, f"lorry{k}", words=names[k]) for k, (a, b) in enumerate(palette)]
    for y, turn in ((20, -1), (53, -1), (78, 1)):
        for x in np.arange(-48, 60, 4.4):
            if rng.random() < 0.86:
                rng.choice(kinds).place(
                    (x + rng.gauss(0, 0.12), y + rng.uniform(-0.6, 0.6), 0), turn * math.pi / 2 + rng.gauss(0, 0.012)
                )
    kinds[2].place((-12, 4.5, 0), math.pi + 0.05)
    steel = material("lamp steel", (0.35, 0.36, 0.36), metal=0.4, dirt=0.3)
    for x in (-36, -6, 26, 60):
        for y in (34, 66):
            rod((x, y, 0), (x, y, 13), 0.14, steel, 0.08)
            for d in (-1, 1):
                box((x + d, y, 13), (1.2, 0.35, 0.14), steel)
    wall = material("terminal", (0.38, 0.39, 0.40), stripes=(0.8, "x", (0.34, 0.35, 0.36)), streaks=0.4)
    trim = material("terminal trim", (0.10, 0.16, 0.30))
    box((-8, 104, 4.5), (90, 14, 9), wall, 0.05)
    box((-8, 96.8, 8.6), (91, 0.4, 1.2), trim, 0.02)
    for x in np.arange(-46, 34, 6.5):
        box((x, 96.9, 2.2), (3.6, 0.3, 3.8), glass(), 0.02)
    box((-8, 92, 6.2), (60, 9, 0.5), trim, 0.05)
    for x in np.arange(-36, 22, 9):
        rod((x, 88.5, 0), (x, 88.5, 6), 0.2, steel)
    fence = Mesh(steel)
    for x in np.arange(-60, 60, 3):
        fence.rod((x, -2.2, 0), (x, -2.2, 2.1), 0.04)
    for z in np.arange(0.15, 2.1, 0.14):
        fence.rod((-60, -2.2, z), (60, -2.2, z), 0.006, sides=4)
    for x in np.arange(-24, 24, 0.14):
        fence.rod((x, -2.2, 0.1), (x, -2.2, 2.05), 0.006, sides=4)
    fence.build("fence")
    cone = material("cone", (0.55, 0.12, 0.03), dirt=0.4, stripes=(0.3, "z", (0.6, 0.6, 0.58)))
    for x in (-7, -2.2, 2.4):
        rod((x, 0.8, 0.02), (x, 0.8, 0.7), 0.18, cone, 0.03)
    p = cluster(gen, 240, (-120, 120, 118, 150))
    woods(gen, p, 8, 14, "leafy", (0.05, 0.07, 0.03))
    kit.sky(_elevation("lorry_park"), -25, clouds=0.85, strength=0.13, sun=0.12, aerosol=4, seed=20)
    kit.camera((-15, -9.5, 4.4), (3, 24, 2.0), 25, 4, 18)


def village_street() -> None:
    """An unpaved village street between cottages and picket fences."""
    rng = kit.reset(haze=800, seed=16)
    gen = np.random.default_rng(16)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        rut = -0.09 * np.exp(-(((np.abs(x) - 0.8) / 0.25) ** 2))
        return rut + 0.06 * kit.fbm(x, y, 0.9, 4, 3) + np.clip((y - 80) / 120, 0, 1) ** 1.4 * 45

    mud = material("mud", (0.15, 0.115, 0.08), (0.24, 0.19, 0.135), scale=0.7, bump=0.8, rough=0.85)
    kit.ground(_lines(-160, 160, -9, 9, 0.14, 90), _lines(-8, 320, -7, 40, 0.16, 110), height, mud)
    walls = [
        material(f"wall{k}", c, streaks=0.35, dirt=0.3, scale=0.8)
        for k, c in enumerate(((0.50, 0.47, 0.40), (0.22, 0.33, 0.38), (0.46, 0.36, 0.20), (0.34, 0.40, 0.28)))
    ]
    roofs = [
        material(f"tiles{k}", c, scale=2, stripes=(0.3, "z", tuple(v * 0.72 for v in c)), dirt=0.4)
        for k, c in enumerate(((0.26, 0.11, 0.07), (0.17, 0.155, 0.15), (0.21, 0.12, 0.08)))
    ]
    trim = material("white trim", (0.62, 0.61, 0.57), dirt=0.3)
    picket = [
        material(f"picket{k}", c, stretch=(6, 6, 0.6), dirt=0.4, streaks=0.5)
        for k, c in enumerate(((0.26, 0.21, 0.16), (0.17, 0.24, 0.20), (0.42, 0.40, 0.36)))
    ]
    for k, y in enumerate((7, 19, 32, 45, 59, 73)):
        house(
            -9.6 - rng.uniform(0, 1.5), y, 8.5, 6.5, walls[k % 4], roofs[k % 3], trim, math.pi / 2 + rng.gauss(0, 0.03)
        )
        house(
            10.2 + rng.uniform(0, 2),
            y + 5,
            9,
            6.8,
            walls[(k + 2) % 4],
            roofs[(k + 1) % 3],
            trim,
            -math.pi / 2 + rng.gauss(0, 0.03),
        )
    for side in (-5.2, 5.6):
        mesh = Mesh(*picket)
        for i, y in enumerate(np.arange(-4, 84, 0.13)):
            section = int((y + 4) // 12) % 3
            if 4.5 < (y + side) % 13 < 5.9:
                continue
            mesh.box(
                (side + rng.gauss(0, 0.012), y, 0.62),
                (0.025, 0.085, 1.15 + rng.gauss(0, 0.02)),
                section,
                (rng.gauss(0, 0.02), rng.gauss(0, 0.02), 0),
            )
        for z in (0.35, 0.95):
            for k in range(8):
                mesh.box((side + 0.03, 2 + k * 11, z), (0.04, 11, 0.07), k % 3)
        mesh.build("pickets")
    p = cluster(gen, 9000, (-6, 6.4, -5, 80))
    p = p[(np.abs(p[:, 0]) > 2.4 + 0.5 * kit.fbm(p[:, 0], p[:, 1], 0.5, 2, 1)) | (np.abs(p[:, 0]) < 0.3)]
    meadow(gen, p, 0.08, 0.36, (0.10, 0.17, 0.04), (0.20, 0.21, 0.07), height(p[:, 0], p[:, 1]))
    p = np.array(
        [
            (-7.4, 14),
            (-8, 26),
            (7.6, 1.5),
            (8, 19),
            (-7.5, 39),
            (8.4, 33),
            (-7.8, 53),
            (8, 47),
            (-14, 2),
            (15, 12),
            (17, 25),
            (-18, 30),
        ],
        float,
    )
    woods(gen, p, 4.5, 8.5, "leafy", (0.065, 0.12, 0.03))
    p = cluster(gen, 900, (-150, 150, 92, 240))
    p = p[(np.abs(p[:, 0]) > 6) | (p[:, 1] > 105)]
    woods(gen, p, 8, 15, "leafy", (0.05, 0.09, 0.03), z=height(p[:, 0], p[:, 1]))
    pole_line([(4.5, y, 0) for y in (4, 30, 56, 82)], 7.6, 4, (1, 0))
    logs = material("logs", (0.34, 0.25, 0.15), (0.24, 0.17, 0.11), scale=5)
    for k in range(46):
        layer = k // 10
        rod(
            (-4.2 - rng.uniform(0, 0.1), 1.2 + (k % 10) * 0.24 + layer * 0.1, 0.13 + layer * 0.21),
            (-3.4, 1.2 + (k % 10) * 0.24 + layer * 0.1, 0.13 + layer * 0.21),
            0.115,
            logs,
            sides=10,
        )
    car((0.32, 0.30, 0.24), "old car").place((3.1, 17, 0.02), math.pi / 2)
    tank = material("well", (0.20, 0.15, 0.11), scale=4)
    box((-3.9, 21, 0.45), (1.1, 1.1, 0.9), tank, 0.03)
    for s in (-0.5, 0.5):
        box((-3.9, 21 + s, 1.2), (0.1, 0.1, 1.6), tank, 0.01)
    box((-3.9 - 0.35, 21, 2.05), (0.9, 1.5, 0.06), tank, 0.01, rot=(0, -0.6, 0))
    box((-3.9 + 0.35, 21, 2.05), (0.9, 1.5, 0.06), tank, 0.01, rot=(0, 0.6, 0))
    kit.sky(_elevation("village_street"), -150, clouds=0.5, strength=0.1, seed=23)
    kit.camera((0.9, -6.5, 1.7), (-0.6, 25, 2.1), 25, 3.5, 14, roll=0.8)


def factory() -> None:
    """A brick works with striped chimneys, pipes and a saw-tooth roof behind a spoil heap."""
    rng = kit.reset(haze=650, haze_colour=(0.64, 0.62, 0.58), seed=17)
    gen = np.random.default_rng(17)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 0.25 * kit.fbm(x, y, 0.2, 4, 5) + 5.5 * np.exp(-(((x - 19) / 9) ** 2) - ((y - 12) / 6) ** 2) * (
            1 + 0.25 * kit.fbm(x, y, 0.5, 4, 6)
        )

    soil = material("slag", (0.105, 0.095, 0.085), (0.18, 0.155, 0.13), scale=0.5, bump=0.8, rough=0.9)
    kit.ground(_lines(-260, 260, -24, 34, 0.25, 60), _lines(-14, 300, -10, 34, 0.25, 60), height, soil)
    brick = material(
        "works brick",
        (0.30, 0.14, 0.095),
        (0.21, 0.105, 0.075),
        scale=0.5,
        streaks=0.5,
        dirt=0.35,
        stripes=(0.17, "z", (0.25, 0.12, 0.085)),
    )
    tin = material(
        "works tin",
        (0.30, 0.32, 0.33),
        (0.22, 0.19, 0.17),
        scale=0.5,
        streaks=0.7,
        stripes=(0.5, "x", (0.25, 0.27, 0.28)),
    )
    concrete = material("stack", (0.42, 0.40, 0.37), (0.34, 0.325, 0.30), streaks=0.5, scale=0.3)
    red = material("stack red", (0.42, 0.09, 0.06), streaks=0.4)
    white = material("stack white", (0.60, 0.58, 0.55), streaks=0.5)
    pipe = material("pipe", (0.33, 0.31, 0.27), (0.24, 0.20, 0.16), metal=0.3, streaks=0.6, rough=0.5)
    steel = material("works steel", (0.12, 0.09, 0.075), streaks=0.5)
    mesh = Mesh(brick, tin, glass(), white)
    mesh.box((-14, 62, 7), (62, 24, 14))
    for k in range(9):
        x = -42 + k * 6.9
        mesh.add(
            [(x, 50, 14), (x + 6.9, 50, 14), (x + 6.9, 50, 18), (x, 74, 14), (x + 6.9, 74, 14), (x + 6.9, 74, 18)],
            [(0, 1, 2), (3, 5, 4), (0, 2, 5, 3), (1, 4, 5, 2)],
            1,
        )
        for z in (4.5, 10):
            for d in (1.8, 5.1):
                mesh.box((x + d, 49.95, z), (2.1, 0.2, 3.6), 3)
                for i in range(3):
                    for j in range(4):
                        mesh.box((x + d - 0.65 + i * 0.65, 49.86, z - 1.32 + j * 0.88), (0.55, 0.1, 0.76), 2)
        mesh.box((x, 49.8, 7), (0.7, 0.5, 14))
    mesh.box((44, 66, 11), (26, 26, 22), 1).box((44, 66, 24), (12, 12, 5), 1).box((68, 72, 7), (20, 18, 14))
    mesh.build("works")
    for x, y, h, r in ((-30, 84, 62, 3.2), (6, 92, 78, 3.6), (60, 98, 55, 2.8)):
        bands = 11
        for k in range(bands):
            z0, z1 = h * k / bands, h * (k + 1) / bands
            mat = concrete if k < bands - 5 else (red if k % 2 == 0 else white)
            rod((x, y, z0), (x, y, z1), r * (1 - 0.045 * k), mat, r * (1 - 0.045 * (k + 1)), sides=36)
        for z in (h * 0.55, h * 0.8):
            rod((x, y, z), (x, y, z + 0.5), r * 0.85, steel, sides=36)
    smoke = kit.bpy.data.materials.new("smoke")
    smoke.use_nodes = True
    tree = smoke.node_tree
    n = kit.Nodes(tree)
    tree.nodes.remove(tree.nodes["Principled BSDF"])
    vol = n.new("VolumePrincipled")
    vol.inputs["Color"].default_value = (0.75, 0.74, 0.73, 1)
    cloud = n.noise(n.new("NewGeometry").outputs["Position"], 0.13, 5, 0.6)
    n.set(vol.inputs["Density"], n.math("MULTIPLY", n.ramp(cloud, 0.46, 0.66), 0.30))
    n.set(tree.nodes["Material Output"].inputs["Volume"], vol.outputs[0])
    for x, y, z in ((-30, 84, 62), (6, 92, 78)):
        steps = np.linspace(0, 1, 40)
        kit.plume(
            [(x + 70 * t * t + 8 * t, y, z + 0.5 + 34 * t**0.75) for t in steps],
            [1.5 + 11 * t**0.9 for t in steps],
            smoke,
        )
    for k, z in enumerate((6.2, 7.4)):
        tube(
            [
                (-70, 30 + k, z),
                (8, 30 + k, z),
                (8, 30 + k, z + 4),
                (16, 30 + k, z + 4),
                (16, 30 + k, z),
                (90, 30 + k, z),
            ],
            0.42,
            pipe,
        )
    for x in np.arange(-66, 90, 9):
        if not 6 < x < 18:
            for s in (-0.9, 1.9):
                rod((x, 30 + s, 0), (x, 30 + 0.5, 6), 0.14, steel)
    for x, y in ((30, 44), (38, 44)):
        rod((x, y, 0), (x, y, 12), 3.6, concrete, sides=40)
        rod((x, y, 12), (x, y, 13.6), 3.6, tin, 0.6, sides=40)
        tube(
            [(x + 3.7 * math.cos(t), y - abs(3.7 * math.sin(t)), t * 1.9) for t in np.linspace(0, 6.2, 40)], 0.05, steel
        )
    wall = Mesh(concrete)
    for x in np.arange(-70, 70, 3.0):
        wall.box((x, 20.5, 1.2), (2.92, 0.12, 2.4), rot=(rng.gauss(0, 0.015), 0, 0)).box(
            (x + 1.5, 20.5, 1.3), (0.2, 0.25, 2.7)
        )
    wall.build("wall", 0.02)
    p = cluster(gen, 5200, (-26, 30, -7, 20))
    p = p[kit.fbm(p[:, 0], p[:, 1], 0.2, 3, 12) > -0.1]
    meadow(gen, p, 0.2, 0.75, (0.22, 0.19, 0.08), (0.14, 0.16, 0.05), height(p[:, 0], p[:, 1]))
    stones = kit.rocks(material("rubble", (0.20, 0.17, 0.15), (0.28, 0.13, 0.09), bump=0.4), 5)
    p = cluster(gen, 1500, (-22, 30, -6, 20))
    kit.scatter(stones, np.column_stack([p, height(p[:, 0], p[:, 1])]), gen.lognormal(-1.7, 0.6, len(p)), gen, 0.8)
    p = np.array([(-20, 17), (-13, 18.5), (-26, 14), (32, 19), (4, 18.6)], float)
    woods(gen, p, 5, 8, "bare")
    pole_line([(-16 + k * 26, 16 - k, 0) for k in range(4)], 8, 3, (0, 1))
    kit.sky(_elevation("factory_chimneys"), -165, clouds=0.6, strength=0.1, aerosol=4, seed=27)
    kit.camera((-7, -12, 2.2), (5, 55, 23), 24, 4, 30)


def forest_track() -> None:
    """A snowy forest track with wheel ruts between spruces and birches."""
    kit.reset(haze=230, haze_colour=(0.70, 0.75, 0.80), seed=18)
    gen = np.random.default_rng(18)

    def bend(y: np.ndarray) -> np.ndarray:
        return 4.5 * np.sin(y * 0.035) + 0.2

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        d = np.abs(x - bend(y))
        rut = -0.13 * np.exp(-(((d - 0.82) / 0.2) ** 2)) - 0.10 * (1 / (1 + np.exp((d - 2.1) * 6)))
        return (
            rut
            + 0.22 * kit.fbm(x, y, 0.35, 4, 5) * np.clip(d - 1.6, 0, 1)
            + 0.05 * kit.fbm(x, y, 2.0, 4, 6)
            + 0.025 * kit.fbm(x, y, 9.0, 3, 7)
        )

    snow = material(
        "snow",
        (0.82, 0.84, 0.88),
        (0.74, 0.77, 0.83),
        scale=0.8,
        fine=60,
        dirt=0.05,
        dirt_colour=(0.5, 0.5, 0.5),
        bump=0.35,
        rough=0.6,
    )
    kit.ground(_lines(-80, 80, -8, 9, 0.07, 90), _lines(-7, 190, -6, 26, 0.08, 130), height, snow)
    p = cluster(gen, 620, (-48, 48, 0, 150))
    d = np.abs(p[:, 0] - bend(p[:, 1]))
    p = p[(d > 4.3) & (np.hypot(p[:, 0] - 0.3, p[:, 1] + 4) > 6)]
    woods(gen, p, 9, 19, "conifer", (0.022, 0.040, 0.022), snow=0.62, z=height(p[:, 0], p[:, 1]))
    p = cluster(gen, 130, (-36, 36, 3, 120))
    p = p[np.abs(p[:, 0] - bend(p[:, 1])) > 3.6]
    birch = material(
        "white bark", (0.55, 0.53, 0.49), (0.07, 0.06, 0.055), scale=4, stretch=(1, 1, 5), threshold=(0.54, 0.66)
    )
    twig = material("frosted twig", (0.35, 0.35, 0.36), (0.14, 0.11, 0.10), bump=0)
    kit.scatter(
        kit.bare_trees(birch, twig, 3, seed=91),
        np.column_stack([p, height(p[:, 0], p[:, 1]) - 0.1]),
        gen.uniform(7, 13, len(p)),
        gen,
        0.04,
    )
    p = cluster(gen, 260, (-9, 10, -3, 40))
    p = p[np.abs(p[:, 0] - bend(p[:, 1])) > 2.4]
    woods(gen, p[:60], 0.8, 2.6, "conifer", (0.025, 0.045, 0.022), snow=0.55, z=height(p[:60, 0], p[:60, 1]))
    meadow(gen, p[60:], 0.25, 0.7, (0.33, 0.25, 0.14), (0.24, 0.18, 0.10), height(p[60:, 0], p[60:, 1]) - 0.03)
    logs = material("felled", (0.22, 0.15, 0.10), (0.14, 0.10, 0.07), scale=4, snow=0.5)
    face = material("cut face", (0.52, 0.36, 0.19), (0.42, 0.29, 0.16), scale=6)
    for k in range(15):
        x, z = 4.6 + (k % 5) * 0.42 + (k // 5) * 0.2, 0.2 + (k // 5) * 0.34
        rod((x, 7.0 + gen.normal(0, 0.15), z), (x + 0.2, 11.5, z), 0.2, logs, 0.17, sides=16)
        rod((x - 0.002, 6.80, z), (x, 6.86 + 0.0, z), 0.185, face, sides=16)
    post = material("marker", (0.5, 0.08, 0.05))
    for y in (3, 24, 46):
        x = float(bend(np.float64(y))) - 2.7
        rod((x, y, 0), (x, y, 1.5), 0.03, post)
    kit.sky(_elevation("forest_track"), 62, clouds=0.5, strength=0.12, aerosol=2.2, seed=30)
    kit.camera((0.4, -5.2, 1.65), (1.8, 20, 2.6), 26, 3.2, 10, roll=0.5)


def desert_outpost() -> None:
    """A desert outpost: earth-filled barriers, a watch-tower, tents and water tanks on stony sand."""
    rng = kit.reset(haze=1500, haze_colour=(0.74, 0.68, 0.58), seed=19)
    gen = np.random.default_rng(19)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        dunes = np.clip((y - 90) / 160, 0, 1) * (9 + 9 * (1 - np.abs(kit.fbm(x * 0.5 + y * 0.3, y, 0.010, 3, 8))))
        return (
            dunes
            + 0.18 * kit.fbm(x, y, 0.15, 4, 9)
            + 0.012 * np.sin((x * 0.35 + y + 1.5 * kit.fbm(x, y, 0.4, 2, 3)) * 9) * (kit.fbm(x, y, 0.12, 2, 4) > -0.2)
        )

    sand = material(
        "sand",
        (0.50, 0.35, 0.20),
        (0.42, 0.29, 0.165),
        scale=0.25,
        fine=140,
        dirt=0.25,
        dirt_colour=(0.30, 0.21, 0.13),
        bump=0.3,
        rough=0.95,
    )
    kit.ground(_lines(-500, 500, -14, 16, 0.1, 160), _lines(-14, 700, -12, 22, 0.1, 160), height, sand)
    cloth = material("hesco", (0.40, 0.32, 0.21), (0.33, 0.26, 0.17), scale=1.5, streaks=0.3, bump=0.6, fine=18)
    bags = material("sandbag", (0.36, 0.30, 0.20), (0.28, 0.235, 0.16), scale=3, bump=0.6)
    canvas = material("tent", (0.36, 0.32, 0.22), (0.30, 0.27, 0.19), scale=1, bump=0.4)
    wood = material("tower wood", (0.26, 0.18, 0.11), (0.17, 0.12, 0.08), stretch=(4, 4, 0.5), scale=3)
    steel = material("outpost steel", (0.18, 0.15, 0.12), dirt=0.4)
    tin = material(
        "outpost tin", (0.38, 0.37, 0.34), (0.28, 0.22, 0.17), streaks=0.5, stripes=(0.22, "x", (0.32, 0.31, 0.28))
    )
    for row in range(2):
        for x in np.arange(-22, 34, 1.12):
            if 3.5 < x < 9:
                continue
            box(
                (x + rng.gauss(0, 0.02), 20 + rng.gauss(0, 0.03), 0.68 + row * 1.33),
                (1.08, 1.1, 1.36),
                cloth,
                0.09,
                rot=(rng.gauss(0, 0.02), rng.gauss(0, 0.02), rng.gauss(0, 0.03)),
            )
    for y in np.arange(21, 46, 1.12):
        for x in (-22, 33):
            box((x, y, 1.3), (1.1, 1.08, 2.6), cloth, 0.1, rot=(0, rng.gauss(0, 0.02), 0))
    for k in range(120):
        layer = k // 24
        box(
            (
                3.2 + (k % 6) * 0.48 + layer * 0.1 + (0 if (k // 6) % 2 else 4.0),
                18.4 + (k // 6 % 4) * 0.3,
                0.12 + layer * 0.2,
            ),
            (0.5, 0.32, 0.2),
            bags,
            0.09,
            rot=(rng.gauss(0, 0.06), rng.gauss(0, 0.06), rng.gauss(0, 0.12)),
        )
    tx, ty = -13, 25
    for sx in (-1.6, 1.6):
        for sy in (-1.6, 1.6):
            rod((tx + sx * 1.25, ty + sy * 1.25, 0), (tx + sx, ty + sy, 9.6), 0.13, wood, 0.1, sides=8)
    for z in (2.4, 4.8):
        for a, b in (
            ((-1.9, -1.9), (1.8, -1.8)),
            ((1.9, -1.9), (-1.8, -1.8)),
            ((-1.9, -1.9), (-1.8, 1.8)),
            ((1.9, -1.9), (1.8, 1.8)),
        ):
            rod((tx + a[0], ty + a[1], z - 2.2), (tx + b[0], ty + b[1], z), 0.06, wood, sides=6)
    box((tx, ty, 6.6), (4, 4, 0.15), wood)
    for sx, sy, w, d in ((0, -1.95, 4, 0.1), (-1.95, 0, 0.1, 4), (1.95, 0, 0.1, 4)):
        box((tx + sx, ty + sy, 7.15), (w, d, 1.0), wood)
    box((tx, ty, 9.75), (5, 5, 0.12), tin, rot=(0.08, 0, 0))
    tube([(tx + 2.2, ty - 2, 0), (tx + 2.0, ty - 2, 6.6)], 0.04, steel)
    tube([(tx + 2.6, ty - 2, 0), (tx + 2.4, ty - 2, 6.6)], 0.04, steel)
    for z in np.arange(0.3, 6.6, 0.35):
        tube([(tx + 2.2, ty - 2, z), (tx + 2.55, ty - 2, z)], 0.025, steel)
    for x, y in ((-4, 30), (8, 32), (20, 29), (2, 40), (17, 40)):
        Mesh(canvas).prism([(x - 4, 0), (x + 4, 0), (x + 4, 1.7), (x, 3.3), (x - 4, 1.7)], y - 3, y + 3).build(
            "tent", 0.06
        )
        box((x + 0.2, y - 3.02, 0.95), (1.3, 0.05, 1.9), steel, 0.02)
        for s in (-1, 1):
            for yy in (-3, 0, 3):
                tube([(x + s * 4, y + yy, 1.7), (x + s * 5.6, y + yy, 0.1)], 0.015, bags)
    for x in (25, 28):
        rod((x, 24, 3.2), (x, 24, 5.6), 1.15, material("tank", (0.10, 0.10, 0.11), rough=0.5), sides=32, bevel=0.1)
        for sx in (-0.8, 0.8):
            for sy in (-0.8, 0.8):
                rod((x + sx, 24 + sy, 0), (x + sx, 24 + sy, 3.2), 0.07, steel, sides=8)
    rod((14, 26, 0), (14, 26, 15), 0.07, steel, 0.03)
    for a in (0, 2.1, 4.2):
        tube([(14, 26, 13), (14 + 5 * math.cos(a), 26 + 5 * math.sin(a), 0)], 0.012, steel)
    lorry((0.34, 0.29, 0.19), (0.33, 0.29, 0.20), "supply lorry").place((16.5, 12.5, 0.05), math.pi - 0.25)
    car((0.37, 0.31, 0.21), "jeep").place((2.2, 9.2, 0.04), 2.4)
    drum = material("drum", (0.10, 0.14, 0.22), (0.20, 0.10, 0.06), streaks=0.5)
    for k in range(7):
        rod(
            (-6.4 + (k % 4) * 0.65, 15 + (k // 4) * 0.7, 0),
            (-6.4 + (k % 4) * 0.65, 15 + (k // 4) * 0.7, 0.9),
            0.29,
            drum,
            sides=24,
            bevel=0.02,
        )
    wire = Mesh(steel)
    for k in range(300):
        a, b = k * 0.35, (k + 1) * 0.35
        wire.rod(
            (-24 + a * 0.26, 15.8 + 0.45 * math.sin(a * 3), 0.48 + 0.45 * math.cos(a * 3)),
            (-24 + b * 0.26, 15.8 + 0.45 * math.sin(b * 3), 0.48 + 0.45 * math.cos(b * 3)),
            0.012,
            sides=3,
        )
    wire.build("wire")
    stones = kit.rocks(material("desert stone", (0.34, 0.25, 0.17), (0.22, 0.16, 0.11), bump=0.4), 5)
    p = cluster(gen, 3800, (-26, 32, -11, 40))
    kit.scatter(stones, np.column_stack([p, height(p[:, 0], p[:, 1])]), gen.lognormal(-2.6, 0.7, len(p)), gen, 0.8)
    p = cluster(gen, 240, (-30, 40, -8, 80))
    meadow(gen, p, 0.2, 0.55, (0.23, 0.20, 0.10), (0.33, 0.26, 0.14), height(p[:, 0], p[:, 1]))
    kit.sky(_elevation("desert_outpost"), -140, clouds=0.22, strength=0.1, aerosol=4, seed=33)
    kit.camera((-3.5, -2.5, 2.9), (1.6, 22, 3.4), 25, 4, 20)


def market() -> None:
    """Market stalls with striped canopies and heaps of fruit on a paved square."""
    rng = kit.reset(haze=500, seed=20)
    gen = np.random.default_rng(20)
    paving = Mesh(material("paving", (0.30, 0.27, 0.235), (0.22, 0.20, 0.18), fine=60, dirt=0.4))
    for i, x in enumerate(np.arange(-14, 16, 0.42)):
        for y in np.arange(-6, 26, 0.42):
            paving.box(
                (x + rng.gauss(0, 0.004), y + (i % 2) * 0.21, rng.gauss(0, 0.006) - 0.05),
                (0.405, 0.405, 0.1),
                rot=(rng.gauss(0, 0.008), rng.gauss(0, 0.008), 0),
            )
    paving.build("paving")
    box((0, 60, -0.14), (300, 200, 0.1), material("joint", (0.16, 0.14, 0.12), bump=0.4), 0)
    wood = material("stall wood", (0.30, 0.21, 0.13), (0.21, 0.15, 0.095), stretch=(1, 5, 5), scale=3)
    crate = material("crate", (0.42, 0.31, 0.19), (0.33, 0.24, 0.145), scale=6)
    steel = material("stall steel", (0.30, 0.31, 0.32), metal=0.5, rough=0.5)
    stripes = (
        ((0.52, 0.07, 0.05), (0.62, 0.60, 0.55)),
        ((0.07, 0.24, 0.15), (0.62, 0.60, 0.55)),
        ((0.08, 0.16, 0.38), (0.60, 0.58, 0.54)),
        ((0.58, 0.36, 0.06), (0.60, 0.58, 0.54)),
    )
    canopies = [
        material(f"canopy{k}", a, stripes=(0.5, "y", b), dirt=0.25, bump=0.2, translucent=0.3, vary=0.1)
        for k, (a, b) in enumerate(stripes)
    ]
    fruit = (
        (0.55, 0.05, 0.03),
        (0.62, 0.26, 0.03),
        (0.60, 0.46, 0.05),
        (0.16, 0.32, 0.05),
        (0.12, 0.03, 0.07),
        (0.35, 0.44, 0.08),
        (0.42, 0.20, 0.09),
    )
    balls = []
    for k, c in enumerate(fruit):
        mat = material(f"fruit{k}", c, tuple(v * 0.75 for v in c), rough=0.35, dirt=0.1, bump=0, scale=6)
        bm = kit.bpy.data.meshes.new("fruit")
        u, v = np.meshgrid(np.linspace(0, 2 * math.pi, 13)[:-1], np.linspace(0, math.pi, 8))
        verts = np.stack([np.cos(u) * np.sin(v), np.sin(u) * np.sin(v), np.cos(v) * 0.9], -1).reshape(-1, 3) * 0.5
        faces = [
            (r * 12 + i, r * 12 + (i + 1) % 12, (r + 1) * 12 + (i + 1) % 12, (r + 1) * 12 + i)
            for r in range(7)
            for i in range(12)
        ]
        bm.from_pydata(verts.tolist(), [], faces)
        bm.polygons.foreach_set("use_smooth", [True] * len(bm.polygons))
        bm.materials.append(mat)
        balls.append(kit.link(kit.bpy.data.objects.new("fruit", bm)))
    heaps: list[list[tuple[float, float, float]]] = [[] for _ in fruit]
    number = 0
    for side, x0 in ((-1, -4.6), (1, 4.8)):
        for y in np.arange(1.5, 26, 4.2):
            mat = canopies[number % 4]
            number += 1
            face = x0 - side * 1.1
            for dx in (-1.3, 1.3):
                for dy in (-1.75, 1.75):
                    rod((x0 + dx, y + dy, 0), (x0 + dx, y + dy, 2.5 + (dx * side > 0) * 0.4), 0.03, steel, sides=8)
            hi, lo = x0 + side * 1.6, x0 - side * 1.7
            ribs = np.linspace(-2.0, 2.0, 15)
            mesh = Mesh(mat)
            grid = [
                (a, y + r, za - 0.06 * math.cos(r * 1.7) ** 2)
                for a, za in ((hi, 3.0), (x0, 2.78), (lo, 2.48), (lo - side * 0.02, 2.22))
                for r in ribs
            ]
            k = len(ribs)
            mesh.add(
                [(p[0], p[1], p[2] + (0.04 * (-1) ** i if i >= 3 * k else 0)) for i, p in enumerate(grid)],
                [
                    (i * k + j, i * k + j + 1, (i + 1) * k + j + 1, (i + 1) * k + j)
                    for i in range(3)
                    for j in range(k - 1)
                ],
            )
            mesh.build("canopy")
            box((x0, y, 0.78), (2.1, 3.6, 0.06), wood, 0.01)
            box((face, y, 0.4), (0.04, 3.6, 0.75), wood, 0.01)
            for i in range(2):
                for j in range(5):
                    cx, cy, cz = x0 - side * (0.75 - i * 0.72), y - 1.4 + j * 0.7, 0.95 + i * 0.17
                    tray = Mesh(crate)
                    for s in (-0.31, 0.31):
                        tray.box((cx + s, cy, cz), (0.02, 0.62, 0.18)).box((cx, cy + s, cz), (0.62, 0.02, 0.18))
                    tray.box((cx, cy, cz - 0.08), (0.62, 0.62, 0.02))
                    tray.build("tray")
                    kind = rng.randrange(len(fruit))
                    for _ in range(70):
                        px, py = rng.uniform(-0.26, 0.26), rng.uniform(-0.26, 0.26)
                        heaps[kind].append(
                            (
                                cx + px,
                                cy + py,
                                cz + 0.02 + rng.uniform(0, 0.15) * (1.3 - 3 * (px * px + py * py) / 0.14),
                            )
                        )
            for j in range(rng.randint(1, 4)):
                box(
                    (face - side * rng.uniform(0.35, 0.6), y + rng.uniform(-1.6, 1.6), 0.16 + 0.0),
                    (0.6, 0.4, 0.3),
                    crate,
                    0.01,
                    rot=(0, 0, rng.gauss(0, 0.3)),
                )
    for ball, heap in zip(balls, heaps):
        if heap:
            kit.scatter([ball], np.array(heap), gen.uniform(0.075, 0.10, len(heap)), gen, 0.5)
    walls = [
        material(f"town{k}", c, streaks=0.35, dirt=0.25, scale=0.4)
        for k, c in enumerate(((0.48, 0.40, 0.27), (0.42, 0.30, 0.22), (0.50, 0.47, 0.42), (0.36, 0.38, 0.34)))
    ]
    trim = material("town trim", (0.55, 0.53, 0.48), dirt=0.3)
    tiles = material(
        "town tiles", (0.27, 0.12, 0.075), (0.19, 0.09, 0.06), stripes=(0.35, "z", (0.21, 0.095, 0.06)), scale=2
    )
    shutter = material("shutter", (0.12, 0.20, 0.17), dirt=0.3)

    def town(x: float, y: float, w: float, h: float, wall: object, way: float) -> None:
        with Group("town house") as group:
            mesh = Mesh(wall, trim, glass(), shutter, tiles)
            mesh.box((0, 4, h / 2), (w, 8, h)).box((0, 3.9, h + 0.1), (w + 0.2, 8.5, 0.3), 1)
            mesh.add(
                [(-w / 2, -0.4, h + 0.2), (w / 2, -0.4, h + 0.2), (w / 2, 4, h + 1.1), (-w / 2, 4, h + 1.1)],
                [(0, 1, 2, 3)],
                4,
            )
            for f in range(int(h // 3)):
                for wx in np.arange(-w / 2 + 1.3, w / 2 - 0.6, 2.2):
                    z = 1.8 + f * 3.1
                    mesh.box((wx, -0.03, z), (1.15, 0.12, 1.75), 1).box((wx, -0.06, z), (0.9, 0.1, 1.5), 2).box(
                        (wx, -0.10, z), (0.05, 0.08, 1.5), 1
                    )
                    for s in (-0.8, 0.8):
                        mesh.box((wx + s, -0.06, z), (0.42, 0.07, 1.6), 3)
                mesh.box((0, -0.05, 3.2 + f * 3.1), (w, 0.14, 0.14), 1)
            mesh.build("town")
        group.place((x, y, 0), way)

    for k in range(6):
        town(-16 + k * 7.6, 33 + (k % 2) * 0.6, 7.4, rng.choice((9.5, 12.5, 9.4)), walls[k % 4], 0)
    for k in range(4):
        town(-11.5, 2 + k * 7.6, 7.4, rng.choice((9.5, 12.5)), walls[(k + 1) % 4], math.pi / 2)
        town(12.2, 2 + k * 7.6, 7.4, rng.choice((9.5, 6.5)), walls[(k + 3) % 4], -math.pi / 2)
    rod((0, 27, 0), (0, 27, 1.0), 1.6, trim, sides=32)
    rod((0, 27, 1), (0, 27, 5.5), 0.35, trim, 0.25, sides=20)
    woods(gen, np.array([(-7, 29), (7.6, 29.5)], float), 6, 7.5, "leafy", (0.07, 0.13, 0.03))
    kit.sky(_elevation("market_stalls"), -70, clouds=0.4, strength=0.11, seed=36)
    kit.camera((-0.6, -4.6, 1.7), (0.3, 15, 1.75), 25, 3.0, 9)


def warehouse() -> None:
    """Inside a warehouse: tall pallet racks, cartons, strip lights, a fork-lift."""
    rng = kit.reset(haze=900, haze_colour=(0.30, 0.30, 0.29), seed=21)
    floor = material(
        "floor", (0.27, 0.27, 0.265), (0.21, 0.21, 0.205), scale=0.3, rough=0.35, fine=70, dirt=0.35, bump=0.08
    )
    yellow = material("floor line", (0.55, 0.42, 0.05), dirt=0.4, bump=0)
    blue = material("rack upright", (0.05, 0.11, 0.30), rough=0.45, dirt=0.2)
    orange = material("rack beam", (0.55, 0.19, 0.03), rough=0.45, dirt=0.2)
    carton = [
        material(f"carton{k}", c, tuple(v * 0.88 for v in c), scale=2, dirt=0.15, fine=60)
        for k, c in enumerate(((0.42, 0.29, 0.17), (0.36, 0.25, 0.15), (0.50, 0.37, 0.23), (0.60, 0.58, 0.54)))
    ]
    pallet = material("pallet", (0.40, 0.29, 0.17), (0.30, 0.215, 0.13), scale=4)
    wrap = material("wrap", (0.30, 0.36, 0.40), rough=0.2, dirt=0.1, bump=0.4, scale=5)
    tape = material("tape", (0.30, 0.20, 0.11), rough=0.3, bump=0)
    paper = material("label", (0.7, 0.7, 0.68), bump=0, dirt=0.1)
    wall = material("hall wall", (0.40, 0.41, 0.41), stripes=(0.3, "x", (0.36, 0.37, 0.37)), dirt=0.2)
    lamp = material("tube", (1.0, 0.96, 0.88), emit=170)
    steel = material("roof steel", (0.30, 0.30, 0.30), dirt=0.2)
    box((0, 30, -0.1), (60, 90, 0.2), floor, 0)
    for x in (-1.75, 1.75):
        box((x, 30, 0.004), (0.1, 90, 0.008), yellow, 0)
    for side, x0 in ((-1, -2.75), (1, 2.75), (-1, -7.6), (1, 7.6)):
        frame = Mesh(blue, orange)
        goods = Mesh(*carton, pallet, wrap, tape, paper)
        for y in np.arange(-3, 60, 2.8):
            for dx in (-0.55, 0.55):
                frame.box((x0 + dx, y, 4), (0.09, 0.1, 8))
            for z in np.arange(0.4, 7.6, 0.9):
                frame.rod((x0 - 0.55, y, z), (x0 + 0.55, y, z + 0.8), 0.02, sides=4)
            for level in range(5):
                z = level * 1.72
                if level:
                    for dx in (-0.55, 0.55):
                        frame.box((x0 + dx, y + 1.4, z - 0.06), (0.05, 2.7, 0.12), 1)
                for cell in (0.72, 2.08):
                    if rng.random() < 0.12 or y > 57:
                        continue
                    cy = y + cell
                    for k in range(3):
                        goods.box((x0, cy - 0.5 + k * 0.5, z + 0.06), (1.1, 0.1, 0.1), 4)
                    for k in range(6):
                        goods.box((x0 - 0.5 + k * 0.2, cy, z + 0.125), (0.14, 1.15, 0.025), 4)
                    style = rng.random()
                    top = rng.uniform(0.75, 1.35)
                    if style < 0.3:
                        goods.box((x0, cy, z + 0.14 + top / 2), (1.05, 1.1, top), 5)
                        goods.box((x0 - side * 0.53, cy + 0.1, z + 0.6), (0.01, 0.22, 0.3), 7)
                        continue
                    kind = rng.randrange(4)
                    size = rng.choice((0.26, 0.34, 0.42))
                    rows = max(2, int(top / size))
                    for r in range(rows):
                        for c in range(3):
                            if r == rows - 1 and rng.random() < 0.35:
                                continue
                            bx, by, bz = x0 + rng.gauss(0, 0.012), cy - 0.36 + c * 0.36, z + 0.14 + size / 2 + r * size
                            goods.box((bx, by, bz), (1.0, 0.345, size * 0.97), kind, (0, 0, rng.gauss(0, 0.012)))
                            goods.box((bx - side * 0.505, by, bz), (0.006, 0.345, 0.05), 6)
                            if rng.random() < 0.6:
                                goods.box((bx - side * 0.507, by + 0.08, bz - size * 0.18), (0.006, 0.11, 0.08), 7)
            frame.box((x0 - side * 0.62, y, 0.3), (0.12, 0.2, 0.6), 1)
        frame.build("rack")
        goods.build("goods", 0.004)
    box((0, 66, 5), (60, 0.3, 10), wall, 0)
    box(
        (0, 65.7, 2.2),
        (4.6, 0.2, 4.4),
        material("door", (0.48, 0.48, 0.46), stripes=(0.5, "z", (0.42, 0.42, 0.40))),
        0.02,
    )
    for x in (-14, 14):
        box((x, 30, 5), (0.3, 90, 10), wall, 0)
    box(
        (0, 30, 10.4),
        (60, 90, 0.2),
        material("ceiling", (0.34, 0.34, 0.335), stripes=(0.9, "y", (0.30, 0.30, 0.295))),
        0,
    )
    roof = Mesh(steel)
    for y in np.arange(0, 66, 6):
        roof.box((0, y, 10.0), (28, 0.12, 0.12)).box((0, y, 9.0), (28, 0.12, 0.12))
        for x in np.arange(-14, 14, 1.4):
            roof.rod((x, y, 9.0), (x + 0.7, y, 10), 0.03, sides=4).rod(
                (x + 0.7, y, 10), (x + 1.4, y, 9.0), 0.03, sides=4
            )
    roof.build("roof")
    tube([(3.9, -5, 8.6), (3.9, 66, 8.6)], 0.1, material("sprinkler", (0.45, 0.05, 0.04)))
    for x in (0, -5.2, 5.2):
        for y in np.arange(1, 64, 4.5):
            box((x, y, 8.7), (0.14, 1.5, 0.06), lamp, 0)
            box((x, y, 8.78), (0.3, 1.6, 0.08), steel, 0)
    truck = material("fork-lift", (0.60, 0.33, 0.03), rough=0.4, dirt=0.3)
    dark = material("fork-lift dark", (0.03, 0.03, 0.03), dirt=0.3)
    fx, fy = 0.45, 11.0
    box((fx, fy + 1.0, 0.75), (1.1, 1.5, 0.8), truck, 0.09)
    box((fx, fy + 1.6, 1.1), (1.05, 0.5, 0.7), truck, 0.1)
    box((fx, fy + 0.8, 1.3), (0.5, 0.5, 0.14), dark, 0.05)
    box((fx, fy + 1.05, 1.6), (0.5, 0.12, 0.55), dark, 0.05, rot=(0.15, 0, 0))
    for dx in (-0.5, 0.5):
        rod((fx + dx, fy + 0.3, 1.0), (fx + dx, fy + 0.55, 2.15), 0.035, dark)
        rod((fx + dx, fy + 1.6, 1.3), (fx + dx, fy + 1.4, 2.15), 0.035, dark)
        box((fx + dx * 0.8, fy + 0.05, 1.55), (0.1, 0.12, 2.9), dark, 0.01)
        box((fx + dx * 0.55, fy - 0.6, 0.12), (0.12, 1.2, 0.05), dark, 0.01)
        for dy, r in ((0.45, 0.3), (1.5, 0.24)):
            rod((fx + dx * 1.0, fy + dy, r), (fx + dx * 1.25, fy + dy, r), r, dark, sides=24, bevel=0.03)
    box((fx, fy + 0.95, 2.17), (1.1, 1.1, 0.06), dark, 0.02)
    for z in (0.4, 1.4, 2.6):
        box((fx, fy + 0.03, z), (0.85, 0.1, 0.12), dark, 0.01)
    box((fx, fy - 0.6, 0.62), (1.0, 1.0, 0.9), carton[2], 0.01)
    for k in range(3):
        box((-1.2, 4.5, 0.12 + k * 0.15), (1.1, 1.15, 0.12), pallet, 0.01, rot=(0, 0, 0.1 * k))
    kit.sky(30, 0, clouds=0, strength=0.02)
    kit.camera((-0.9, -3.2, 1.7), (0.35, 20, 2.7), 24, 3.5, 11)


def stranger() -> None:
    """A lighthouse on a rocky coast: the query that matches nothing in the reference set."""
    rng = kit.reset(haze=2400, haze_colour=(0.62, 0.70, 0.78), seed=22)
    gen = np.random.default_rng(22)

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        shore = 14 + 7 * np.sin(y * 0.045) + 6 * kit.fbm(x * 0, y, 0.06, 3, 4)
        land = np.clip((shore - x) / 10, -1, 1)
        rough = 1 - np.abs(kit.fbm(x, y, 0.12, 5, 7))
        edge = np.exp(-(((land - 0.15) / 0.55) ** 2))
        return -1.4 + 4.2 * (land + 0.3) + 2.6 * rough * edge * (land > -0.8) + 0.12 * kit.fbm(x, y, 0.8, 4, 9)

    rock = material(
        "coast rock", (0.17, 0.145, 0.125), (0.10, 0.09, 0.08), scale=0.5, bump=1.0, fine=12, dirt=0.3, rough=0.85
    )
    turf = material("turf", (0.10, 0.125, 0.04), (0.17, 0.155, 0.07), scale=0.4, bump=0.5)
    kit.ground(_lines(-120, 90, -16, 30, 0.2, 60), _lines(-12, 260, -10, 70, 0.25, 70), height, rock)
    kit.ground(
        _lines(-120, 12, -16, 12, 0.2, 60),
        _lines(-12, 260, -10, 70, 0.25, 70),
        lambda x, y: height(x, y) + 0.28 * kit.fbm(x, y, 0.25, 4, 14) + 0.02 - np.clip((x - 4) / 4, 0, 4) * 0.35,
        turf,
    )
    kit.ground(
        np.linspace(-800, 1600, 30),
        np.linspace(-40, 2600, 30),
        lambda x, y: 0 * x + 0.2,
        kit.water("sea", (0.015, 0.045, 0.055), scale=0.14, bump=0.8),
        "sea",
    )
    white = material("lighthouse", (0.68, 0.67, 0.64), (0.60, 0.59, 0.56), streaks=0.5, dirt=0.2, scale=0.5)
    red = material("lighthouse red", (0.45, 0.06, 0.045), streaks=0.4)
    dark = material("lantern", (0.04, 0.05, 0.05), rough=0.4)
    lx, ly, lz = -5.5, 46.0, 3.9
    for k in range(6):
        r0, r1 = 2.9 - k * 0.19, 2.9 - (k + 1) * 0.19
        rod(
            (lx, ly, lz + k * 3.0 - (k == 0) * 2),
            (lx, ly, lz + (k + 1) * 3.0),
            r0,
            red if k in (1, 4) else white,
            r1,
            sides=48,
        )
    rod((lx, ly, lz + 18), (lx, ly, lz + 18.4), 2.5, white, sides=40)
    rod((lx, ly, lz + 18.4), (lx, ly, lz + 20.8), 1.35, glass(), sides=12)
    rod((lx, ly, lz + 20.8), (lx, ly, lz + 22.2), 1.7, red, 0.15, sides=32)
    rod((lx, ly, lz + 22), (lx, ly, lz + 23.6), 0.05, dark)
    for a in np.linspace(0, 2 * math.pi, 24, endpoint=False):
        px, py = lx + 2.4 * math.cos(a), ly + 2.4 * math.sin(a)
        rod((px, py, lz + 18.4), (px, py, lz + 19.5), 0.03, dark, sides=6)
        if int(a * 100) % 2 == 0:
            rod(
                (lx + 1.36 * math.cos(a), ly + 1.36 * math.sin(a), lz + 18.4),
                (lx + 1.36 * math.cos(a), ly + 1.36 * math.sin(a), lz + 20.8),
                0.05,
                dark,
                sides=6,
            )
    for z in (18.9, 19.5):
        tube(
            [(lx + 2.4 * math.cos(a), ly + 2.4 * math.sin(a), lz + z) for a in np.linspace(0, 2 * math.pi, 40)],
            0.03,
            dark,
        )
    for z in (5, 10.5, 15):
        box((lx + 0.2, ly - 2.65 + z * 0.055, lz + z), (0.7, 0.4, 1.1), dark, 0.05)
    box((lx + 0.1, ly - 2.9, lz + 1), (1.2, 0.5, 2.4), red, 0.05)
    roof = material("keeper roof", (0.20, 0.10, 0.075), (0.15, 0.08, 0.06), stripes=(0.3, "z", (0.16, 0.08, 0.06)))
    house(-15, 43, 11, 7, white, roof, red, 0.12, h=3.0)
    house(-23, 50, 7, 6, white, roof, red, -0.4, h=2.6)
    for obj in [o for o in kit.bpy.context.scene.objects if o.name.startswith("house")]:
        obj.location.z += 3.4
    wood = material("fence wood", (0.36, 0.33, 0.29), (0.26, 0.23, 0.20), stretch=(4, 4, 0.5), scale=4)
    path_points = [(-1.5 - 3.4 * math.sin(t * 1.5), -4 + t * 15) for t in np.linspace(-0.8, 3.1, 40)]
    fence = Mesh(wood)
    last = None
    for px, py in path_points:
        fx = px + 2.0
        z = float(height(np.array([fx]), np.array([py]))[0]) + 0.1
        fence.box((fx, py, z + 0.4), (0.11, 0.11, 1.3), rot=(rng.gauss(0, 0.03), rng.gauss(0, 0.03), 0))
        if last:
            for dz in (0.5, 0.9):
                fence.rod((last[0], last[1], last[2] + dz), (fx, py, z + dz), 0.04, sides=6)
        last = (fx, py, z)
    fence.build("fence")
    gravel = material("path", (0.36, 0.32, 0.26), (0.28, 0.25, 0.20), scale=1.5, bump=0.5)
    strip = Mesh(gravel)
    for (ax, ay), (bx, by) in zip(path_points, path_points[1:]):
        pts = []
        for px, py, o in ((ax, ay, -1.0), (ax, ay, 1.0), (bx, by, 1.0), (bx, by, -1.0)):
            x = px + o
            pts.append(
                (
                    x,
                    py,
                    float(
                        (
                            height(np.array([x]), np.array([py]))
                            + 0.28 * kit.fbm(np.array([x]), np.array([py]), 0.25, 4, 14)
                        )[0]
                    )
                    + 0.14,
                )
            )
        strip.add(pts, [(0, 1, 2, 3)])
    strip.build("path")
    p = cluster(gen, 30000, (-24, 8, -8, 60))
    near_path = np.min(
        np.hypot(
            p[:, 0][:, None] - np.array([q[0] for q in path_points]),
            p[:, 1][:, None] - np.array([q[1] for q in path_points]),
        ),
        axis=1,
    )
    p = p[near_path > 1.15]
    z = height(p[:, 0], p[:, 1])
    meadow(gen, p[z > 2.2], 0.12, 0.42, (0.14, 0.19, 0.05), (0.27, 0.24, 0.10), z[z > 2.2] + 0.05)
    stones = kit.rocks(material("boulder", (0.21, 0.19, 0.17), (0.13, 0.12, 0.11), bump=0.7, scale=2), 5)
    p = cluster(gen, 900, (3, 24, -4, 90))
    kit.scatter(stones, np.column_stack([p, height(p[:, 0], p[:, 1])]), gen.lognormal(-0.7, 0.6, len(p)), gen, 0.8)
    foam = material("foam", (0.75, 0.78, 0.80), bump=0, dirt=0.05)
    p = cluster(gen, 2600, (8, 34, -2, 110))
    z = height(p[:, 0], p[:, 1])
    p = p[(z > -0.3) & (z < 0.5)]
    kit.scatter(
        kit.rocks(foam, 3, 50), np.column_stack([p, np.full(len(p), 0.16)]), gen.lognormal(-1.4, 0.5, len(p)), gen, 0.2
    )
    boat = material("boat", (0.07, 0.14, 0.24), streaks=0.4)
    with Group("boat") as group:
        Mesh(boat).prism([(-6, 0.2), (5.5, 0.2), (7.5, 2.4), (-6.2, 1.8)], -1.9, 1.9, taper=-0.3).build("boat", 0.2)
        box((-2.5, 0, 3), (3, 2.4, 2.4), white, 0.1)
        rod((-0.5, 0, 2), (-0.5, 0, 7), 0.08, dark)
    group.place((62, 150, -0.1), 0.5)
    far = material("headland", (0.13, 0.14, 0.11), (0.09, 0.085, 0.08), scale=0.02, fine=0.4, bump=0.8)
    kit.ground(
        np.linspace(150, 1100, 120),
        np.linspace(1100, 1500, 50),
        lambda x, y: (
            -4
            + 75
            * np.clip((x - 150) / 500, 0, 1) ** 0.6
            * (0.7 + 0.4 * kit.fbm(x, y, 0.008, 4, 3))
            * np.clip((y - 1090) / 60, 0, 1)
        ),
        far,
    )
    kit.sky(_elevation("stranger"), -50, clouds=0.55, strength=0.1, seed=41)
    kit.camera((-1.6, -8.5, 5.3), (1.5, 40, 9.5), 26, 4, 30)


NEUTRAL, WARM = (0.965, 1.0, 1.05), (1.02, 1.0, 0.97)
# name -> (builder, exposure, white balance)
SCENES: dict[str, tuple[Callable[[], None], float, tuple[float, float, float]]] = {
    "harbour_cranes": (harbour, -0.3, NEUTRAL),
    "wheat_road": (wheat_road, -0.35, NEUTRAL),
    "apartment_blocks": (apartments, -0.15, NEUTRAL),
    "mountain_road": (mountain_road, -0.2, NEUTRAL),
    "river_bridge": (river_bridge, 0.1, NEUTRAL),
    "lorry_park": (lorry_park, 0.35, NEUTRAL),
    "village_street": (village_street, 0.0, NEUTRAL),
    "factory_chimneys": (factory, 0.0, NEUTRAL),
    "forest_track": (forest_track, 0.95, WARM),
    "desert_outpost": (desert_outpost, -0.5, NEUTRAL),
    "market_stalls": (market, -0.35, NEUTRAL),
    "warehouse": (warehouse, 0.9, NEUTRAL),
    "stranger": (stranger, -0.2, NEUTRAL),
}
