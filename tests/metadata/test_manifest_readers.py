"""Our own readers of manifests and certificates: what is well formed is read, what is hostile never raises."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.metadata.credentials import cbor
from provenance.metadata.credentials.certificate import ends
from provenance.metadata.credentials.manifests import generator, manifests, signature_box


@pytest.mark.parametrize(
    ("data", "value"),
    [
        # RFC 8949, appendix A.
        ("00", 0),
        ("1903e8", 1000),
        ("3863", -100),
        ("f93c00", 1.0),
        ("fb3ff199999999999a", 1.1),
        ("f4", False),
        ("f6", None),
        ("c11a514b67b0", 1363896240),
        ("4401020304", b"\1\2\3\4"),
        ("6449455446", "IETF"),
        ("83010203", (1, 2, 3)),
        ("a26161016162820203", {"a": 1, "b": (2, 3)}),
        ("5f42010243030405ff", b"\1\2\3\4\5"),
        ("7f657374726561646d696e67ff", "streaming"),
        ("9f018202039f0405ffff", (1, (2, 3), (4, 5))),
        ("bf61610161629f0203ffff", {"a": 1, "b": (2, 3)}),
    ],
)
def test_the_examples_of_the_standard_are_read(data: str, value: object) -> None:
    assert cbor.decode(bytes.fromhex(data)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x81" * 100 + b"\0",
        b"\x9f" * 100,
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\x9f" + b"\0" * 30_000,
        b"\xff",
        b"\x1c",
    ],
)
def test_what_is_too_deep_too_long_or_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(cbor.NotCborError):
        cbor.decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    with contextlib.suppress(cbor.NotCborError):
        generator(cbor.decode(data))
    assert isinstance(ends(data), str)
    framed = struct.pack(">I", len(data) + 8) + b"jumb" + data
    assert isinstance(manifests(framed), tuple)
    assert isinstance(signature_box(framed, "urn:1"), bytes)


def test_boxes_within_boxes_do_not_multiply() -> None:
    store = b"".join(struct.pack(">I4s", 8, b"jumb") for _ in range(200_000))
    assert manifests(struct.pack(">I4s", len(store) + 8, b"jumb") + store) is not None


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"claim_generator": "A/1", "claim_generator_info": [{"name": "B"}]}, "A/1"),
        ({"claim_generator_info": ({"name": "B", "version": "2"},)}, "B 2"),
        ({"claim_generator_info": {"name": "C", "version": 3}}, "C 3"),
        ({"claim_generator_info": []}, ""),
        ({"claim_generator": 7}, ""),
        (None, ""),
    ],
)
def test_the_generator_of_both_claim_versions(claim: object, said: str) -> None:
    assert generator(claim) == said
