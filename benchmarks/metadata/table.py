"""The facts that are compared: key, the question it helps with, the form of its value, ExifTool's tags for it.

A line is `form key tag [tag ...]` under a heading that is the topic; of several tags the first that a file has counts.
Tags that start with "@" are computed from several of ExifTool's (expected.py). Blocks are kept apart, since where two
blocks of a file disagree the disagreement is itself a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

_ROWS = """
# time of capture
moment exif.captured ExifIFD:DateTimeOriginal IFD0:DateTimeOriginal
text exif.captured_subsec ExifIFD:SubSecTimeOriginal
text exif.captured_offset ExifIFD:OffsetTimeOriginal
moment xmp.captured XMP-exif:DateTimeOriginal
# time of digitising
moment exif.digitised ExifIFD:CreateDate IFD0:CreateDate
text exif.digitised_subsec ExifIFD:SubSecTimeDigitized
text exif.digitised_offset ExifIFD:OffsetTimeDigitized
moment xmp.created XMP-xmp:CreateDate
text iptc.digital_date IPTC:DigitalCreationDate
# time of change
moment exif.modified IFD0:ModifyDate
text exif.modified_subsec ExifIFD:SubSecTime
text exif.modified_offset ExifIFD:OffsetTime
moment xmp.modified XMP-xmp:ModifyDate
moment xmp.metadata_date XMP-xmp:MetadataDate
moment png.modified PNG:ModifyDate
# editorial date
moment xmp.date_created XMP-photoshop:DateCreated
text iptc.date_created IPTC:DateCreated
text iptc.time_created IPTC:TimeCreated
# position
degrees gps.latitude @latitude
degrees gps.longitude @longitude
degrees xmp.latitude XMP-exif:GPSLatitude
degrees xmp.longitude XMP-exif:GPSLongitude
number gps.altitude @altitude
text gps.datum GPS:GPSMapDatum
number gps.error GPS:GPSHPositioningError
number gps.speed GPS:GPSSpeed
# time and bearing by GPS
text gps.timestamp @gpstime
text gps.datestamp GPS:GPSDateStamp
number gps.direction GPS:GPSImgDirection
text gps.direction_ref GPS:GPSImgDirectionRef
number gps.dest_bearing GPS:GPSDestBearing
# editorial place
text iptc.city IPTC:City
text iptc.sublocation IPTC:Sub-location
text iptc.state IPTC:Province-State
text iptc.country IPTC:Country-PrimaryLocationName
text iptc.country_code IPTC:Country-PrimaryLocationCode
text xmp.city XMP-photoshop:City
text xmp.state XMP-photoshop:State
text xmp.country XMP-photoshop:Country
text xmp.location XMP-iptcCore:Location
text xmp.country_code XMP-iptcCore:CountryCode
records xmp.location_created XMP-iptcExt:LocationCreated
records xmp.location_shown XMP-iptcExt:LocationShown
# camera
text exif.make IFD0:Make
text exif.model IFD0:Model
text exif.serial ExifIFD:SerialNumber IFD0:CameraSerialNumber
text maker.serial @makerserial
text exif.owner ExifIFD:OwnerName
text maker.owner Canon:OwnerName
text exif.host IFD0:HostComputer
text exif.image_id ExifIFD:ImageUniqueID
text xmp.make XMP-tiff:Make
text xmp.model XMP-tiff:Model
text xmp.serial XMP-aux:SerialNumber
# lens and exposure
text exif.lens_model ExifIFD:LensModel
text exif.lens_serial ExifIFD:LensSerialNumber
text xmp.lens XMP-aux:Lens
number exif.exposure ExifIFD:ExposureTime
number exif.aperture ExifIFD:FNumber
whole exif.iso @iso
number exif.focal_length ExifIFD:FocalLength
# software
text exif.software IFD0:Software
text exif.processing_software IFD0:ProcessingSoftware
text xmp.creator_tool XMP-xmp:CreatorTool
text png.software PNG:Software
text photoshop.writer Photoshop:WriterName
whole photoshop.quality Photoshop:PhotoshopQuality
text photoshop.url Photoshop:URL
text photoshop.iptc_digest Photoshop:IPTCDigest
# history of the document
text xmp.document_id XMP-xmpMM:DocumentID
text xmp.instance_id XMP-xmpMM:InstanceID
text xmp.original_document_id XMP-xmpMM:OriginalDocumentID
records xmp.history XMP-xmpMM:History
records xmp.derived_from XMP-xmpMM:DerivedFrom
texts xmp.ancestors XMP-photoshop:DocumentAncestors
# caption and headline
text exif.description IFD0:ImageDescription
text iptc.caption IPTC:Caption-Abstract
text xmp.description XMP-dc:Description
text iptc.headline IPTC:Headline
text iptc.object_name IPTC:ObjectName
text xmp.headline XMP-photoshop:Headline
text xmp.title XMP-dc:Title
text exif.xp_title IFD0:XPTitle
texts iptc.keywords IPTC:Keywords
texts xmp.subject XMP-dc:Subject
texts xmp.person XMP-iptcExt:PersonInImage
text xmp.event XMP-iptcExt:Event
# byline and credit
text exif.artist IFD0:Artist
texts iptc.byline IPTC:By-line
texts xmp.creator XMP-dc:Creator
text exif.xp_author IFD0:XPAuthor
text iptc.credit IPTC:Credit
text xmp.credit XMP-photoshop:Credit
text iptc.source IPTC:Source
text xmp.source XMP-photoshop:Source
# instructions and kind of source
text iptc.instructions IPTC:SpecialInstructions
text iptc.transmission_ref IPTC:OriginalTransmissionReference
text xmp.instructions XMP-photoshop:Instructions
text xmp.transmission_ref XMP-photoshop:TransmissionReference
text xmp.digital_source_type XMP-iptcExt:DigitalSourceType
# rights
text exif.copyright IFD0:Copyright
text iptc.copyright IPTC:CopyrightNotice
text xmp.rights XMP-dc:Rights
records xmp.copyright_owner XMP-plus:CopyrightOwner
text xmp.usage_terms XMP-xmpRights:UsageTerms
text xmp.web_statement XMP-xmpRights:WebStatement
yes xmp.rights_marked XMP-xmpRights:Marked
records xmp.licensor XMP-plus:Licensor
text xmp.data_mining XMP-plus:DataMining
# comments
text exif.user_comment ExifIFD:UserComment
text xmp.user_comment XMP-exif:UserComment
text exif.xp_comment IFD0:XPComment
text file.comment File:Comment
# PNG text
text png.parameters PNG:Parameters
text png.prompt PNG:Prompt
text png.workflow PNG:Workflow
text png.comment PNG:Comment
text png.title PNG:Title
text png.author PNG:Author
text png.description PNG:Description
moment png.created PNG:CreationTime
# thumbnail and profile
text thumbnail.sha256 @thumbnail
text photoshop.thumbnail @photoshop_thumbnail
text icc.description ICC_Profile:ProfileDescription
text icc.sha256 @profile
# JPEG coding
estimate jpeg.quality File:JPEGQualityEstimate
text jpeg.subsampling File:YCbCrSubSampling
whole jpeg.process File:EncodingProcess
text jpeg.jfif_version JFIF:JFIFVersion
text jpeg.jfif_density @density
whole jpeg.adobe_transform Adobe:ColorTransform
whole jpeg.ducky Ducky:Quality
# type and size
text file.type @type
size file.size Composite:ImageSize
text exif.size @exifsize
whole file.frames PNG:AnimationFrames GIF:FrameCount
whole exif.orientation IFD0:Orientation
whole heif.rotation Meta:Rotation QuickTime:Rotation
# credentials
yes c2pa.present @c2pa
text c2pa.generator CBOR:Claim_generator JSON:Claim_generator
text xmp.provenance XMP-dcterms:Provenance
# several pictures, motion, depth
whole mpf.images MPF0:NumberOfImages
whole xmp.motion XMP-GCamera:MotionPhoto
whole xmp.micro_video XMP-GCamera:MicroVideo
text xmp.depth_format XMP-GDepth:Format
text apple.content_id Apple:MediaGroupUUID Apple:ContentIdentifier
"""

FIELDS = MappingProxyType(
    {
        "xmp.location_created": ("Sublocation", "City", "ProvinceState", "CountryName", "CountryCode", "WorldRegion"),
        "xmp.location_shown": ("Sublocation", "City", "ProvinceState", "CountryName", "CountryCode", "WorldRegion"),
        "xmp.history": ("action", "when", "softwareAgent", "instanceID"),
        "xmp.derived_from": ("documentID", "instanceID", "originalDocumentID"),
        "xmp.copyright_owner": ("CopyrightOwnerName",),
        "xmp.licensor": ("LicensorName", "LicensorURL"),
    }
)
"""The fields of a record that are compared."""

BLOCKS = ("EXIF and GPS", "IPTC", "XMP", "container", "credentials")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that is compared."""

    key: str
    topic: str
    form: str
    tags: tuple[str, ...]

    @property
    def block(self) -> str:
        """The part of the file it stands in, as the tables name it."""
        if self.topic == "credentials":
            return "credentials"
        first = self.key.partition(".")[0]
        named = {"iptc": "IPTC", "xmp": "XMP"} | dict.fromkeys(("exif", "gps", "maker", "apple"), "EXIF and GPS")
        return named.get(first, "container")


def _parsed() -> dict[str, Row]:
    rows, topic = {}, ""
    for line in _ROWS.strip().splitlines():
        if line.startswith("# "):
            topic = line[2:]
            continue
        form, key, *tags = line.split()
        rows[key] = Row(key, topic, form, tuple(tags))
    return rows


ROWS = MappingProxyType(_parsed())
