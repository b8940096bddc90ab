"""The datasets of IPTC-IIM 4.2 by their names in the standard, spaces left out and "/" as "-"."""

from __future__ import annotations

from types import MappingProxyType

# Record and number: the records 1 (envelope) and 2 (application) that editorial programs write.
NAMES = MappingProxyType(
    {
        (1, 0): "ModelVersion",
        (1, 5): "Destination",
        (1, 20): "FileFormat",
        (1, 22): "FileFormatVersion",
        (1, 30): "ServiceIdentifier",
        (1, 40): "EnvelopeNumber",
        (1, 50): "ProductID",
        (1, 60): "EnvelopePriority",
        (1, 70): "DateSent",
        (1, 80): "TimeSent",
        (1, 90): "CodedCharacterSet",
        (1, 100): "UNO",
        (1, 120): "ARMIdentifier",
        (1, 122): "ARMVersion",
        (2, 0): "RecordVersion",
        (2, 3): "ObjectTypeReference",
        (2, 4): "ObjectAttributeReference",
        (2, 5): "ObjectName",
        (2, 7): "EditStatus",
        (2, 8): "EditorialUpdate",
        (2, 10): "Urgency",
        (2, 12): "SubjectReference",
        (2, 15): "Category",
        (2, 20): "SupplementalCategory",
        (2, 22): "FixtureIdentifier",
        (2, 25): "Keywords",
        (2, 26): "ContentLocationCode",
        (2, 27): "ContentLocationName",
        (2, 30): "ReleaseDate",
        (2, 35): "ReleaseTime",
        (2, 37): "ExpirationDate",
        (2, 38): "ExpirationTime",
        (2, 40): "SpecialInstructions",
        (2, 42): "ActionAdvised",
        (2, 45): "ReferenceService",
        (2, 47): "ReferenceDate",
        (2, 50): "ReferenceNumber",
        (2, 55): "DateCreated",
        (2, 60): "TimeCreated",
        (2, 62): "DigitalCreationDate",
        (2, 63): "DigitalCreationTime",
        (2, 65): "OriginatingProgram",
        (2, 70): "ProgramVersion",
        (2, 75): "ObjectCycle",
        (2, 80): "By-line",
        (2, 85): "By-lineTitle",
        (2, 90): "City",
        (2, 92): "Sub-location",
        (2, 95): "Province-State",
        (2, 100): "Country-PrimaryLocationCode",
        (2, 101): "Country-PrimaryLocationName",
        (2, 103): "OriginalTransmissionReference",
        (2, 105): "Headline",
        (2, 110): "Credit",
        (2, 115): "Source",
        (2, 116): "CopyrightNotice",
        (2, 118): "Contact",
        (2, 120): "Caption-Abstract",
        (2, 122): "Writer-Editor",
        (2, 130): "ImageType",
        (2, 131): "ImageOrientation",
        (2, 135): "LanguageIdentifier",
    }
)
NUMBERS = frozenset({"ModelVersion", "FileFormat", "FileFormatVersion", "ARMIdentifier", "ARMVersion", "RecordVersion"})
"""Datasets that hold a binary number; all others hold text."""
UNSHOWN = frozenset({(2, 125), (2, 202)})
"""Rasterised caption and object preview: pictures, not text."""


def key_of(record: int, number: int) -> str:
    """ "iptc.City"; a dataset without a name in the standard is "iptc.2:221"."""
    return f"iptc.{NAMES.get((record, number), f'{record}:{number}')}"
