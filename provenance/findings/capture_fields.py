"""Which metadata fields, by their names alone, can hold the moment of capture.

Fields that mean it are few and say so; dates of files, edits, pages, messages and accounts have names without end.
So a name must say that it means the capture, and nothing in it that it is the date of something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAPTURE = (
    r"original|digiti[sz]ed|(?:date|time)[ _-]?created|creat(?:e|ion)[ _-]?(?:date|time)|gps|exif|maker.?note",
    r"camera|cctv|(?:dash|body|trail)[ -]?cam|capture|(?<![a-z])(?:shot|shooting)(?![a-z])|shutter|exposure",
    r"photographed|filmed|^taken$"
    r"|(?:date|time|when)[ _/-]*(?:was |is )?(?:taken|recorded)|(?:taken|record(?:ed|ing))[ _-]?(?:at|on|date|time)",
    r"съ[её]мк|сняли|снято|зйомк|знят|aufnahme|aufgenommen|prise de vue|scatto|çekim",
    r"(?:fecha|hora|data)(?: de)?(?: la)? (?:captura|toma)|撮影|拍[摄攝]|촬영|التقاط|تصوير|عکس ?برداری",
)
"""EXIF, XMP, IPTC, PNG and QuickTime by their words, behind "exif" any field but those below; English; Russian,
Ukrainian, German, French, Italian, Turkish; Spanish and Portuguese, Japanese, Chinese, Korean, Arabic, Persian.
"""
_OTHER = (
    r"icc|profile|modif|chang|updat|thumbnail|preview|file[: _-]?(?:name|sys|acc|creat|date|time|birth|inode)|inode",
    r"(?<![a-z])[mac]time\b|metadatadate|software|history|firmware|(?<!shutter)(?<!shutter[ _-])releas|receiv(?!er)",
    r"upload|download|publi|expir|(?:date|time)[ _-]?sent|sent[ _-]?(?:date|time)|post(?:ed)?(?![a-z])|messag|forward",
    r"xmp:.*create|digitalcreation|(?<!exif[: ])(?<!quicktime[: ])createdate|png[: ]time$|(?:^|[^a-z])datetime$",
    r"page|schema|html|json|(?<![a-z])(?:og|article|web|(?:web)?site|ur[il]|zip|rar|pdf)(?![a-z])|https?|document|folder",
    r"taken_at|(?:windows|finder)[ :].*creat|account|wayback|dns|domain|whois|registr|archiv|screen|snapshot|crawl",
    r"(?:camera|phone|lens|device) (?:was )?(?:made|built|sold|bought)|manufactur",
)
"""Files, edits and programs; their clocks; posts; digital copies; pages and archives of files; Instagram's name for
the time of a post, file systems, accounts and archives of pages; devices.
"""


@lru_cache(maxsize=256)
def names_the_capture(field: str) -> bool:
    """Whether a field can hold the moment of capture; one without a name is taken at its word."""
    means, other = (re.search("|".join(words), field, re.IGNORECASE) for words in (_CAPTURE, _OTHER))
    return not field or (means is not None and other is None)
