"""The languages in which a report can be shown, each by its code (BCP 47) with its own name."""

from __future__ import annotations

LANGUAGES = {"en": "English", "ru": "Русский", "uk": "Українська", "ko": "한국어"}
"""English is the language of the record; docs/adr/0046-languages.md."""
