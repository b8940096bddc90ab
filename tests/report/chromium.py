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


def asked(profile: Path, page: Path, script: str, *options: str) -> tuple[Any, list[str]]:
    """What an async function body returns in the page, as JSON, and the console.

    The script is put into a copy whose policy lets it run; nothing else of the page is changed.
    """
    text = page.read_text(encoding="utf-8")
    assert text.count("default-src 'none';") == 1
    text = text.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    probe = (
        "<script>(async () => { try { return await (async () => {"
        + script
        + "})() } catch (e) { return String(e) } })()"
        ".then((told) => { const out = document.createElement('output'); out.id = 'told';"
        " out.textContent = JSON.stringify(told); document.body.append(out); });</script></body>"
    )
    copy = page.with_name(f"asked-{page.stem}.html")
    copy.write_text(text.replace("</body>", probe), encoding="utf-8")
    dom, console = chromium(profile, copy, "--virtual-time-budget=30000", "--dump-dom", *options)
    found = re.search(r'<output id="told">(.*?)</output>', dom, re.DOTALL)
    assert found, f"the page did not answer: {console}"
    return json.loads(html.unescape(found[1])), console
