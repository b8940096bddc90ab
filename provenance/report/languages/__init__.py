"""The report's own words in other languages: one gettext catalogue a language, applied when a report is rendered."""
