"""Which fields of a file can hold the moment of capture, by their names."""

from __future__ import annotations

import time

import pytest

from provenance.findings.capture_fields import names_the_capture
from provenance.findings.strength import NEVER_SET, means_capture, sort_evidence
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
     "Google Takeout creationTime", "creationTime.formatted", "Facebook creation_timestamp", "CMS date created",
     "Case creation date", "map creation date", "torrent creation date", "camera roll import", "camera roll saved",
     "CameraSerialNumber", "camera purchase date", "date taken down", "statement recorded on", "original tweet",
     "WARC-Date of the capture", "date digitized by the library", "XMP:CreateDate", "EXIF UserComment", "exif 0x0132",
     "Exif.Image.PreviewDateTime", "DateTimeOriginal, modified", "Shutterstock added",
     "taken_at_timestamp", "Windows: Date created", "Wayback capture", "DNS creation date", "Flickr photo date",
     "Reuters Pictures date recorded", "museum date recorded", "Telegram recorded at", "Pinterest original date",
     "Lightroom original time", "court recording date", "архив photo date"],
)  # fmt: skip
def test_a_date_of_something_else_is_none_of_capture(field: str) -> None:
    assert not captures(field)


@pytest.mark.parametrize(
    "field",
    ["EXIF:DateTimeOriginal", "GPS receiver time", "shutter release time", "ShutterReleaseTime", "GPSDateStamp",
     "IPTC:DateCreated", "QuickTime:CreateDate", "Composite:SubSecDateTimeOriginal", "EXIF of the original file",
     "PNG Creation Time", "XMP photoshop:DateCreated", "signed EXIF DateTimeOriginal", "date taken", "recording time",
     "Дата съёмки", "Aufnahmedatum", "撮影日時", "拍摄时间", "تاريخ التقاط الصورة", "fecha de captura",
     "촬영 날짜", "photo taken", "Photo date", "date of the photograph", "when was it taken", "shoot_date", "shot on",
     "date and time of recording", "ExifIFD:CreateDate", "MediaCreateDate", "QuickTime:ContentCreateDate",
     "creation_time",
     "com.apple.quicktime.creationdate", "XMP:DateCreated", "Iptc.Application2.DateCreated",
     "satellite acquisition time",
     "Takeout JSON photoTakenTime", "EXIF DateTimeOriginal of the uploaded document", "data da captura", "data da foto",
     "Data wykonania zdjęcia", "Opnamedatum", "Ngày chụp", "Tanggal pengambilan", "תאריך צילום", "Çekildiği tarih",
     "CCTV timestamp", "dashcam overlay", "photoTakenTime", "", "DateTimeDigitized", "Date/Time Digitized",
     "Original date/time", "image creation date", "Recorded on", "video recording date", "Photo taken (local time)"],
)  # fmt: skip
def test_a_date_of_the_shutter_or_of_the_receiver_is(field: str) -> None:
    assert captures(field)


@pytest.mark.parametrize(
    ("time", "counts"),
    [("1980-01-01T00:00:00", False), ("1970-01-01T00:00:00Z", False), ("2000-01-01T00:03:12", False),
     ("1980-01-02T00:00:00", True), ("2000-01-01", True), ("1980", True), ("2015-07-01T10:00:00", True)],
)  # fmt: skip
def test_a_clock_that_was_never_set_dates_nothing(time: str, counts: bool) -> None:
    item = {"id": "m", "kind": "metadata", "field": "EXIF:DateTimeOriginal", "time": time, "place": "Kyiv, UA"}
    said = {"id": "s", "kind": "statement", "by": "somebody", "time": time}
    found = sort_evidence(statements_from({"evidence": [item, said]}, "a.yaml", Limits()))
    assert {one.evidence.label for one in found.times} == ({"m", "s"} if counts else {"s"})
    assert [one.evidence.label for one in found.places] == ["m"]
    assert [aside.reason for aside in found.asides] == ([] if counts else [NEVER_SET])


@pytest.mark.parametrize("part", [" ", "a", "1", "か", "iptc", "xmp:", "windows ", "date created "])
def test_a_long_name_costs_no_more_than_a_short_one(part: str) -> None:
    began = time.process_time()
    names_the_capture(part * (65_536 // len(part)))
    assert time.process_time() - began < 1
