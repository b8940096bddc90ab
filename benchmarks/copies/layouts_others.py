"""More layouts of posts, chats and pages, none of which the finder was shaped on: they are for measuring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.copies.canvas import Canvas, comments, header, nav_bar, row_of_icons, status_bar
from benchmarks.copies.layouts_feeds import Layout, cut_to, fitted, put


def timeline(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """Posts with the avatar in a column of its own and the photograph beside it."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    left, first = unit(60), True
    while canvas.y_px < canvas.picture.height:
        canvas.y_px += unit(10)
        canvas.avatar(unit(12), canvas.y_px, 38, canvas.face(photos, 0.5))
        canvas.text(left, canvas.y_px, canvas.words(2), 14, theme.ink, bold=True)
        canvas.y_px += unit(20)
        canvas.paragraph(left, width - unit(12), int(canvas.chance.integers(1, 30)), 14, theme.ink)
        canvas.y_px += unit(6)
        if first:
            box = fitted(canvas, photos[0], left, width - unit(12), 1.2)
            put(canvas, photos[0], box, 12, line=True)
            canvas.y_px += unit(8)
        row_of_icons(canvas, left, width - unit(12), 4)
        canvas.rule(0, width)
        first = False
    nav_bar(canvas, 4)


def wallpaper_chat(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A chat over a patterned wallpaper: the photograph in a bubble, perhaps with a reaction over its lower edge."""
    unit, theme = canvas.px, canvas.theme
    width, height = canvas.picture.size
    _doodles(canvas)
    status_bar(canvas, theme.card)
    header(canvas, canvas.words(2), theme.card)
    canvas.y_px += unit(14)
    own = canvas.chance.random() < 0.5
    colour = tuple(int(v) for v in (np.array(theme.card) * 0.85 + np.array((20, 60, 10)) * 0.15)) if own else theme.card
    x0 = unit(70) if own else unit(10)
    x1 = x0 + unit(270)
    box = (x0 + unit(4), canvas.y_px + unit(4), x1 - unit(4), 0)
    tall = min(round((box[2] - box[0]) * photos[0].height / photos[0].width), unit(330))
    box = (*box[:3], box[1] + tall)
    words = int(canvas.chance.integers(0, 16))
    bottom = box[3] + (unit(12) + unit(19) * (1 + words // 7) if words else unit(4))
    canvas.draw.rounded_rectangle((x0, canvas.y_px, x1, bottom), unit(10), colour)
    put(canvas, photos[0], box, 8)
    if words:
        canvas.y_px += unit(6)
        canvas.paragraph(x0 + unit(10), x1 - unit(30), words, 14, theme.ink)
    canvas.text(x1 - unit(40), bottom - unit(20), "09:15", 11, theme.dim if words else (255, 255, 255))
    if canvas.chance.random() < 0.5:
        canvas.draw.rounded_rectangle(
            (x0 + unit(12), bottom - unit(8), x0 + unit(52), bottom + unit(14)), unit(11), theme.card
        )
        canvas.icon(x0 + unit(20), bottom - unit(3), 12, theme.accent)
    canvas.y_px = bottom + unit(26)
    for _ in range(3):
        wide = unit(int(canvas.chance.integers(90, 260)))
        canvas.draw.rounded_rectangle(
            (unit(10), canvas.y_px, unit(10) + wide, canvas.y_px + unit(34)), unit(10), theme.card
        )
        canvas.text(unit(20), canvas.y_px + unit(8), canvas.words(1), 14, theme.ink)
        canvas.y_px += unit(44)
    canvas.draw.rectangle((0, height - unit(52), width, height), theme.card)


def _doodles(canvas: Canvas) -> None:
    """A wallpaper: a plain or slowly changing colour with faint line drawings all over it."""
    unit, chance = canvas.px, canvas.chance
    width, height = canvas.picture.size
    dark = sum(canvas.theme.page) < 300
    base = np.array((11, 20, 26) if dark else (229, 221, 213), float)
    end = base + (chance.uniform(-30, 30, 3) if chance.random() < 0.5 else 0)
    ramp = np.linspace(0, 1, height)[:, None, None]
    rows = np.clip(base + (end - base) * ramp, 0, 255).astype(np.uint8)
    canvas.picture.paste(Image.fromarray(np.repeat(rows, width, axis=1)))
    ink = tuple(int(v) for v in np.clip(base + (9 if dark else -12), 0, 255))
    for y in range(0, height, unit(26)):
        for x in range(0, width, unit(26)):
            canvas.icon(x + int(chance.integers(unit(8))), y + int(chance.integers(unit(8))), 14, ink)


def gallery_viewer(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A photograph alone on a black screen, with buttons and a caption that may lie over its lower part."""
    unit, theme = canvas.px, canvas.theme
    width, height = canvas.picture.size
    canvas.picture.paste((0, 0, 0), (0, 0, width, height))
    status_bar(canvas, (0, 0, 0))
    canvas.text(unit(16), unit(40), "1 of 3", 15, (255, 255, 255))
    tall = min(round(width * photos[0].height / photos[0].width), height - unit(220))
    canvas.y_px = (height - tall) // 2
    put(canvas, photos[0], (0, canvas.y_px, width, canvas.y_px + tall))
    canvas.y_px = height - unit(90)
    canvas.paragraph(unit(16), width - unit(16), int(canvas.chance.integers(3, 20)), 14, (240, 240, 240))
    canvas.icon(width - unit(40), unit(40), 18, (255, 255, 255))
    del theme


def quoted_post(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A post that quotes another in a bordered card, whose lower part is the photograph."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    header(canvas, "Thread")
    canvas.avatar(unit(14), canvas.y_px, 40)
    canvas.text(unit(64), canvas.y_px + unit(8), canvas.words(2), 15, theme.ink, bold=True)
    canvas.y_px += unit(50)
    canvas.paragraph(unit(14), width - unit(14), int(canvas.chance.integers(2, 30)), 16, theme.ink)
    canvas.y_px += unit(10)
    top, x0, x1 = canvas.y_px, unit(14), width - unit(14)
    canvas.y_px += unit(10)
    canvas.avatar(x0 + unit(10), canvas.y_px, 20)
    canvas.text(x0 + unit(36), canvas.y_px + unit(2), canvas.words(2), 13, theme.ink, bold=True)
    canvas.y_px += unit(26)
    canvas.paragraph(x0 + unit(10), x1 - unit(10), int(canvas.chance.integers(1, 18)), 14, theme.ink)
    canvas.y_px += unit(8)
    put(canvas, photos[0], fitted(canvas, photos[0], x0, x1, 0.9))
    canvas.draw.rounded_rectangle((x0, top, x1 - 1, canvas.y_px), unit(3), outline=theme.line, width=max(1, unit(1)))
    canvas.y_px += unit(14)
    row_of_icons(canvas, unit(20), width - unit(20), 4)
    nav_bar(canvas)


def photo_grid(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A post with two, three or four photographs in a grid with narrow gaps."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    header(canvas, "Post")
    canvas.avatar(unit(14), canvas.y_px, 40)
    canvas.text(unit(64), canvas.y_px + unit(8), canvas.words(2), 15, theme.ink, bold=True)
    canvas.y_px += unit(50)
    canvas.paragraph(unit(14), width - unit(14), int(canvas.chance.integers(2, 30)), 16, theme.ink)
    canvas.y_px += unit(10)
    x0, x1, gap = unit(14), width - unit(14), max(2, unit(2))
    top, tall, middle = canvas.y_px, unit(int(canvas.chance.integers(170, 240))), (x0 + x1) // 2
    half = top + tall // 2
    count = int(canvas.chance.integers(2, 5))
    panes = {
        2: [(x0, top, middle, top + tall), (middle + gap, top, x1, top + tall)],
        3: [(x0, top, middle, top + tall), (middle + gap, top, x1, half), (middle + gap, half + gap, x1, top + tall)],
        4: [
            (x0, top, middle, half),
            (middle + gap, top, x1, half),
            (x0, half + gap, middle, top + tall),
            (middle + gap, half + gap, x1, top + tall),
        ],
    }[count]
    for photo, box in zip(photos, panes, strict=False):
        put(canvas, photo, box)
    canvas.y_px = top + tall + unit(14)
    row_of_icons(canvas, unit(20), width - unit(20), 4)
    canvas.paragraph(unit(14), width - unit(14), 30, 14, theme.ink)


def community_wall(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A wall: rounded cards on a coloured page, the photograph inset in one of them, a share button on its corner."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    header(canvas, canvas.words(2))
    x0, x1 = unit(8), width - unit(8)
    canvas.draw.rounded_rectangle((x0, canvas.y_px, x1, canvas.picture.height), unit(14), theme.card)
    canvas.y_px += unit(12)
    canvas.avatar(x0 + unit(12), canvas.y_px, 36, photos[1], round_=bool(canvas.chance.random() < 0.5))
    canvas.text(x0 + unit(58), canvas.y_px + unit(2), canvas.words(2), 14, theme.accent, bold=True)
    canvas.y_px += unit(46)
    canvas.paragraph(x0 + unit(12), x1 - unit(12), int(canvas.chance.integers(0, 50)), 15, theme.ink)
    canvas.y_px += unit(8)
    put(canvas, photos[0], fitted(canvas, photos[0], x0 + unit(12), x1 - unit(12), 1.1), 8)
    if canvas.chance.random() < 0.5:
        canvas.avatar(x1 - unit(60), canvas.y_px - unit(22), 40)
    canvas.y_px += unit(26)
    row_of_icons(canvas, x0 + unit(12), x1, 4)
    canvas.paragraph(x0 + unit(12), x1 - unit(12), 60, 14, theme.ink)


def desktop_page(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A browser window: menu at the left, the post in the middle, links with small pictures at the right."""
    theme, chance = canvas.theme, canvas.chance
    width, height = canvas.picture.size
    canvas.draw.rectangle((0, 0, width, height // 18), theme.card)
    canvas.draw.rounded_rectangle((width // 8, height // 80, width * 3 // 4, height // 24), 10, theme.page)
    for line in range(8):
        canvas.text(width // 40, height // 9 + line * height // 16, canvas.words(1), 5, theme.ink)
        right = width * 3 // 4
        canvas.text(right, height // 9 + line * height // 10, canvas.words(3), 4, theme.ink, bold=True)
        canvas.text(right, height // 9 + line * height // 10 + height // 40, canvas.words(4), 4, theme.dim)
    x0, x1 = width // 4, width * 7 // 10
    canvas.y_px = height // 9
    canvas.avatar(x0, canvas.y_px, 12)
    canvas.text(x0 + canvas.px(16), canvas.y_px, canvas.words(2), 5, theme.ink, bold=True)
    canvas.y_px += canvas.px(16)
    canvas.paragraph(x0, x1, int(chance.integers(3, 40)), 5, theme.ink)
    canvas.y_px += canvas.px(4)
    put(canvas, photos[0], fitted(canvas, photos[0], x0, x1, 0.8), 4)
    canvas.y_px += canvas.px(6)
    canvas.paragraph(x0, x1, 40, 5, theme.ink)


def headline_on_photo(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A news page whose photograph carries a darkened foot with the headline and a badge."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    canvas.text(unit(16), canvas.y_px + unit(8), canvas.words(1).upper(), 20, theme.accent, bold=True)
    canvas.y_px += unit(48)
    box = fitted(canvas, photos[0], 0, width, 1.2)
    dark = np.asarray(cut_to(photos[0], box).resize((box[2] - box[0], box[3] - box[1]))).astype(float)
    dark *= np.clip(1.6 - 1.2 * np.linspace(0, 1, dark.shape[0]), 0.4, 1)[:, None, None]
    canvas.photo(Image.fromarray(dark.astype(np.uint8)), box)
    draw = ImageDraw.Draw(canvas.picture)
    draw.rectangle((unit(16), box[3] - unit(86), unit(76), box[3] - unit(66)), theme.accent)
    for line in range(2):
        draw.text((unit(16), box[3] - unit(58 - 26 * line)), canvas.words(4), "white", canvas.font(19, bold=True))
    canvas.y_px = box[3] + unit(18)
    while canvas.y_px < canvas.picture.height:
        canvas.paragraph(unit(16), width - unit(16), int(canvas.chance.integers(20, 60)), 16, theme.ink)
        canvas.y_px += unit(14)


OTHERS: dict[str, Layout] = {
    "timeline": timeline,
    "wallpaper chat": wallpaper_chat,
    "gallery viewer": gallery_viewer,
    "quoted post": quoted_post,
    "photo grid": photo_grid,
    "community wall": community_wall,
    "desktop page": desktop_page,
    "headline on the photo": headline_on_photo,
}


def words_only(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A thread without any photograph but the faces: nothing to find."""
    status_bar(canvas)
    header(canvas, "Thread")
    canvas.avatar(canvas.px(14), canvas.y_px, 40, canvas.face(photos, 0.5))
    canvas.y_px += canvas.px(50)
    canvas.paragraph(canvas.px(14), canvas.picture.width - canvas.px(14), 40, 16, canvas.theme.ink)
    canvas.draw.rounded_rectangle(
        (canvas.px(14), canvas.y_px + canvas.px(8), canvas.px(200), canvas.y_px + canvas.px(44)),
        12,
        canvas.theme.accent,
    )
    canvas.y_px += canvas.px(60)
    comments(canvas, canvas.picture.height)
    nav_bar(canvas)


NOTHING: dict[str, Layout] = {"words only": words_only}
