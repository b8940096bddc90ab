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
_CAPTURE = (
    r"gps|exif(?!tool)|maker.?note",
    r"camera|cctv|(?:dash|body|trail)[ -]?cam|capture|shutter(?![a-z])|(?-i:[sS]hutter(?=[A-Z]))|exposure|sensing",
    r"(?<![a-z])(?:shot|shoot(?:ing)?)(?![a-z])|(?<![a-z])(?:shot|shoot)[ _]?(?:date|time)|photographed|filmed|^taken$",
    r"(?:date|time|when)[ _/-]*(?:was |is )?(?:it )?taken|taken[ _-]?(?:at|on|date|time|by)",
    r"(?:photo(?:graph)?|image|picture|moment)[ _]?(?:was )?taken",
    r"(?:satellite|scene|image)[ _]acqui",
    r"(?:date|time) of (?:the )?(?:photo(?:graph)?|picture|recording)(?![a-z])",
    r"съ[её]мк|сняли|снято|зйомк|знят|aufnahme|aufgenommen|prise de vue|scatto",
    r"çek(?:im|ild)|wykonani|opname(?:datum|tijd)",
    r"(?:fecha|hora|data)(?: y hora|/hora)?(?: d[aeo])?(?: la)? (?:captura|toma|foto)|pengambilan|ngày chụp|λήψη|צילום",
    r"撮影|拍[摄攝]|촬영|التقاط|تصوير|عکس ?برداری|ถ่าย|fotograferings",
)
"""EXIF, behind "exif" any field but those below; English; Russian, Ukrainian, German, French, Italian, Turkish, Polish,
Dutch; Spanish and Portuguese, Indonesian, Vietnamese, Greek, Hebrew; Japanese, Chinese, Korean, Arabic, Persian, Thai,
Swedish.
"""
_ALSO = r"original|digiti[sz]ed|creat(?:e|ed|ion)|record(?:ed|ing)|(?:photo|picture)[ _]?(?:date|time)"
"""What means the capture only where no owner stands beside it: of a picture or of a standard for pictures, while
"Flickr photo date" and "CMS date created" are of a platform and a program. Owners have no end, so every other word must
be one of these.
"""
_PICTURES = """
date time datetime dates times timestamp day stamp photo photos photograph picture image video camera original digitized
digitised create created creation recorded recording media track content sub subsec sec offset composite local
utc zone com apple quick quicktime creationdate createdate datecreated iptc xmp xmpdm dc png riff xml keys photoshop
application item list a an the this it was is of on at in by when and for
"""
_OF_A_PICTURE = frozenset(_PICTURES.split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_OTHER = (
    r"icc|profile|modif|chang|updat|thumbnail|preview|file[: _-]?(?:name|sys|acc|creat|date|time|birth|inode)|inode",
    r"(?<![a-z])[mac]time\b|metadatadate|software|history|firmware|(?<!shutter)(?<!shutter[ _-])releas|receiv(?!er)",
    r"upload|download|publi|expir|(?:date|time)[ _-]?sent|sent[ _-]?(?:date|time)|post(?:ed)?(?![a-z])|messag|forward",
    r"xmp:createdate|digitalcreation",
    r"(?<!exif[: ])(?<!exififd[: ])(?<!quicktime[: ])(?<!media)(?<!track)(?<!content)createdate",
    r"png[: ]time$|(?:^|[^a-z])datetime$|0x0132|comment|description|artist|copyright|version|folder|document",
    r"page|schema|html|json|(?<![a-z])(?:og|article|web|(?:web)?site|ur[il]|zip|rar|pdf|w?arc|scan)(?![a-z])|https?",
    r"taken_at|account|wayback|domain|registr|archiv|screen|snapshot|crawl|(?-i:(?<![A-Za-z])creationTime)",
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
    if re.search("|".join(_OTHER), field, re.IGNORECASE):
        return False
    return not field or re.search("|".join(_CAPTURE), field, re.IGNORECASE) is not None or _of_a_picture(field)


def _of_a_picture(field: str) -> bool:
    words = {word.casefold() for word in _WORDS.findall(field)}
    return re.search(_ALSO, field, re.IGNORECASE) is not None and words <= _OF_A_PICTURE
