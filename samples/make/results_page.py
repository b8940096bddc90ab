"""Write stranger_results.html: a results page of a reverse image search as a browser would save it; all of it invented.

python samples/make/results_page.py
"""

import base64
import io
from pathlib import Path

from PIL import Image

SAMPLES = Path(__file__).resolve().parents[1]
HITS = (
    ("https://travel.example/lighthouse", "The lighthouse and its path", "12 May 2019", "stranger.jpg"),
    ("https://forum.example/t/77", "Where is this?", "3 Feb 2021", "stranger.jpg"),
    ("https://farm.example/wheat", "A road in June", "1 Jun 2020", "reference/wheat_road.jpg"),
    ("https://news.example/coast", "News from the coast", "", ""),
)
CARD = '<div><a href="{url}">{picture}<p>{title}</p></a><p>{day}</p></div>\n'


def picture(name: str) -> str:
    """A small picture as it stands in such pages; "" for none."""
    if not name:
        return ""
    saved = io.BytesIO()
    with Image.open(SAMPLES / name) as opened:
        opened.thumbnail((180, 180))
        opened.save(saved, "JPEG", quality=80)
    return f'<img src="data:image/jpeg;base64,{base64.b64encode(saved.getvalue()).decode()}">'


def main() -> None:
    """Write the page."""
    cards = "".join(CARD.format(url=url, picture=picture(name), title=title, day=day) for url, title, day, name in HITS)
    head = "<!DOCTYPE html>\n<!-- saved from url=(0029)https://search.example/?image -->\n<meta charset=utf-8>\n"
    page = f"{head}<title>Results</title>\n<h1>Pages with this picture</h1>\n{cards}"
    (SAMPLES / "stranger_results.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
