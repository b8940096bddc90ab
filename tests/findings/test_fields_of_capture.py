"""Which fields of a file can hold the moment of capture, by their names."""

from __future__ import annotations

import pytest

from provenance.findings.strength import means_capture
from provenance.intake.claims import statements_from
from provenance.model.evidence import Claim
from provenance.model.limits import Limits


def captures(field: str) -> bool:
    item = {"id": "m", "kind": "metadata", "by": "file", "text": field, "field": field, "time": "2021-05-01"}
    (found,) = statements_from({"evidence": [item]}, "a.yaml", Limits())
    assert isinstance(found, Claim)
    return means_capture(found)


@pytest.mark.parametrize(
    "field",
    ["File:FileInodeChangeDate", "Flickr:DateUploaded", "FirmwareDate", "IPTC:ReleaseDate", "time received",
     "date sent", "Date published", "ExpirationDate", "ICC:ProfileDateTime", "RSS pubDate", "og:updated_time",
     "sitemap lastmod", "schema.org dateCreated of the page", "PDF:CreationDate", "ZIP entry time", "domain registered",
     "forwarded message date", "C2PA claim time-stamp", "YouTube uploadDate", "account created", "web capture date",
     "screenshot taken at", "camera sold from", "File creation date", "folder creation time", "some date",
     "taken_at_timestamp", "Windows: Date created", "Wayback capture", "DNS creation date"],
)  # fmt: skip
def test_a_date_of_something_else_is_none_of_capture(field: str) -> None:
    assert not captures(field)


@pytest.mark.parametrize(
    "field",
    ["EXIF:DateTimeOriginal", "GPS receiver time", "shutter release time", "ShutterReleaseTime", "GPSDateStamp",
     "IPTC:DateCreated", "QuickTime:CreateDate", "Composite:SubSecDateTimeOriginal", "EXIF of the original file",
     "PNG Creation Time", "XMP photoshop:DateCreated", "signed EXIF DateTimeOriginal", "date taken", "recording time",
     "Дата съёмки", "Aufnahmedatum", "撮影日時", "拍摄时间", "تاريخ التقاط الصورة", "fecha de captura",
     "촬영 날짜", "CCTV timestamp", "dashcam overlay", "photoTakenTime", ""],
)  # fmt: skip
def test_a_date_of_the_shutter_or_of_the_receiver_is(field: str) -> None:
    assert captures(field)
