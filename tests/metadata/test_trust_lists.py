"""The trust lists of the package: found again by the digest under which a report names them."""

import hashlib

from provenance.metadata.credentials.lists import list_bytes, shipped, stamps


def test_a_list_of_the_package_is_found_by_its_digest() -> None:
    for each in (*shipped(), stamps()):
        assert hashlib.sha256(list_bytes(each.sha256)).hexdigest() == each.sha256
    assert list_bytes("0" * 64) == b""
