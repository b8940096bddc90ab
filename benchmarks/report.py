"""What a report weighs and costs:

    python -m benchmarks.report

A screenshot from the samples is checked against two sets in which twenty pictures hold the same photograph (crops,
other sizes and qualities, a mirrored one); a set tells no more matches than its search asks for. Printed, as medians of
three turns of processor time of this process: the check; its HTML with all figures drawn anew, and the HTML alone; the
PDF; Markdown, text and JSON; and the size of each. Goals: HTML at most 3 MB, and made in at most 0.3 of the check's own
time. The PDF has none; its ratio is stated.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

import provenance
from benchmarks.asked import arguments
from provenance.model.matches import Match
from provenance.output.rendering import draw_map

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MATCHES, TURNS = 20, 3


def relatives(folder: Path) -> list[Path]:
    """Twenty copies of one photograph, each changed in another way, in two folders."""
    folders = [folder / "first", folder / "second"]
    for each in folders:
        each.mkdir()
    photo = Image.open(SAMPLES / "reference" / "railcar_yard.jpg").convert("RGB")
    for number in range(MATCHES):
        edge = 12 * number
        copy = photo.crop((edge, edge // 2, photo.width - edge // 3, photo.height - edge // 2))
        copy = copy.resize((int(copy.width * (1 - number / 60)), int(copy.height * (1 - number / 60))))
        copy = ImageOps.mirror(copy) if number == MATCHES - 1 else copy
        copy.save(folders[number % 2] / f"copy_{number:02}.jpg", quality=90 - 2 * number)
    return folders


def spent_s(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor time of this process in seconds: median of some turns; and what came of the last."""
    turns, made = [], None
    for _ in range(TURNS):
        start = time.process_time()
        made = work()
        turns.append(time.process_time() - start)
    return statistics.median(turns), made


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        held = relatives(Path(name))
        claims = provenance.read_claims(SAMPLES / "railcar_post.claims.yaml")
        with provenance.Desk(references=held, statements=claims) as desk:
            checking_s, checked = spent_s(lambda: desk.check(SAMPLES / "railcar_post.png"))
            report = checked.report
            shown_s, shown = spent_s(lambda: (desk.show(checked), draw_map(report)))
            seen, chart = shown
            page_s, page = spent_s(lambda: provenance.render_html(report, seen.pictures, seen.figures, chart))
            pdf_s, made = spent_s(lambda: provenance.render_pdf(report, seen.pictures, seen.figures, chart))
            rest = {
                word: spent_s(lambda render=render: render(report).encode())
                for word, render in (
                    ("Markdown", provenance.render_markdown),
                    ("text", provenance.render_text),
                    ("JSON", provenance.render_json),
                )
            }
    matches = sum(isinstance(item, Match) for item in report.evidence)
    whole_s = shown_s + page_s
    print(f"{matches} matches, {len(report.evidence)} items of evidence; check {checking_s:.2f} s")
    size_mb = len(page.encode()) / 1e6
    print(f"HTML {size_mb:.2f} MB; with figures and map {whole_s:.3f} s, {whole_s / checking_s:.2f} of it")
    print(f"HTML alone {page_s:.3f} s, {page_s / checking_s:.3f} of it")
    print(
        f"PDF {len(made.data) / 1e6:.2f} MB, {made.standard}; {pdf_s:.2f} s, {pdf_s / page_s:.1f} times the HTML alone"
    )
    print(f"with figures and map {(shown_s + pdf_s) / whole_s:.1f} times the HTML")
    for word, (took_s, data) in rest.items():
        print(f"{word}: {len(data) / 1e3:.1f} kB, {took_s * 1000:.0f} ms")


if __name__ == "__main__":
    arguments(__doc__)
    main()
