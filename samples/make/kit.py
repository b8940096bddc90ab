"""Building blocks for the rendered sample scenes: meshes, materials, scatter, sky, camera, render, film finish.

Scenes use metres, X along the street or track, Z up.  Works with `bpy` 5.0 (Cycles, CPU).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector
from PIL import Image, ImageFilter

Vec = Sequence[float]
HAZE: dict[str, object] = {"distance": 900.0, "colour": (0.62, 0.68, 0.76)}
_collection: list[bpy.types.Collection] = []


# --- scene and collections -------------------------------------------------------------------------------------------
def reset(haze: float = 900.0, haze_colour: Vec = (0.62, 0.68, 0.76), seed: int = 1) -> random.Random:
    """Empty Blender, set the aerial haze that every material mixes in, return a seeded random generator."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    HAZE.update(distance=haze, colour=tuple(haze_colour))
    _collection[:] = [bpy.context.scene.collection]
    return random.Random(seed)


class Group:
    """A collection that is built once and placed many times: `with Group("wagon") as g: ...; g.place((0, 5, 0))`."""

    def __init__(self, name: str) -> None:
        self.collection = bpy.data.collections.new(name)

    def __enter__(self) -> Group:
        _collection.append(self.collection)
        return self

    def __exit__(self, *_: object) -> None:
        _collection.pop()

    def place(self, loc: Vec, rot: float = 0.0, scale: float | Vec = 1.0) -> bpy.types.Object:
        """Put one instance at `loc`, turned by `rot` radians about Z."""
        empty = bpy.data.objects.new(self.collection.name, None)
        empty.instance_type = "COLLECTION"
        empty.instance_collection = self.collection
        empty.location = loc
        empty.rotation_euler = (0, 0, rot)
        empty.scale = (scale,) * 3 if isinstance(scale, (int, float)) else scale
        _collection[-1].objects.link(empty)
        return empty


def link(obj: bpy.types.Object) -> bpy.types.Object:
    """Link an object to the collection being built."""
    _collection[-1].objects.link(obj)
    return obj


# --- numeric noise ---------------------------------------------------------------------------------------------------
def fbm(x: np.ndarray, y: np.ndarray, scale: float = 1.0, octaves: int = 4, seed: int = 0) -> np.ndarray:
    """Fractal value noise in about [-1, 1] for arrays of coordinates."""
    total, amp, norm = np.zeros(np.broadcast(x, y).shape), 1.0, 0.0
    for octave in range(octaves):
        lattice = np.random.default_rng(seed * 101 + octave).uniform(-1, 1, (256, 256))
        u, v = np.asarray(x) * scale * 2**octave, np.asarray(y) * scale * 2**octave
        iu, iv = np.floor(u).astype(int), np.floor(v).astype(int)
        fu, fv = u - iu, v - iv
        fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
        a, b = lattice[iu % 256, iv % 256], lattice[(iu + 1) % 256, iv % 256]
        c, d = lattice[iu % 256, (iv + 1) % 256], lattice[(iu + 1) % 256, (iv + 1) % 256]
        total += amp * ((a * (1 - fu) + b * fu) * (1 - fv) + (c * (1 - fu) + d * fu) * fv)
        norm += amp
        amp *= 0.5
    return total / norm


# --- materials -------------------------------------------------------------------------------------------------------
class Nodes:
    """Shorthand to write shader graphs in code."""

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self.tree = tree

    def new(self, kind: str, **props: object) -> bpy.types.Node:
        node = self.tree.nodes.new("ShaderNode" + kind)
        for key, value in props.items():
            setattr(node, key, value)
        return node

    def set(self, socket: bpy.types.NodeSocket, value: object) -> None:
        """Connect a socket, or give it a constant."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, (tuple, list)) and socket.type == "RGBA" and len(value) == 3:
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def math(self, op: str, a: object, b: object = 0.0, clamp: bool = False) -> bpy.types.NodeSocket:
        node = self.new("Math", operation=op, use_clamp=clamp)
        self.set(node.inputs[0], a)
        self.set(node.inputs[1], b)
        return node.outputs[0]

    def noise(
        self, vector: object, scale: float, detail: float = 6.0, rough: float = 0.6, distortion: float = 0.0
    ) -> bpy.types.NodeSocket:
        node = self.new("TexNoise")
        self.set(node.inputs["Vector"], vector)
        for key, value in (("Scale", scale), ("Detail", detail), ("Roughness", rough), ("Distortion", distortion)):
            node.inputs[key].default_value = value
        return node.outputs[0]

    def ramp(self, value: object, low: float, high: float) -> bpy.types.NodeSocket:
        """Smooth step of a value from `low` to `high`."""
        node = self.new("MapRange", interpolation_type="SMOOTHSTEP")
        self.set(node.inputs[0], value)
        node.inputs[1].default_value, node.inputs[2].default_value = low, high
        return node.outputs[0]

    def mix(self, factor: object, a: object, b: object) -> bpy.types.NodeSocket:
        node = self.new("Mix", data_type="RGBA")
        self.set(node.inputs[0], factor)
        self.set(node.inputs[6], a)
        self.set(node.inputs[7], b)
        return node.outputs[2]


def material(
    name: str,
    colour: Vec,
    second: Vec | None = None,
    *,
    rough: float = 0.75,
    metal: float = 0.0,
    scale: float = 1.5,
    vary: float = 0.5,
    bump: float = 0.25,
    fine: float = 40.0,
    snow: float = 0.0,
    dirt: float = 0.35,
    dirt_colour: Vec = (0.13, 0.105, 0.08),
    holes: float = 0.0,
    streaks: float = 0.0,
    translucent: float = 0.0,
    emit: float = 0.0,
    stripes: tuple[float, str, Vec] | None = None,
    threshold: tuple[float, float] = (0.35, 0.65),
    local: bool = False,
    stretch: Vec | None = None,
    relief: float = 0.05,
) -> bpy.types.Material:
    """A weathered surface: two colours mixed by noise, dirt, vertical streaks, snow on upward faces, bump and haze.

    `stripes` is (period in metres, axis letter, colour) for planks, canopies and sheet metal;
    `relief` is the bump height in metres.
    """
    mat = bpy.data.materials.new(name)
    mat.use_nodes = True
    mat.cycles.emission_sampling = "NONE" if not emit else "AUTO"
    tree = mat.node_tree
    n = Nodes(tree)
    bsdf, out = tree.nodes["Principled BSDF"], tree.nodes["Material Output"]
    geo = n.new("NewGeometry")
    where: bpy.types.NodeSocket = n.new("TexCoord").outputs["Object"] if local else geo.outputs["Position"]
    if stretch:
        mapping = n.new("Mapping")
        n.set(mapping.inputs[0], where)
        mapping.inputs["Scale"].default_value = stretch
        pattern: bpy.types.NodeSocket = mapping.outputs[0]
    else:
        pattern = where
    coarse = n.noise(pattern, scale, 8.0, 0.62)
    base = n.mix(n.ramp(coarse, *threshold), colour, second or tuple(c * (1 - vary) for c in colour))
    if stripes:
        sep = n.new("SeparateXYZ")
        n.set(sep.inputs[0], where)
        axis = sep.outputs["XYZ".index(stripes[1].upper())]
        wave = n.math("FRACT", n.math("DIVIDE", axis, stripes[0]))
        base = n.mix(n.math("GREATER_THAN", wave, 0.5), base, stripes[2])
    random_value = n.new("ObjectInfo").outputs["Random"]
    base = n.mix(n.math("MULTIPLY", random_value, 0.22), base, (0.02, 0.02, 0.02))
    grain = n.noise(where, fine, 4.0, 0.7)
    base = n.mix(n.math("MULTIPLY", n.ramp(grain, 0.35, 0.75), dirt), base, dirt_colour)
    patches = n.noise(where, max(scale * 0.37, 0.08), 5.0, 0.7, 0.6)
    base = n.mix(n.math("MULTIPLY", n.ramp(patches, 0.5, 0.72), dirt), base, dirt_colour)
    if streaks:
        mapping = n.new("Mapping")
        n.set(mapping.inputs[0], where)
        mapping.inputs["Scale"].default_value = (3.0, 3.0, 0.18)
        base = n.mix(
            n.math("MULTIPLY", n.ramp(n.noise(mapping.outputs[0], 2.0, 5.0, 0.7), 0.5, 0.72), streaks),
            base,
            (0.10, 0.06, 0.035),
        )
    roughness: object = n.math("ADD", n.math("MULTIPLY", grain, 0.35), rough - 0.18, clamp=True)
    if snow:
        sep = n.new("SeparateXYZ")
        n.set(sep.inputs[0], geo.outputs["Normal"])
        heap = n.math("ADD", n.math("MULTIPLY", n.noise(where, 0.55, 6.0, 0.65), 1.4), n.math("MULTIPLY", grain, 0.25))
        cover = n.math(
            "MULTIPLY", n.ramp(heap, 1.22 - snow * 0.75, 1.34 - snow * 0.75), n.ramp(sep.outputs[2], 0.55, 0.85)
        )
        base = n.mix(cover, base, n.mix(grain, (0.78, 0.81, 0.86), (0.90, 0.91, 0.93)))
        roughness = n.math("MAXIMUM", roughness, n.math("MULTIPLY", cover, 0.7))
    n.set(bsdf.inputs["Base Color"], base)
    n.set(bsdf.inputs["Roughness"], roughness)
    bsdf.inputs["Metallic"].default_value = metal
    if bump:
        node = n.new("Bump")
        node.inputs["Strength"].default_value = bump
        node.inputs["Distance"].default_value = relief
        n.set(node.inputs["Height"], n.math("ADD", n.math("MULTIPLY", coarse, 0.6), n.math("MULTIPLY", grain, 0.5)))
        n.set(bsdf.inputs["Normal"], node.outputs[0])
    if holes:
        node = n.new("TexVoronoi", feature="F1")
        n.set(node.inputs["Vector"], where)
        node.inputs["Scale"].default_value = 16.0
        lace = n.math("ADD", node.outputs["Distance"], n.math("MULTIPLY", n.noise(where, 7.0, 4.0), 0.55))
        n.set(bsdf.inputs["Alpha"], n.math("LESS_THAN", lace, 1.02 - holes))
    if emit:
        n.set(bsdf.inputs["Emission Color"], tuple(colour))
        bsdf.inputs["Emission Strength"].default_value = emit
    shader: bpy.types.NodeSocket = bsdf.outputs[0]
    if translucent:
        thin = n.new("BsdfTranslucent")
        n.set(thin.inputs[0], base)
        blend = n.new("MixShader")
        blend.inputs[0].default_value = translucent
        n.set(blend.inputs[1], shader)
        n.set(blend.inputs[2], thin.outputs[0])
        shader = blend.outputs[0]
    n.set(out.inputs[0], _with_haze(n, shader))
    return mat


def _with_haze(n: Nodes, shader: bpy.types.NodeSocket) -> bpy.types.NodeSocket:
    """Fade a surface into the haze colour with its distance from the camera."""
    depth = n.math("DIVIDE", n.new("CameraData").outputs["View Distance"], -float(HAZE["distance"]))
    veil = n.math("SUBTRACT", 1.0, n.math("EXPONENT", depth))
    veil = n.math("MULTIPLY", veil, n.new("LightPath").outputs["Is Camera Ray"])
    air = n.new("Emission")
    n.set(air.inputs[0], tuple(HAZE["colour"]))
    blend = n.new("MixShader")
    n.set(blend.inputs[0], veil)
    n.set(blend.inputs[1], shader)
    n.set(blend.inputs[2], air.outputs[0])
    return blend.outputs[0]


def water(name: str, colour: Vec = (0.02, 0.035, 0.04), scale: float = 0.35, bump: float = 0.5) -> bpy.types.Material:
    """Dark rippled water."""
    mat = bpy.data.materials.new(name)
    mat.use_nodes = True
    mat.cycles.emission_sampling = "NONE"
    n = Nodes(mat.node_tree)
    bsdf, out = mat.node_tree.nodes["Principled BSDF"], mat.node_tree.nodes["Material Output"]
    n.set(bsdf.inputs["Base Color"], tuple(colour))
    bsdf.inputs["Roughness"].default_value = 0.06
    mapping = n.new("Mapping")
    n.set(mapping.inputs[0], n.new("NewGeometry").outputs["Position"])
    mapping.inputs["Scale"].default_value = (1.0, 2.6, 1.0)
    node = n.new("Bump")
    node.inputs["Strength"].default_value = bump
    node.inputs["Distance"].default_value = 0.6
    n.set(
        node.inputs["Height"],
        n.math(
            "ADD",
            n.noise(mapping.outputs[0], scale, 5.0, 0.55, 0.4),
            n.math("MULTIPLY", n.noise(mapping.outputs[0], scale * 7, 3.0), 0.18),
        ),
    )
    n.set(bsdf.inputs["Normal"], node.outputs[0])
    n.set(out.inputs[0], _with_haze(n, bsdf.outputs[0]))
    return mat


# --- meshes ----------------------------------------------------------------------------------------------------------
class Mesh:
    """Collects vertices and faces of many simple parts into one object with several materials."""

    def __init__(self, *materials: bpy.types.Material) -> None:
        self.materials = materials
        self.verts: list[Vec] = []
        self.faces: list[Sequence[int]] = []
        self.index: list[int] = []

    def add(self, verts: Sequence[Vec], faces: Sequence[Sequence[int]], mat: int = 0) -> Mesh:
        start = len(self.verts)
        self.verts.extend(tuple(float(c) for c in v) for v in verts)
        self.faces.extend([i + start for i in f] for f in faces)
        self.index.extend([mat] * len(faces))
        return self

    def box(self, loc: Vec, size: Vec, mat: int = 0, rot: Vec = (0, 0, 0)) -> Mesh:
        """A box centred at `loc`."""
        turn = Matrix.Rotation(rot[2], 3, "Z") @ Matrix.Rotation(rot[1], 3, "Y") @ Matrix.Rotation(rot[0], 3, "X")
        corners = [
            Vector(loc) + turn @ Vector((sx * size[0] / 2, sy * size[1] / 2, sz * size[2] / 2))
            for sx in (-1, 1)
            for sy in (-1, 1)
            for sz in (-1, 1)
        ]
        return self.add(
            corners, [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)], mat
        )

    def rod(
        self, a: Vec, b: Vec, r: float, r2: float | None = None, mat: int = 0, sides: int = 6, caps: bool = True
    ) -> Mesh:
        """A (tapered) round bar from `a` to `b`."""
        start, end = Vector(a), Vector(b)
        axis = (end - start).normalized()
        side = axis.orthogonal().normalized()
        other = axis.cross(side)
        ring = [math.cos(t) * side + math.sin(t) * other for t in np.linspace(0, 2 * math.pi, sides, endpoint=False)]
        verts = [start + p * r for p in ring] + [end + p * (r if r2 is None else r2) for p in ring]
        faces: list[Sequence[int]] = [(i, (i + 1) % sides, sides + (i + 1) % sides, sides + i) for i in range(sides)]
        if caps:
            faces += [tuple(range(sides))[::-1], tuple(range(sides, 2 * sides))]
        return self.add(verts, faces, mat)

    def prism(
        self, outline: Sequence[tuple[float, float]], y0: float, y1: float, mat: int = 0, taper: float = 0.0
    ) -> Mesh:
        """An (x, z) outline extruded along Y; `taper` narrows the upper part."""
        count = len(outline)
        low, high = min(p[1] for p in outline), max(p[1] for p in outline)

        def inset(z: float) -> float:
            return taper * (z - low) / max(high - low, 1e-6)

        verts = [(x, y0 + inset(z), z) for x, z in outline] + [(x, y1 - inset(z), z) for x, z in outline]
        faces: list[Sequence[int]] = [tuple(range(count)), tuple(range(count, 2 * count))[::-1]]
        faces += [(i, count + i, count + (i + 1) % count, (i + 1) % count) for i in range(count)]
        return self.add(verts, faces, mat)

    def build(self, name: str, bevel: float = 0.0, smooth: bool = False) -> bpy.types.Object:
        """Turn the parts into a linked object."""
        data = bpy.data.meshes.new(name)
        data.from_pydata([tuple(v) for v in self.verts], [], [list(f) for f in self.faces])
        for mat in self.materials:
            data.materials.append(mat)
        data.polygons.foreach_set("material_index", self.index)
        if smooth:
            data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
        obj = link(bpy.data.objects.new(name, data))
        if bevel:
            mod = obj.modifiers.new("bevel", "BEVEL")
            mod.width, mod.segments, mod.limit_method, mod.angle_limit = bevel, 2, "ANGLE", math.radians(40)
        return obj


def box(
    loc: Vec, size: Vec, mat: bpy.types.Material, bevel: float = 0.02, rot: Vec = (0, 0, 0), name: str = "box"
) -> bpy.types.Object:
    """A single bevelled box."""
    return Mesh(mat).box(loc, size, rot=rot).build(name, bevel)


def rod(
    a: Vec, b: Vec, r: float, mat: bpy.types.Material, r2: float | None = None, sides: int = 24, bevel: float = 0.0
) -> bpy.types.Object:
    """A single smooth cylinder or cone."""
    obj = Mesh(mat).rod(a, b, r, r2, sides=sides).build("rod", bevel)
    for poly in obj.data.polygons:
        poly.use_smooth = len(poly.vertices) == 4
    return obj


def label(text: str, loc: Vec, size: float, mat: bpy.types.Material, rot_z: float = 0.0, align: str = "LEFT") -> None:
    """Painted lettering on a wall that faces -Y (turned by `rot_z`)."""
    curve = bpy.data.curves.new("label", "FONT")
    curve.body, curve.size, curve.align_x = text, size, align
    curve.materials.append(mat)
    obj = link(bpy.data.objects.new("label", curve))
    obj.location = loc
    obj.rotation_euler = (math.pi / 2, 0, rot_z)


def plume(points: Sequence[Vec], radii: Sequence[float], mat: bpy.types.Material) -> bpy.types.Object:
    """A closed tube of varying radius, to be filled with smoke."""
    obj = tube(points, 1.0, mat)
    obj.data.use_fill_caps, obj.data.bevel_resolution = True, 5
    for point, radius in zip(obj.data.splines[0].points, radii):
        point.radius = radius
    return obj


def tube(points: Sequence[Vec], r: float, mat: bpy.types.Material) -> bpy.types.Object:
    """A wire, rope or pipe through points."""
    curve = bpy.data.curves.new("tube", "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", r, 2
    spline = curve.splines.new("POLY")
    spline.points.add(len(points) - 1)
    for point, place in zip(spline.points, points):
        point.co = (*place, 1.0)
    curve.materials.append(mat)
    return link(bpy.data.objects.new("tube", curve))


def sag(a: Vec, b: Vec, drop: float, steps: int = 12) -> list[Vec]:
    """Points of a hanging wire."""
    return [
        tuple(Vector(a).lerp(Vector(b), t) - Vector((0, 0, drop * 4 * t * (1 - t)))) for t in np.linspace(0, 1, steps)
    ]


def ground(
    xs: np.ndarray,
    ys: np.ndarray,
    height: Callable[[np.ndarray, np.ndarray], np.ndarray],
    mat: bpy.types.Material,
    name: str = "ground",
) -> bpy.types.Object:
    """A terrain grid with height(x, y)."""
    gx, gy = np.meshgrid(xs, ys, indexing="ij")
    gz = height(gx, gy)
    verts = np.stack([gx, gy, gz], -1).reshape(-1, 3)
    rows, cols = len(xs), len(ys)
    i = (np.arange(rows - 1)[:, None] * cols + np.arange(cols - 1)[None, :]).ravel()
    faces = np.stack([i, i + cols, i + cols + 1, i + 1], -1)
    data = bpy.data.meshes.new(name)
    data.from_pydata(verts.tolist(), [], faces.tolist())
    data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    data.materials.append(mat)
    return link(bpy.data.objects.new(name, data))


def scatter(
    kinds: Sequence[bpy.types.Object],
    points: np.ndarray,
    sizes: np.ndarray,
    rng: np.random.Generator,
    tilt: float = 0.0,
) -> None:
    """Instance objects at points (N x 3) by face duplication, each turned at random and scaled by its size."""
    which = rng.integers(0, len(kinds), len(points))
    for k, kind in enumerate(kinds):
        p, s = points[which == k], sizes[which == k]
        if not len(p):
            kind.hide_render = True
            continue
        turn = rng.uniform(0, 2 * math.pi, len(p))
        normal = np.stack([rng.normal(0, tilt, len(p)), rng.normal(0, tilt, len(p)), np.ones(len(p))], -1)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        u = np.stack([np.cos(turn), np.sin(turn), np.zeros(len(p))], -1)
        u -= normal * (u * normal).sum(1, keepdims=True)
        u /= np.linalg.norm(u, axis=1, keepdims=True)
        v = np.cross(normal, u)
        half = s[:, None] / 2
        quads = np.stack(
            [p - half * u - half * v, p + half * u - half * v, p + half * u + half * v, p - half * u + half * v], 1
        )
        data = bpy.data.meshes.new("scatter")
        data.from_pydata(quads.reshape(-1, 3).tolist(), [], np.arange(len(p) * 4).reshape(-1, 4).tolist())
        holder = link(bpy.data.objects.new("scatter", data))
        holder.instance_type = "FACES"
        holder.use_instance_faces_scale = True
        holder.show_instancer_for_render = False
        kind.parent = holder


# --- plants and stones -----------------------------------------------------------------------------------------------
def rocks(mat: bpy.types.Material, count: int = 5, seed: int = 3) -> list[bpy.types.Object]:
    """Angular stones about one unit across."""
    out = []
    for k in range(count):
        gen = np.random.default_rng(seed + k)
        import bmesh

        bm = bmesh.new()
        for p in gen.normal(size=(14, 3)):
            p = p / np.linalg.norm(p) * gen.uniform(0.38, 0.55)
            bm.verts.new(p * np.array([1.0, 0.8, 0.65]))
        bmesh.ops.convex_hull(bm, input=bm.verts)
        data = bpy.data.meshes.new("rock")
        bm.to_mesh(data)
        bm.free()
        data.materials.append(mat)
        out.append(link(bpy.data.objects.new("rock", data)))
    return out


def tufts(
    mat: bpy.types.Material, count: int = 4, blades: int = 26, height: float = 1.0, spread: float = 0.45, seed: int = 5
) -> list[bpy.types.Object]:
    """Tufts of bent grass or grain, one unit high."""
    out = []
    for k in range(count):
        rng = random.Random(seed + k)
        mesh = Mesh(mat)
        for _ in range(blades):
            a, r = rng.uniform(0, 6.28), abs(rng.gauss(0, spread * 0.4))
            lean, h, w = rng.uniform(0.05, 0.5) * height, rng.uniform(0.5, 1.0) * height, rng.uniform(0.012, 0.03)
            x, y, side = r * math.cos(a), r * math.sin(a), rng.uniform(0, 6.28)
            dx, dy = math.cos(side) * w, math.sin(side) * w
            lx, ly = math.cos(a) * lean, math.sin(a) * lean
            mesh.add(
                [
                    (x - dx, y - dy, -0.05),
                    (x + dx, y + dy, -0.05),
                    (x + lx * 0.35 + dx * 0.7, y + ly * 0.35 + dy * 0.7, h * 0.6),
                    (x + lx * 0.35 - dx * 0.7, y + ly * 0.35 - dy * 0.7, h * 0.6),
                    (x + lx, y + ly, h),
                ],
                [(0, 1, 2, 3), (3, 2, 4)],
            )
        out.append(mesh.build("tuft"))
    return out


def conifers(
    needles: bpy.types.Material, bark: bpy.types.Material, count: int = 3, seed: int = 11, slim: float = 0.2
) -> list[bpy.types.Object]:
    """Spruces one unit high, with drooping whorls of needle fans."""
    out = []
    for k in range(count):
        rng = random.Random(seed + k)
        mesh = Mesh(needles, bark)
        mesh.rod((0, 0, -0.03), (0, 0, 0.97), 0.016, 0.002, mat=1, sides=7)
        z = 0.10
        while z < 0.985:
            reach = slim * (1 - z) ** 0.8 * rng.uniform(0.8, 1.1) + 0.012
            arms = rng.randint(7, 10)
            for i in range(arms):
                a = 6.283 * i / arms + rng.uniform(-0.3, 0.3)
                length = reach * rng.uniform(0.65, 1.15)
                ca, sa, droop = math.cos(a), math.sin(a), rng.uniform(0.15, 0.5)
                needles_n = max(6, int(length * 130))
                for j in range(needles_n):
                    t = (j + rng.random()) / needles_n
                    for hand in (-1, 1):
                        spread = hand * rng.uniform(0.5, 1.1)
                        w = length * 0.34 * (1.1 - t) + 0.006
                        px, pz = length * t, z - droop * length * t * t + 0.02 * t
                        ex, ey = px + w * 0.6, spread * w
                        ez = pz - rng.uniform(0.0, 0.4) * w
                        th = 0.0035
                        tri = [(px - th, 0, pz), (px + th * 2, 0, pz + 0.002), (ex, ey, ez)]
                        mesh.add([(x * ca - y * sa, x * sa + y * ca, zz) for x, y, zz in tri], [(0, 1, 2)])
            z += 0.016 + 0.022 * (1 - z)
        out.append(mesh.build("conifer"))
    return out


def bare_trees(
    bark: bpy.types.Material,
    twig: bpy.types.Material,
    count: int = 3,
    seed: int = 21,
    levels: int = 5,
    leaves: bpy.types.Material | None = None,
) -> list[bpy.types.Object]:
    """Birch-like trees one unit high; leafless unless a leaf material is given."""
    out = []
    for k in range(count):
        rng = random.Random(seed + k)
        mesh = Mesh(bark, twig, leaves or twig)

        def grow(base: Vector, direction: Vector, length: float, radius: float, level: int) -> None:
            pos, heading, steps = base, direction.normalized(), 5 if level < 2 else 3
            for i in range(steps):
                heading = (
                    heading + Vector((rng.gauss(0, 0.1), rng.gauss(0, 0.1), rng.gauss(0.03, 0.07))) * (1 + 0.4 * level)
                ).normalized()
                nxt = pos + heading * length / steps
                r0, r1 = radius * (1 - i / steps * 0.7), radius * (1 - (i + 1) / steps * 0.7)
                mesh.rod(pos, nxt, r0, r1, mat=0 if level < 2 else 1, sides=6 if level < 2 else 3, caps=False)
                pos = nxt
                if level < levels - 1 and (level > 0 or i > 0):
                    for _ in range(rng.randint(2, 3) if level else rng.randint(3, 4)):
                        a = rng.uniform(0, 6.283)
                        out_dir = Vector(
                            (math.cos(a), math.sin(a), rng.uniform(0.5, 1.2) if level < 2 else rng.uniform(-0.4, 0.8))
                        )
                        grow(
                            pos,
                            out_dir + heading * 0.4,
                            length * rng.uniform(0.30, 0.48),
                            radius * 0.42 * (1 - i / steps * 0.6),
                            level + 1,
                        )
                if leaves and level >= levels - 2:
                    for _ in range(6):
                        c = pos + Vector((rng.gauss(0, 0.018), rng.gauss(0, 0.018), rng.gauss(0, 0.018)))
                        s = rng.uniform(0.007, 0.015)
                        d1 = Vector((rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1))).normalized() * s
                        d2 = d1.orthogonal().normalized() * s * 0.8
                        mesh.add([c - d1, c + d2, c + d1, c - d2], [(0, 1, 2, 3)], 2)

        grow(Vector((0, 0, -0.02)), Vector((rng.gauss(0, 0.04), rng.gauss(0, 0.04), 1)), 0.85, 0.014, 0)
        out.append(mesh.build("birch"))
    return out


# --- sky, camera, render ---------------------------------------------------------------------------------------------
def sky(
    elevation: float,
    angle: float,
    *,
    clouds: float = 0.35,
    strength: float = 0.1,
    aerosol: float = 1.0,
    sun: float = 1.0,
    cloud_tint: Vec = (0.85, 0.88, 0.92),
    seed: float = 0.0,
) -> None:
    """Physical sky.  `angle` is the direction to the Sun in the scene, degrees anticlockwise from +X.

    The sky model turns its Sun clockwise from +Y (as compass bearings run), hence the conversion.
    """
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    n = Nodes(world.node_tree)
    background = world.node_tree.nodes["Background"]
    tex = n.new(
        "TexSky",
        sky_type="MULTIPLE_SCATTERING",
        sun_disc=True,
        sun_intensity=sun,
        sun_elevation=math.radians(elevation),
        sun_rotation=math.radians((90.0 - angle) % 360),
        aerosol_density=aerosol,
        altitude=150.0,
        sun_size=math.radians(0.6),
    )
    colour: object = tex.outputs[0]
    if clouds:
        sep = n.new("SeparateXYZ")
        n.set(sep.inputs[0], n.new("TexCoord").outputs["Generated"])
        up = n.math("ADD", n.math("MAXIMUM", sep.outputs[2], 0.0), 0.10)
        flat = n.new("CombineXYZ")
        n.set(flat.inputs[0], n.math("DIVIDE", sep.outputs[0], up))
        n.set(flat.inputs[1], n.math("DIVIDE", sep.outputs[1], up))
        flat.inputs[2].default_value = seed
        cover = n.ramp(n.noise(flat.outputs[0], 0.55, 9.0, 0.58, 0.3), 0.72 - clouds * 0.55, 0.95 - clouds * 0.4)
        shade = n.noise(flat.outputs[0], 1.1, 6.0, 0.6)
        body = n.new("HueSaturation")
        n.set(body.inputs["Color"], tex.outputs[0])
        body.inputs["Saturation"].default_value = 0.25
        n.set(body.inputs["Value"], n.math("ADD", 0.75, n.math("MULTIPLY", shade, 1.15)))
        tint = n.new("Mix", data_type="RGBA", blend_type="MULTIPLY")
        tint.inputs[0].default_value = 1.0
        n.set(tint.inputs[6], body.outputs[0])
        n.set(tint.inputs[7], tuple(cloud_tint))
        is_sun = n.math("GREATER_THAN", n.new("LightPath").outputs["Is Camera Ray"], 0.5)
        colour = n.mix(n.math("MULTIPLY", n.math("MULTIPLY", cover, is_sun), 0.9), tex.outputs[0], tint.outputs[2])
    n.set(background.inputs[0], colour)
    background.inputs[1].default_value = strength


def camera(
    loc: Vec, target: Vec, lens: float = 28.0, fstop: float = 4.0, focus: float | None = None, roll: float = 0.0
) -> None:
    """Point a camera; `roll` in degrees makes it hand-held."""
    data = bpy.data.cameras.new("camera")
    obj = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(obj)
    aim = Vector(target) - Vector(loc)
    obj.location = loc
    obj.rotation_euler = (
        aim.to_track_quat("-Z", "Y").to_matrix() @ Matrix.Rotation(math.radians(roll), 3, "Z")
    ).to_euler()
    data.lens, data.clip_end = lens, 6000
    data.dof.use_dof = True
    data.dof.focus_distance = focus or aim.length
    data.dof.aperture_fstop = fstop
    bpy.context.scene.camera = obj


def render(
    path: Path,
    size: tuple[int, int],
    samples: int,
    exposure: float = 0.0,
    scale: float = 1.0,
    seed: int = 7,
    balance: Vec = (0.965, 1.0, 1.05),
) -> None:
    """Render the scene with Cycles on the CPU, then give it the finish of a small-sensor photograph."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device, scene.cycles.samples, scene.cycles.seed = "CPU", samples, seed
    scene.cycles.use_denoising, scene.cycles.use_adaptive_sampling = True, True
    scene.cycles.adaptive_threshold = 0.05
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces, scene.cycles.glossy_bounces = 6, 2, 2
    scene.cycles.transparent_max_bounces, scene.cycles.sample_clamp_indirect = 12, 4.0
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.resolution_x, scene.render.resolution_y = int(size[0] * scale), int(size[1] * scale)
    scene.render.resolution_percentage = 100
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.exposure = exposure
    raw = path.with_suffix(".raw.png")
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(raw)
    bpy.ops.render.render(write_still=True)
    film(Image.open(raw).convert("RGB"), seed, balance=balance).save(path, quality=90)
    raw.unlink()


def film(
    picture: Image.Image,
    seed: int = 0,
    grain: float = 0.011,
    contrast: float = 1.30,
    saturation: float = 0.98,
    balance: Vec = (0.965, 1.0, 1.05),
) -> Image.Image:
    """White balance, contrast, slight vignette, lens colour fringing, sharpening and luminance-dependent grain."""
    a = np.asarray(picture).astype(float) / 255.0
    h, w = a.shape[:2]
    y, x = np.mgrid[0:h, 0:w]
    r2 = ((x - w / 2) ** 2 + (y - h / 2) ** 2) / ((w / 2) ** 2 + (h / 2) ** 2)
    a = np.clip(0.46 + (a * np.asarray(balance) - 0.46) * contrast, 0, 1)
    grey = a.mean(-1, keepdims=True)
    a = np.clip(grey + (a - grey) * saturation, 0, 1) * (1 - 0.16 * r2)[..., None]
    sharp = Image.fromarray((a * 255).astype("uint8")).filter(ImageFilter.UnsharpMask(1.2, 60, 2))
    red, green, blue = sharp.split()
    bigger = red.resize((w + 2, h + 2), Image.Resampling.BICUBIC).crop((1, 1, w + 1, h + 1))
    a = np.asarray(Image.merge("RGB", (bigger, green, blue))).astype(float) / 255.0
    gen = np.random.default_rng(seed)
    mono = gen.normal(0, grain, (h, w, 1))
    colour = gen.normal(0, grain * 0.5, (h, w, 3))
    a = a + (mono + colour) * (0.55 + 0.9 * (1 - a.mean(-1, keepdims=True)))
    return Image.fromarray((np.clip(a, 0, 1) * 255).astype("uint8"))
