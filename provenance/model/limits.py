"""Every limit on hostile input, in one place, with its unit."""

from __future__ import annotations

from dataclasses import dataclass

SET_POINTS = 4000
"""Points of one picture in a reference set; laying out a million of them beside a query would take the memory."""
KEPT_POINTS = 100, 300
"""Least and most points that a desk may choose to keep of each picture; what either costs is in docs/limits.md."""
SET_HITS = 16
"""Points of one picture that one point of a query may meet, the nearest of them: in a grid of equal dots each meets all
others, and the product of both pictures' points would take the memory. Photos seldom have more than eight."""
SET_FEATURES_SIDE_PX = 1024
"""Longer side of a picture as scaled for detection, in a reference set; twice what this program scales to."""
SET_LIKENESS_BYTES = 2**16
"""Size of the small likeness of a picture in a reference set; 128 x 128 pixels without any compression are 48 KiB."""
SET_SIDE_PX = 100_000_000
"""Longer side of a picture in a reference set. No more than `Limits.pixels_px`: whatever is added can be read again."""
REPORT_BYTES = 64 * 2**20
"""Size of a report.json that is read back."""
REPORT_FREE_MARKS = 2**21
"""Commas, colons and opening brackets of one, and one more in CASE_BYTES_A_MARK bytes; ours have one in 19 bytes.
64 MiB of empty lists took 1.6 GB to read."""
REPORT_DEPTH = 32
"""Nesting of a report.json that is read back; ours have about ten levels."""

ARCHIVE_MEMBERS, ARCHIVE_BYTES = 20_000_000, 2**43
"""Files of one tar file, and their bytes together as unpacked, that are looked at."""
ARCHIVE_NAME_CHARS = 1000
"""Length of a name in a tar file."""
ARCHIVE_HEADER_BYTES = 2**20
"""All that stands before one file of a tar file, its names and its map of holes, as unpacked; ordinary ones take 512 to
2,048. A map of 5 million holes, packed in 450 KB, took 15 s."""
ARCHIVE_PACKED_BYTES, ARCHIVE_TIMES = 2**28, 100
"""Past so many bytes as unpacked, a packed tar file may unpack to so many times its size; photographs take as much room
as before, and bitmaps of even colour a fiftieth. 4 GiB of zeros in 4 MB took 40 s."""
SHARE_LINE_BYTES = 2**19
"""One picture in a file that another desk exported; with local features of SET_POINTS points it takes 200 KB."""
SHARE_FILE_BYTES = 64 * 2**30
"""Size of such a file; a picture without local features takes about 700 bytes."""
SHARE_RECORDS, SHARE_CODES = 100, 8
"""Records and fingerprints of one picture in such a file."""
SHARE_NAME_CHARS = 200
"""Of the name of the set that such a file comes from."""
SHARE_CODE_BYTES = 128
"""A fingerprint in such a file; this program's have 32 and 64."""

SENTENCE_CHARS = 4_000
"""Of a sentence that is shown in another language; a longer one is not taken apart and stays English."""
SENTENCE_STEPS = 3_000
"""Ways tried to take one sentence apart, over all messages of a catalogue: an ordinary one takes some dozens."""
BATCH_LINE_BYTES = 2**16
"""One line of the list from which a batch goes on; those with the longest names and a thumbnail take 40 KB."""
BATCH_LINES = 1_000_000
"""Lines of that list that are read."""
BATCH_PAGE_ROWS = 500
"""Rows on one page of the index of a batch, with a thumbnail of some 3 KB each."""
BATCH_COMPARED = 20_000
"""Pictures of one batch that are compared with one another by their codes, each with all before it."""

CLAIMS = 50
"""Claims under test in one claims file: a desk tests one, sometimes five; each is weighed against every item."""
CASE_LINE_BYTES = 2**20
"""One entry of a case's log; those that name a report with its figures take 3 KiB."""
CASE_SEAL_BYTES = 256 * 2**20
"""seal.json, and each other file of a case that is read whole: 200 bytes a file for CASE_FILES files."""
CASE_FREE_MARKS, CASE_BYTES_A_MARK = 2**20, 12
"""Commas, colons and opening brackets in such a file: so many, and one more in so many bytes. A line of the log may be
all commas; a file in seal.json takes 7 in 111 bytes or more. What holds more is made to fill the memory."""
REPORT_FOLDER_BYTES = 4 * 2**30
"""The folder of a report without a seal, all its files together: replies of services and pages among them."""
CASE_SIGNATURE_BYTES = 2**14
"""A signature or a file of signers' keys; a signature takes 300 bytes."""
CASE_ANCHORS_BYTES = 2**20
"""Certificates kept beside a time-stamp of a case; those of one authority take 2 KB."""
CASE_FILES = 1_000_000
"""Files and folders of one case."""
CASE_DEPTH = 16
"""Folders within folders of a case; this program makes three."""
CASE_STAMPS = 256
"""Time-stamps in one case."""
CASE_LOOKALIKES = 64
"""Files of the right size that are hashed in search of one that was renamed."""
STAMP_AUTHORITIES = 8
"""Time-stamp authorities asked for one seal; two or three are enough."""
STAMP_CERTIFICATES = 64
"""Certificates in one reply that are put in order."""
KEY_CHANGES = 64
"""Statements, one after the other, that a key took the place of another."""
RECORD_FILES = 100
"""Files kept with one record of a person."""
RECORDED_ITEMS = 2_000
"""What people recorded on one picture that a check weighs, the last ones: people type them."""
RECORDED_COMPARED = 20
"""Saved pictures of hits that one check compares, the last ones; each costs about as much as a search."""
RESULTS_BYTES = 32 * 2**20
"""A saved page of search results, with its pictures where they lie in it; Google's take 1 to 5 MiB."""
RESULTS_TOKENS, RESULTS_DEPTH = 500_000, 256
"""Tags and texts of such a page that are read, and elements within one another; Google's have some 20,000 and 60."""
RESULTS_PARTS = 2_000
"""Parts of such a page saved as one file (MHTML)."""
RESULTS_THUMBNAIL_BYTES = 2 * 2**20
"""One of its small pictures; theirs take 5 to 20 KB."""
RESULTS_HITS = 200
"""Hits of one such page that are listed."""
RESULTS_COMPARED = 60
"""Small pictures of one such page that are compared, the first ones."""
RESULTS_FILED = 50
"""Hits of one such page that a case holds as evidence of their own, the first that show the picture."""
EDITION_BOXES = 200
"""Parts of one picture that are covered."""
DESCRIBED_REPORTS = 1_000
"""Reports of a case that RO-Crate and CASE/UCO tell answer by answer; one takes some 0.06 s to read back."""
CRATE_FILES = 10_000
"""Files below the folder of a report that its RO-Crate lists."""
FETCH_BYTES = 32 * 2**20
"""Size of a reply from the outside, as sent and as unpacked."""
FETCH_WALL_S = 30.0
"""Wall time of one request to the outside: the look-up, each redirect, the last byte."""
FETCH_REDIRECTS = 5
"""Redirects followed for one request."""
FETCH_HEADER_BYTES = 2**17
"""Size of a reply's header that is kept."""
PAGE_BYTES = 8 * 2**20
"""Of a web page that is looked through for pictures; what stands behind is not looked at."""
PAGE_ADDRESSES = 500
"""Addresses on a web page that are read against its own, each once; joining two of 8,000 characters takes a
millisecond."""
PAGE_PICTURES = 12
"""Pictures of one web page that are fetched, those that it offers to others first."""
PAGE_TOTAL_BYTES = 64 * 2**20
"""Of a page and its pictures, as sent, together; what would go past is not fetched."""
PAGE_COPIED_BYTES = 2 * 2**20
"""Of a page's exchange that lies beside the report on each of its pictures; a longer one lies with the first alone."""
PAGE_WALL_S = 120.0
"""Wall time of fetching a page with all its pictures."""
SERVICE_REPLY_BYTES = 8 * 2**20
"""Size of a reply of a service that is asked about a picture; 1,000 rows of an archive's index take 200 KB."""
KEPT_BYTES = 256 * 2**20
"""Of a service's replies that are kept for a day, together."""
SERVICE_ROWS = 1_000
"""Rows, matches or elements of one such reply that are read."""
SERVICE_DEPTH = 32
"""Nesting of such a reply in JSON."""
STAMP_REPLY_BYTES = 2**18
"""Size of a time-stamp authority's reply; with a chain of three certificates it is some 6 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one picture may cost. Past a limit the part is refused and the report says so; nothing is silently cut."""

    file_bytes: int = 512 * 2**20
    """Size of a picture file that is read at all."""
    pixels_px: int = 100_000_000
    """Width times height of the decoded picture; a larger one keeps its digest, structure and metadata."""
    frames: int = 10_000
    """Frames a file may announce before it is refused; only the first is decoded."""
    decode_wall_s: float = 30.0
    """Wall time of decoding one picture, in its own process."""
    decode_cpu_s: int = 25
    """CPU time of decoding one picture, in its own process."""
    decode_memory_bytes: int = 2 * 2**30
    """Address space of the decoding process."""
    blocks: int = 20_000
    """Segments, chunks or boxes listed of one file."""
    metadata_bytes: int = 16 * 2**20
    """Size of one metadata block after decompression."""
    metadata_values: int = 20_000
    """Directory entries read of one EXIF block."""
    xmp_values: int = 2_000
    """Values read of one XMP packet."""
    xml_elements: int = 100_000
    """Elements of one XMP packet that are walked."""
    xml_depth: int = 64
    """Nesting of elements in an XMP packet; Photoshop's deepest structures take about 20."""
    credential_bytes: int = 32 * 2**20
    """Size of a C2PA manifest store, as it lies in the file and as the library describes it."""
    credential_manifests: int = 64
    """Manifests of one store; what the library takes for them grows faster than their number."""
    credential_assertions: int = 2_000
    """Assertions of one store, over all manifests: c2pa-rs 0.91 takes four times as long for twice as many."""
    credential_wall_s: float = 10.0
    """Wall time of all readings of one manifest store together, one reading a trust list."""
    ancestors: int = 64
    """Ingredients of a manifest store that are listed, over all generations; all are looked at."""
    ancestor_depth: int = 200
    """Generations of ingredients that are listed."""
    text_chars: int = 65_536
    """Length of one text value that is kept, as much as a segment of a JPEG holds; what is longer is cut and marked."""
    long_text_chars: int = 1_000_000
    """Characters beyond `text_chars` that are kept of all texts of a PNG: ComfyUI writes whole graphs there."""
    statements_bytes: int = 4 * 2**20
    """Size of a claims file."""
    statements: int = 10_000
    """Claims and items of recorded evidence in one claims file."""
    nesting: int = 20
    """Depth of a claims file."""
