"""Which metadata fields, by their names alone, can hold the moment of capture.

Fields that mean it are few and say so; dates of files, edits, pages, messages and accounts have names without end.
So a name must say that it means the capture, and nothing in it that it is the date of something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

MOST_READ = 200
"""Characters of a name that are read."""
_SURE = r"date[ _/-]?(?:and[ _])?time[ _-]?original|photo[ _]?taken[ _]?time"
"""What means the capture whatever stands beside it: "EXIF DateTimeOriginal of the uploaded document"."""
_NEVER = r"thumbnail|preview|modif|chang"
_CREATED = r"(?:date|time)[ _-]?created|creat(?:e|ion)[ _-]?(?:date|time)"
_CREATED_BY = (
    r"exif\w*|xmp|iptc\w*|photoshop|png|quick ?time|riff|xml|keys|media|track|content|image|photo|picture|video"
)
_CAPTURE = (
    rf"original|digiti[sz]ed|(?:^|(?<![a-z])(?:{_CREATED_BY}))[^a-z]*(?:{_CREATED})|gps|exif(?!tool)|maker.?note",
    r"iptc.*date[ _-]?created|camera|cctv|(?:dash|body|trail)[ -]?cam|capture|shutter|exposure|sensing",
    r"(?<![a-z])(?:shot|shoot(?:ing)?)(?![a-z])|(?<![a-z])(?:shot|shoot)[ _]?(?:date|time)|photographed|filmed|^taken$",
    r"(?:date|time|when)[ _/-]*(?:was |is )?(?:it )?(?:taken|recorded)",
    r"(?:taken|record(?:ed|ing))[ _-]?(?:at|on|date|time|by)",
    r"(?:photo(?:graph)?|image|picture|moment)[ _]?(?:was )?taken|(?:photo|picture)[ _]?(?:date|time)",
    r"(?:satellite|scene|image)[ _]acqui",
    r"(?:date|time) of (?:the )?(?:photo(?:graph)?|picture|recording)(?![a-z])",
    r"съ[её]мк|сняли|снято|зйомк|знят|aufnahme|aufgenommen|prise de vue|scatto",
    r"çek(?:im|ild)|wykonani|opname(?:datum|tijd)",
    r"(?:fecha|hora|data)(?: y hora|/hora)?(?: d[aeo])?(?: la)? (?:captura|toma|foto)|pengambilan|ngày chụp|λήψη|צילום",
    r"撮影|拍[摄攝]|촬영|التقاط|تصوير|عکس ?برداری|ถ่าย|fotograferings",
)
"""EXIF, XMP, IPTC, PNG and QuickTime by their words, behind "exif" any field but those below; English; Russian,
Ukrainian, German, French, Italian, Turkish, Polish, Dutch; Spanish and Portuguese, Indonesian, Vietnamese, Greek,
Hebrew; Japanese, Chinese, Korean, Arabic, Persian, Thai, Swedish. "Created" is of a picture only alone or
behind such a name.
"""
_OTHER = (
    r"icc|profile|modif|chang|updat|thumbnail|preview|file[: _-]?(?:name|sys|acc|creat|date|time|birth|inode)|inode",
    r"(?<![a-z])[mac]time\b|metadatadate|software|history|firmware|(?<!shutter)(?<!shutter[ _-])releas|receiv(?!er)",
    r"upload|download|publi|expir|(?:date|time)[ _-]?sent|sent[ _-]?(?:date|time)|post(?:ed)?(?![a-z])|messag|forward",
    r"xmp:createdate|digitalcreation",
    r"(?<!exif[: ])(?<!exififd[: ])(?<!quicktime[: ])(?<!media)(?<!track)(?<!content)createdate",
    r"png[: ]time$|(?:^|[^a-z])datetime$|0x0132|comment|description|artist|copyright|version|folder|document",
    r"page|schema|html|json|(?<![a-z])(?:og|article|web|(?:web)?site|ur[il]|zip|rar|pdf|w?arc|scan)(?![a-z])|https?",
    r"taken_at|(?:windows|finder)[ :].*creat|account|wayback|dns|domain|whois|registr|archiv|screen|snapshot|crawl",
    r"(?-i:(?<![A-Za-z])creationTime)|creation_timestamp|takeout|facebook|instagram|tweet",
    r"twitter|shutterstock|by the librar|cms",
    r"(?:camera|phone|lens|device) (?:was )?(?:made|built|(?:first )?sold|bought)|manufactur|serial|purchas",
    r"camera ?roll|(?<![a-z])(?:import|export)(?:ed)?(?![a-z])|(?<![a-z])saved|taken (?:down|off|from|into)",
    r"statement|interview|custody|print",
)
"""Files, edits and programs; their clocks; posts; digital copies; pages and archives of files; Instagram's name for
the time of a post, file systems, accounts and archives of pages; dates that platforms give an upload; devices; copies,
and what is taken or recorded and no picture.
"""


@lru_cache(maxsize=256)
def names_the_capture(field: str) -> bool:
    """Whether a field can hold the moment of capture; one without a name is taken at its word."""
    field = field[:MOST_READ]
    if re.search(_SURE, field, re.IGNORECASE):
        return not re.search(_NEVER, field, re.IGNORECASE)
    means, other = (re.search("|".join(words), field, re.IGNORECASE) for words in (_CAPTURE, _OTHER))
    return not field or (means is not None and other is None)
