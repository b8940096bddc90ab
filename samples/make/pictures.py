"""The pictures of reports in docs/pictures:

    python -m samples.make.pictures

Checks each sample picture against the sample set with the claims of the founding case, and takes the first screen of its
page with Chromium: light at 1440 px; of the post also dark at 360 px, and the first page of the PDF where Typst and
pypdfium2 are installed. Look at them before they are committed.
"""

import io
import subprocess
import tempfile
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

import provenance
from provenance.output.rendering import draw_map, render_pdf

ROOT = Path(__file__).resolve().parents[2]
SAMPLES, TARGET = ROOT / "samples", ROOT / "docs" / "pictures"
NOW = datetime(2024, 11, 30, 9, 0, tzinfo=UTC)
MOST_BYTES = 150_000


def shot(page, scratch, width_px, height_px, dark):
    """The page in a frame of that width, since a headless window is never narrower than 500 px."""
    frame, file = scratch / "frame.html", scratch / "shot.png"
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.as_uri()}" style="border:0;width:{width_px}px;height:{height_px}px">'
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={file}",
               f"--user-data-dir={scratch / 'profile'}", f"--window-size={max(width_px, 500)},{height_px}",
               f"--blink-settings=preferredColorScheme={0 if dark else 1}", frame.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with Image.open(file) as whole:
        return whole.convert("RGB").crop((0, 0, width_px, height_px))


def keep(picture, name):
    """Write it, as sharp as 150 kB allow."""
    for quality in (82, 74, 66, 55):
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if data.tell() <= MOST_BYTES:
            break
    (TARGET / name).write_bytes(data.getvalue())
    print(f"{name}: {picture.width} x {picture.height}, {data.tell() / 1000:.0f} kB")


def main():
    """Check, show, take."""
    claims = provenance.read_claims(SAMPLES / "railcar_post.claims.yaml")
    paths = sorted([*SAMPLES.glob("*.jpg"), *SAMPLES.glob("*.png")])
    with (
        tempfile.TemporaryDirectory() as name,
        provenance.Desk(references=[SAMPLES / "reference"], statements=claims, clock=lambda: NOW) as desk,
    ):
        scratch = Path(name)
        for path in paths:
            checked = desk.check(path)
            page = provenance.write(desk, checked, scratch / path.stem).page
            keep(shot(page, scratch, 1440, 1250, dark=False), f"report-{path.stem}.webp")
            if path.stem == "railcar_post":
                keep(shot(page, scratch, 360, 1500, dark=True), "report-railcar_post-phone.webp")
                if find_spec("typst") and find_spec("pypdfium2"):
                    import pypdfium2

                    seen = desk.show(checked)
                    made = render_pdf(checked.report, seen.pictures, seen.figures, draw_map(checked.report))
                    keep(pypdfium2.PdfDocument(made.data)[0].render(scale=1.6).to_pil(), "report-railcar_post-pdf.webp")


if __name__ == "__main__":
    main()
