"""Posts as screenshots with their true lines: twelve in four languages, light and dark, and four more whose words stand
inside an English interface ("mixed"); each clean and saved badly.

    python -m benchmarks.posts OUT_DIR

Drawn by /usr/bin/chromium from pages of our own that have the anatomy of the product named and imitate none; needs the
Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk). Writes 48 pictures and truth.json: for each picture the lines that
a reader sees and the line that tells the time.
"""

from __future__ import annotations

import html
import io
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments

CHROMIUM = Path("/usr/bin/chromium")


@dataclass(frozen=True)
class Post:
    """What one post says."""

    product: str
    language: str
    dark: bool
    name: str
    handle: str
    words: tuple[str, ...]
    time: str
    counts: tuple[str, ...]
    places: tuple[str, ...] = ()
    """Where a reader can go, above the post."""
    deeds: tuple[str, ...] = ()
    """What a reader can do, below it."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of text, from top to bottom."""
        return (*self.places, self.name, self.handle, *self.words, self.time, *self.counts, *self.deeds)


_PLACES, _DEEDS = ("Home", "Explore", "Notifications"), ("Reply", "Repost", "Like", "Share")
POSTS = (
    Post(
        "X", "en", False, "Rail Watch", "@railwatch_77",
        (
            "Spotted this morning near the junction:",
            "a heavy gun on a flat car, moving west.",
        ),
        "3:42 PM · Nov 14, 2024", ("1,204 Reposts", "3,871 Likes"),
    ),
    Post(
        "X", "en", True, "Field Notes", "@field_notes",
        (
            "Unconfirmed: convoy on the northern road,",
            "at least twelve vehicles under nets.",
        ),
        "11:05 AM · Mar 3, 2023", ("88 Reposts", "412 Likes"),
    ),
    Post(
        "Telegram", "en", False, "Harbour Log", "t.me/harbourlog",
        (
            "The crane at pier four fell during the storm.",
            "No injuries were reported by the port.",
        ),
        "14 Nov 2024 at 15:42", ("12.4K views",),
    ),
    Post(
        "X", "ru", False, "Железная дорога", "@zhd_novosti",
        (
            "На станции заметили состав с техникой,",
            "который шёл в сторону запада.",
        ),
        "15:42 · 14 нояб. 2024 г.", ("1204 репоста", "3871 отметка «Нравится»"),
    ),
    Post(
        "X", "ru", True, "Городской дозор", "@gorod_dozor",
        (
            "Утром над заводом поднялся чёрный дым,",
            "пожарные прибыли через десять минут.",
        ),
        "9:18 · 3 мая 2023 г.", ("56 репостов", "210 отметок «Нравится»"),
    ),
    Post(
        "Telegram", "ru", True, "Сводка с вокзала", "t.me/svodka_vokzal",
        (
            "Платформы с орудиями стоят с самого утра.",
            "Снимать запрещено, фото от подписчика.",
        ),
        "14 ноября 2024 в 15:42", ("8,7K просмотров",),
    ),
    Post(
        "X", "uk", False, "Новини громади", "@gromada_news",
        (
            "Вночі в місті чули кілька вибухів,",
            "рятувальники працюють на місці події.",
        ),
        "15:42 · 14 лист. 2024 р.", ("312 репостів", "1450 вподобань"),
    ),
    Post(
        "X", "uk", True, "Степовий вісник", "@step_visnyk",
        (
            "Міст через річку закрили для вантажівок,",
            "об'їзд позначено жовтими знаками.",
        ),
        "7:09 · 2 черв. 2023 р.", ("19 репостів", "87 вподобань"),
    ),
    Post(
        "Telegram", "uk", False, "Залізниця щодня", "t.me/zaliznytsia",
        (
            "Потяг із краном прибув на станцію вночі.",
            "Ґрунт біля колії ще не висох, їхали повільно.",
        ),
        "14 листопада 2024 о 15:42", ("5,1K переглядів",),
    ),
    Post(
        "X", "ko", False, "철도 소식", "@rail_sosik",
        (
            "오늘 아침 역 근처에서 화물 열차를 보았다.",
            "무개차 위에 큰 포가 실려 있었다.",
        ),
        "오후 3:42 · 2024년 11월 14일", ("재게시 1,204회", "마음에 들어요 3,871회"),
    ),
    Post(
        "X", "ko", True, "항구 일지", "@hanggu_log",
        (
            "폭풍으로 부두의 기중기가 쓰러졌다.",
            "다친 사람은 없다고 한다.",
        ),
        "오전 11:05 · 2023년 3월 3일", ("재게시 88회", "마음에 들어요 412회"),
    ),
    Post(
        "Telegram", "ko", True, "현장 기록", "t.me/hyeonjang",
        (
            "북쪽 도로에서 차량 열두 대가 이동 중이다.",
            "모두 위장망으로 덮여 있었다.",
        ),
        "2024년 11월 14일 15:42", ("조회수 5,120회",),
    ),
    Post(
        "X", "mixed", False, "Степной ветер", "@stepnoy_veter",
        (
            "Мост под Курском взорван сегодня ночью,",
            "поезда стоят на соседних станциях.",
        ),
        "6:30 PM · Nov 14, 2024", ("1,204 Reposts", "3,871 Likes"), _PLACES, _DEEDS,
    ),
    Post(
        "X", "mixed", True, "Rail Watch", "@railwatch_77",
        (
            "Состав с техникой ушёл на запад.",
        ),
        "11:05 AM · Mar 3, 2023", ("88 Reposts", "412 Likes"), _PLACES, _DEEDS,
    ),
    Post(
        "X", "mixed", True, "Вісник міста", "@visnyk_mista",
        (
            "Вночі в місті чули кілька вибухів,",
            "рятувальники вже на місці події.",
        ),
        "7:09 AM · Jun 2, 2023", ("312 Reposts", "1,450 Likes"), _PLACES, _DEEDS,
    ),
    Post(
        "X", "mixed", False, "철도 소식", "@rail_sosik",
        (
            "크라스노야르스크 인근에서 촬영된 사진입니다.",
            "무개차 위에 큰 포가 실려 있었다.",
        ),
        "3:42 PM · Aug 12, 2024", ("1,204 Reposts", "3,871 Likes"), _PLACES, _DEEDS,
    ),
)  # fmt: skip


def page(post: Post, photo: str) -> str:
    """The post as a page 600 px wide."""
    ground, ink, faint = ("#15202b", "#e7e9ea", "#8b98a5") if post.dark else ("#ffffff", "#0f1419", "#536471")
    if post.product == "Telegram" and not post.dark:
        ground = "#f4f7f9"
    words = "<br>".join(map(html.escape, post.words))
    counts = "&ensp;&ensp;".join(map(html.escape, post.counts))
    head = (
        f'<div class="head"><div class="face"></div><div><b>{html.escape(post.name)}</b><br>'
        f"<i>{html.escape(post.handle)}</i></div></div>"
    )
    picture = f'<img src="{photo}">'
    text, tail = f"<p>{words}</p>", f'<p class="faint">{html.escape(post.time)}</p><hr><p class="faint">{counts}</p>'
    above = f'<p class="faint">{"&emsp;".join(map(html.escape, post.places))}</p>' if post.places else ""
    below = f'<p class="faint">{"&emsp;".join(map(html.escape, post.deeds))}</p>' if post.deeds else ""
    body = above + head + (picture + text if post.product == "Telegram" else text + picture) + tail + below
    return (
        f"<!doctype html><meta charset=utf-8><style>body{{margin:0;background:{ground};color:{ink};"
        "font:20px/1.35 'Noto Sans','Noto Sans CJK KR',sans-serif;width:600px;padding:20px;box-sizing:border-box}"
        f"i,.faint{{color:{faint};font-style:normal;font-size:18px}}p{{margin:12px 0}}"
        f"hr{{border:0;border-top:1px solid {faint}55}}"
        f".head{{display:flex;gap:12px}}.face{{width:52px;height:52px;border-radius:26px;background:linear-gradient(#c63,#36c)}}"
        f"img{{width:560px;height:360px;border-radius:14px;display:block}}</style>{body}"
    )


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    truth = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, post in enumerate(POSTS):
            photo = folder / f"{number}.jpg"
            _photograph(number).save(photo, quality=85)
            (folder / f"{number}.html").write_text(page(post, photo.name), encoding="utf-8")
            shot = folder / f"{number}.png"
            _shoot(folder / f"{number}.html", shot, folder / "profile")
            with Image.open(shot) as opened:
                clean = opened.convert("RGB")
            for name, data in _saved(clean):
                file = f"{number:02d}_{post.product}_{post.language}_{'dark' if post.dark else 'light'}_{name}"
                (out / file).write_bytes(data)
                truth[file] = {"language": post.language, "time": post.time, "lines": post.lines, "handle": post.handle}
    (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(truth)} pictures in {out}")


def _photograph(seed: int) -> Image.Image:
    """Something with the statistics of a photograph: coarse and fine noise in soft colours."""
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(
            Image.fromarray(chance.integers(30, 225, (rows, round(rows * 1.55), 3), dtype=np.uint8)).resize(
                (1120, 720), Image.Resampling.BICUBIC
            ),
            dtype=float,
        )
        for rows in (4, 12, 40, 200)
    ]
    mixed = 0.45 * layers[0] + 0.3 * layers[1] + 0.17 * layers[2] + 0.08 * layers[3]
    return Image.fromarray(mixed.clip(0, 255).astype(np.uint8))


def _shoot(page_file: Path, shot: Path, profile: Path) -> None:
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--allow-file-access-from-files", f"--user-data-dir={profile}", "--window-size=600,760",
            f"--screenshot={shot}", page_file.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip


def _saved(clean: Image.Image) -> list[tuple[str, bytes]]:
    """As PNG, as JPEG quality 60, and scaled to 60 % as JPEG quality 75."""
    small = clean.resize((round(clean.width * 0.6), round(clean.height * 0.6)), Image.Resampling.LANCZOS)
    found = []
    for name, picture, kind, quality in (
        ("clean.png", clean, "PNG", 0),
        ("q60.jpg", clean, "JPEG", 60),
        ("small_q75.jpg", small, "JPEG", 75),
    ):
        buffer = io.BytesIO()
        picture.save(buffer, kind, **({"quality": quality} if quality else {}))
        found.append((name, buffer.getvalue()))
    return found


if __name__ == "__main__":
    main(Path(arguments(__doc__, 1, 1)[0]))
