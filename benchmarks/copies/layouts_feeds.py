"""Posts in feeds and chats: the layouts that the finder was shaped on. Each draws on a canvas and leaves true boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from benchmarks.copies.canvas import Canvas, comments, header, nav_bar, row_of_icons, status_bar

Layout = Callable[[Canvas, Sequence[Image.Image]], None]


def fitted(
    canvas: Canvas, photo: Image.Image, x0_px: int, x1_px: int, tallest: float = 1.3
) -> tuple[int, int, int, int]:
    """A box from y_px on, as wide as told, in the photograph's shape but at most `tallest` times as high as wide."""
    width = x1_px - x0_px
    height = min(round(width * photo.height / photo.width), round(width * tallest))
    return x0_px, canvas.y_px, x1_px, canvas.y_px + height


def cut_to(photo: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The middle of a photograph in the box's shape."""
    wanted = (box[2] - box[0]) / (box[3] - box[1])
    if photo.width / photo.height > wanted:
        width = max(1, round(photo.height * wanted))
        left = (photo.width - width) // 2
        return photo.crop((left, 0, left + width, photo.height))
    height = max(1, round(photo.width / wanted))
    top = (photo.height - height) // 2
    return photo.crop((0, top, photo.width, top + height))


def put(
    canvas: Canvas, photo: Image.Image, box: tuple[int, int, int, int], radius: float = 0, *, line: bool = False
) -> None:
    canvas.photo(cut_to(photo, box), box, radius, canvas.theme.line if line else None)
    canvas.y_px = box[3]


def inset_post(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """One post: avatar, name, text, an inset photograph with rounded corners, counts, replies."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    header(canvas, "Post")
    canvas.rule(0, width)
    canvas.y_px += unit(12)
    canvas.avatar(unit(14), canvas.y_px, 40, canvas.face(photos, 0.5))
    canvas.text(unit(64), canvas.y_px, canvas.words(2), 15, theme.ink, bold=True)
    canvas.text(unit(64), canvas.y_px + unit(19), "@" + canvas.words(1), 13, theme.dim)
    canvas.y_px += unit(50)
    canvas.paragraph(unit(14), width - unit(14), int(canvas.chance.integers(0, 40)), 16, theme.ink)
    canvas.y_px += unit(10)
    put(
        canvas,
        photos[0],
        fitted(canvas, photos[0], unit(14), width - unit(14)),
        14,
        line=bool(canvas.chance.random() < 0.7),
    )
    canvas.y_px += unit(12)
    canvas.text(unit(14), canvas.y_px, "3:42 PM · Nov 14, 2024", 13, theme.dim)
    canvas.y_px += unit(30)
    canvas.rule(unit(14), width - unit(14))
    canvas.y_px += unit(10)
    row_of_icons(canvas, unit(20), width - unit(20), 5)
    comments(canvas, canvas.picture.height)
    nav_bar(canvas)


def full_width_post(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A photograph as wide as the screen between a name and a row of icons; a counter lies on it."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    header(canvas, canvas.words(1))
    canvas.avatar(unit(12), canvas.y_px + unit(6), 32, canvas.face(photos, 0.6))
    canvas.text(unit(54), canvas.y_px + unit(13), canvas.words(1), 13, theme.ink, bold=True)
    canvas.y_px += unit(46)
    put(canvas, photos[0], fitted(canvas, photos[0], 0, width))
    if canvas.chance.random() < 0.6:
        top = canvas.boxes[0][1] + unit(12)
        canvas.draw.rounded_rectangle((width - unit(46), top, width - unit(12), top + unit(24)), unit(12), (30, 30, 30))
        canvas.text(width - unit(38), top + unit(5), "1/4", 12, (255, 255, 255))
    canvas.y_px += unit(12)
    row_of_icons(canvas, unit(14), width * 2 // 3, 3, numbers=False)
    canvas.text(unit(14), canvas.y_px, f"{canvas.chance.integers(10, 9999)} likes", 13, theme.ink, bold=True)
    canvas.y_px += unit(20)
    canvas.paragraph(unit(14), width - unit(14), int(canvas.chance.integers(4, 30)), 13, theme.ink)
    canvas.y_px += unit(16)
    comments(canvas, canvas.picture.height)
    nav_bar(canvas)


def card_post(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """White cards on a grey page; the photograph fills the card's width, with reactions below."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas, theme.card)
    top = canvas.y_px
    for number in range(3):
        start = canvas.y_px + (unit(8) if number else 0)
        if start > canvas.picture.height:
            break
        canvas.draw.rectangle((0, start, width, canvas.picture.height), theme.card)
        canvas.y_px = start + unit(10)
        canvas.avatar(unit(12), canvas.y_px, 40, canvas.face(photos, 0.4))
        canvas.text(unit(62), canvas.y_px + unit(2), canvas.words(3), 14, theme.ink, bold=True)
        canvas.text(unit(62), canvas.y_px + unit(21), "2 h", 12, theme.dim)
        canvas.y_px += unit(50)
        canvas.paragraph(unit(12), width - unit(12), int(canvas.chance.integers(2, 40)), 15, theme.ink)
        canvas.y_px += unit(8)
        if number == 0:
            put(canvas, photos[0], fitted(canvas, photos[0], 0, width, 1.2))
        canvas.y_px += unit(10)
        row_of_icons(canvas, unit(12), width, 3)
        canvas.draw.rectangle((0, canvas.y_px, width, canvas.y_px + unit(8)), theme.page)
    canvas.draw.line([(0, top), (width, top)], theme.line)


def channel_bubble(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A channel: a photograph at the head of a bubble on a plain page, text and a time below it."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    canvas.picture.paste(tuple(int(level * 0.9) for level in theme.page), (0, 0, *canvas.picture.size))
    status_bar(canvas, theme.card)
    header(canvas, canvas.words(2), theme.card)
    canvas.y_px += unit(10)
    _bubble(canvas, photos[0], (unit(8), width - unit(44)))
    canvas.y_px += unit(8)
    _bubble(canvas, None, (unit(8), width - unit(44)))
    top = canvas.picture.height - unit(46)
    canvas.draw.rectangle((0, top, width, canvas.picture.height), theme.card)
    canvas.text(unit(50), top + unit(14), "Message", 15, theme.dim)


def _bubble(canvas: Canvas, photo: Image.Image | None, sides_px: tuple[int, int]) -> None:
    """Text, under a photograph that fills the bubble's width or stands a few pixels inside it."""
    unit, theme = canvas.px, canvas.theme
    x0, x1 = sides_px
    top, before = canvas.y_px, canvas.picture.copy()
    for measuring in (True, False):
        canvas.y_px = top
        state = canvas.chance.bit_generator.state
        if photo is not None:
            inside = 0 if canvas.chance.random() < 0.5 else unit(3)
            canvas.y_px += inside
            box = fitted(canvas, photo, x0 + inside, x1 - inside, 1.15)
            if not measuring:
                put(canvas, photo, box, 10)
            canvas.y_px = box[3]
        canvas.y_px += unit(6)
        canvas.paragraph(x0 + unit(10), x1 - unit(10), int(canvas.chance.integers(1, 40)), 15, theme.ink)
        canvas.text(x1 - unit(44), canvas.y_px - unit(6), "14:2" + str(canvas.chance.integers(10)), 11, theme.dim)
        canvas.y_px += unit(12)
        if measuring:
            bottom = canvas.y_px
            canvas.picture.paste(before)
            ImageDraw.Draw(canvas.picture).rounded_rectangle((x0, top, x1 - 1, bottom), unit(10), theme.card)
            canvas.chance.bit_generator.state = state
            if bottom > canvas.picture.height + unit(400):
                break


def article(canvas: Canvas, photos: Sequence[Image.Image]) -> None:
    """A news page: masthead, headline, photograph with a caption, paragraphs."""
    unit, width, theme = canvas.px, canvas.picture.width, canvas.theme
    status_bar(canvas)
    bar = theme.accent if canvas.chance.random() < 0.5 else theme.card
    canvas.draw.rectangle((0, canvas.y_px, width, canvas.y_px + unit(46)), bar)
    canvas.text(width // 3, canvas.y_px + unit(10), "THE DAILY", 20, theme.ink, bold=True)
    canvas.y_px += unit(60)
    canvas.paragraph(unit(16), width - unit(16), int(canvas.chance.integers(5, 14)), 24, theme.ink)
    canvas.y_px += unit(10)
    margin = unit(16) if canvas.chance.random() < 0.5 else 0
    put(canvas, photos[0], fitted(canvas, photos[0], margin, width - margin, 1.0))
    canvas.y_px += unit(4)
    canvas.paragraph(unit(16), width - unit(16), int(canvas.chance.integers(4, 12)), 11, theme.dim)
    canvas.y_px += unit(14)
    while canvas.y_px < canvas.picture.height:
        canvas.paragraph(unit(16), width - unit(16), int(canvas.chance.integers(20, 60)), 16, theme.ink)
        canvas.y_px += unit(14)


FEEDS: dict[str, Layout] = {
    "inset post": inset_post,
    "full-width post": full_width_post,
    "card": card_post,
    "channel bubble": channel_bubble,
    "article": article,
}
