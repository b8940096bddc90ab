"""Debian's Chromium, asked from a test: opens a page, and says what the page's console received."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
)
LIGHT, DARK = 1, 0


def chromium(profile: Path, page: Path, *options: str) -> tuple[str, list[str]]:
    """What Chromium prints, and the lines that the page's console received."""
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def scheme(which: int) -> str:
    """The option that makes the page light or dark."""
    return f"--blink-settings=preferredColorScheme={which}"


_ANSWER = """<script>(async () => { try { return await (async () => {SCRIPT})() } catch (e) { return String(e) } })()
.then((told) => { const out = document.createElement('output'); out.id = 'told'; out.textContent = JSON.stringify(told);
document.body.append(out); });</script></body>"""
_FRAME = """<body style="margin:0"><iframe id="f" src="PAGE" style="border:0;width:WIDTHpx;height:900px"></iframe>
<script>
const wait = setInterval(() => { const told = document.getElementById('f').contentDocument.getElementById('told');
if (told) { clearInterval(wait); document.body.append(told.cloneNode(true)) } }, 50)</script>"""


def asked(profile: Path, page: Path, script: str, *options: str, width_px: int = 0) -> tuple[Any, list[str]]:
    """What an async function body returns in the page, as JSON, and the console.

    The script is put into a copy whose policy lets it run; nothing else of the page is changed. `width_px`: the page
    in a frame of that width, since a headless window is never narrower than 500 px.
    """
    text = page.read_text(encoding="utf-8")
    assert text.count("default-src 'none';") == 1
    text = text.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    opened = page.with_name(f"asked-{page.name}")
    opened.write_text(text.replace("</body>", _ANSWER.replace("SCRIPT", script)), encoding="utf-8")
    if width_px:
        frame = page.with_name(f"frame-{width_px}-{page.name}")
        frame.write_text(_FRAME.replace("PAGE", opened.as_uri()).replace("WIDTH", str(width_px)), encoding="utf-8")
        opened, options = frame, (*options, "--allow-file-access-from-files")
    dom, console = chromium(profile, opened, "--virtual-time-budget=30000", "--dump-dom", *options)
    found = re.search(r'<output id="told">(.*?)</output>', dom, re.DOTALL)
    assert found, f"the page did not answer: {console}"
    return json.loads(html.unescape(found[1])), console
