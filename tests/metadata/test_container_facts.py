"""The check "container": what the segments, chunks and boxes say, each fact with its block, place and digest."""

import hashlib
import json
import struct
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from provenance.metadata.container import jpeg_quality
from provenance.metadata.container.check import check
from provenance.metadata.container.extensions import EXTENSIONS
from provenance.metadata.container.generator import generated
from provenance.metadata.container.jpeg_coding import subsampling
from provenance.metadata.container.png_text import iso_moment
from provenance.metadata.exif import check as exif
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact, Trace
from provenance.model.outcome import Ran
from tests.metadata.facts import facts

ICC = bytes(36) + b"acsp" + bytes(88) + struct.pack(">I", 0)


def found(make: SimpleNamespace, context: Context, data: bytes, name: str = "") -> Ran:
    outcome = check(make.image(data, name), context)
    assert isinstance(outcome, Ran)
    return outcome


def one(outcome: Ran, key: str) -> Fact:
    (fact,) = facts(outcome, key)
    return fact


def icc_part(make: SimpleNamespace, number: int, count: int, part: bytes) -> bytes:
    return make.segment(0xE2, b"ICC_PROFILE\0" + bytes([number, count]) + part)


def test_every_fact_names_its_bytes_and_their_digest(make: SimpleNamespace, context: Context) -> None:
    whole = make.jpeg(make.segment(0xFE, b"hello"), icc_part(make, 1, 1, ICC), trailer=b"?")
    for data in (whole, make.png((b"tEXt", b"Title\0x"), (b"tIME", b"\x07\xe8\x0b\x0e\x0c\x21\x2c")), whole[:90]):
        outcome = found(make, context, data)
        told = [item for item in outcome.evidence if isinstance(item, Fact)]
        assert told
        for fact in told:
            cited = data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes]
            assert hashlib.sha256(cited).hexdigest() == fact.block_sha256, fact.key
            assert fact.block


def test_what_speaks_of_the_whole_file_is_cited_by_all_of_it(make: SimpleNamespace, context: Context) -> None:
    data = make.jpeg()
    for key in ("file.type", "file.size", "file.blocks"):
        fact = one(found(make, context, data), key)
        assert (fact.block, fact.offset_bytes, fact.length_bytes) == ("file", 0, len(data))


def test_jfif_adobe_and_ducky_segments_are_read(make: SimpleNamespace, context: Context) -> None:
    adobe = make.segment(0xEE, b"Adobe\0\x64" + bytes(4) + b"\1")
    ducky = make.segment(0xEC, b"Ducky\0\2\0\3abc\0\1\0\4\0\0\0\x3c\0\0")
    outcome = found(make, context, make.jpeg(adobe, ducky))
    assert (one(outcome, "jpeg.jfif_version").raw, one(outcome, "jpeg.jfif_version").normal) == ("1 1", "1.01")
    assert one(outcome, "jpeg.jfif_density").raw == "0 1 1"
    assert one(outcome, "jpeg.adobe_transform").raw == "1"
    assert one(outcome, "jpeg.ducky").raw == "60"


@pytest.mark.parametrize(
    "segment", [(0xEE, b"Adobe\0"), (0xEC, b"Ducky\0\1\0\xff"), (0xE2, b"MPF\0II*\0\xff\xff\xff\xff")]
)
def test_broken_segments_say_nothing(make: SimpleNamespace, context: Context, segment: tuple[int, bytes]) -> None:
    outcome = found(make, context, make.jpeg(make.segment(*segment)))
    for key in ("jpeg.adobe_transform", "jpeg.ducky", "mpf.images"):
        assert not facts(outcome, key)


def test_the_parts_of_a_profile_are_joined_by_their_numbers(make: SimpleNamespace, context: Context) -> None:
    whole = hashlib.sha256(ICC).hexdigest()
    swapped = make.jpeg(icc_part(make, 2, 2, ICC[60:]), icc_part(make, 1, 2, ICC[:60]))
    outcome = found(make, context, swapped)
    assert one(outcome, "icc.sha256").raw == whole
    assert not facts(outcome, "icc.problems")


@pytest.mark.parametrize("numbers", [((1, 3), (3, 3)), ((1, 2), (1, 2)), ((1, 2), (2, 3))])
def test_parts_of_a_profile_that_do_not_fit_together_are_told(
    make: SimpleNamespace, context: Context, numbers: tuple[tuple[int, int], ...]
) -> None:
    outcome = found(make, context, make.jpeg(*(icc_part(make, *pair, ICC[:60]) for pair in numbers)))
    assert "numbered" in one(outcome, "icc.problems").normal


def test_the_time_of_a_png_is_read_and_a_short_chunk_is_not(make: SimpleNamespace, context: Context) -> None:
    fact = one(found(make, context, make.png((b"tIME", b"\x07\xe8\x0b\x0e\x0c\x21\x2c"))), "png.modified")
    assert (fact.raw, fact.normal) == ("2024:11:14 12:33:44", "2024-11-14T12:33:44Z")
    assert not facts(found(make, context, make.png((b"tIME", b"\x07\xe8"))), "png.modified")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Fri, 23 Jan 2009 23:17:35 -0600", "2009-01-23T23:17:35-06:00"),
        ("9 Aug 2004 21:17:36 GMT", "2004-08-09T21:17:36Z"),
        ("9 Aug 2004 21:17:36", "2004-08-09T21:17:36"),
        ("9 Foo 2004 21:17:36", ""),
        ("2009:01:23", ""),
        ("9" * 100_000, ""),
    ],
)
def test_a_date_as_mail_writes_it_comes_in_iso_form(text: str, iso: str) -> None:
    assert iso_moment(text) == iso


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        (((2, 2), (1, 1), (1, 1)), "4:2:0"),
        (((2, 2), (1, 2), (1, 2)), "4:2:2"),
        (((1, 1), (1, 1), (1, 1)), "4:4:4"),
        (((1, 1), (2, 2), (2, 2)), "1 1, 2 2, 2 2"),
        (((2, 2), (0, 1), (0, 1)), "2 2, 0 1, 0 1"),
    ],
)
def test_subsampling_is_the_ratio_of_luma_to_chroma(factors: tuple[tuple[int, int], ...], words: str) -> None:
    frame = bytes([8, 0, 8, 0, 8, 3]) + b"".join(bytes([i, a << 4 | b, 0]) for i, (a, b) in enumerate(factors))
    assert subsampling(frame)[1] == words


@pytest.mark.parametrize("step", [1, 5, 20, 49, 50, 51, 75, 92, 100])
def test_the_estimate_of_libjpegs_own_tables_is_their_step(step: int) -> None:
    first, second = jpeg_quality.libjpeg(step)
    assert jpeg_quality.equal_step({0: first, 1: second}) == step
    for tables in ({0: first, 1: second}, {0: first}):
        estimate = jpeg_quality.estimated_step(tables)  # which speaks of low steps only where both sums agree
        assert abs(estimate - step) <= 1 or (estimate == 0 and step < 20)


def test_tables_of_sixteen_bits_are_libjpegs_too() -> None:
    first, second = jpeg_quality.libjpeg(15, 32767)
    assert max(first) > 255
    assert jpeg_quality.equal_step({0: first, 1: second}) == 15


def test_a_third_table_makes_the_common_estimate_differ_and_both_are_told(
    make: SimpleNamespace, context: Context
) -> None:
    first, second = jpeg_quality.libjpeg(70)
    tables = b"".join(bytes([number, *table]) for number, table in enumerate((first, second, second)))
    outcome = found(make, context, b"\xff\xd8" + make.segment(0xDB, tables) + b"\xff\xd9")
    assert one(outcome, "jpeg.quality").normal == "libjpeg quality 70, tables equal"
    assert int(one(outcome, "jpeg.estimate").raw) < 60


A1111 = "a lorry at dusk\nNegative prompt: blurry\nSteps: 28, Sampler: Euler a, Seed: 1, Model hash: 12, Model: some-v2"
COMFY = json.dumps(
    {
        "3": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "xl.safetensors"}},
        "4": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lorry", "clip": ["3", 1]}},
    }
)
GRAPH = json.dumps(
    {
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}},
        "8": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lorry"}},
        "9": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["8", 0], "conditioning_2": ["8", 0]}},
        "58": {"class_type": "KSampler", "inputs": {"positive": ["9", 0], "negative": ["7", 0]}},
    }
)
CIRCLE = json.dumps(
    {
        "1": {"class_type": "CLIPTextEncode", "inputs": {"text": ["2", 0]}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["1", 0]}},
        "3": {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "negative": []}},
    }
)
FOOOCUS = json.dumps({"base_model": "juggernaut", "prompt": "a lorry", "version": "Fooocus v2.1.865"})
SWARM = json.dumps({"sui_image_params": {"prompt": "a lorry", "model": "xl", "negativeprompt": "blurry"}})
EASY = json.dumps({"Prompt": "a lorry", "Negative Prompt": "blurry", "Stable Diffusion model": "sd-v1-5"})
INVOKE = json.dumps({"app_version": "3.0", "positive_prompt": "a lorry", "model": {"model_name": "sd"}})


@pytest.mark.parametrize(
    ("chunks", "name", "model", "prompt"),
    [
        ({"parameters": A1111}, "Stable Diffusion web UI", "some-v2", "a lorry at dusk"),
        ({"prompt": COMFY}, "ComfyUI", "xl.safetensors", "a lorry"),
        ({"prompt": GRAPH}, "ComfyUI", "", "a lorry"),
        ({"prompt": CIRCLE}, "ComfyUI", "", ""),
        ({"workflow": '{"nodes": []}'}, "ComfyUI", "", ""),
        ({"parameters": FOOOCUS}, "Fooocus", "juggernaut", "a lorry"),
        ({"parameters": A1111, "fooocus_scheme": "a1111"}, "Fooocus", "some-v2", "a lorry at dusk"),
        ({"parameters": SWARM}, "SwarmUI", "xl", "a lorry"),
        ({"use_stable_diffusion_model": "sd-v1-5", "prompt": "a lorry"}, "Easy Diffusion", "sd-v1-5", "a lorry"),
        ({"Dream": '"a lorry [blurry]" -s 50 -S 2980 -W 512'}, "InvokeAI", "", "a lorry"),
        (
            {"Software": "NovelAI", "Source": "Diffusion F1", "Description": "a lorry"},
            "NovelAI",
            "Diffusion F1",
            "a lorry",
        ),
        ({"invokeai_metadata": INVOKE}, "InvokeAI", "sd", "a lorry"),
        (
            {"Description": "a lorry --v 6 Job ID: 01234567-89ab-cdef-0123-456789abcdef"},
            "Midjourney",
            "",
            "a lorry --v 6",
        ),
    ],
)
def test_generators_are_named_by_the_form_of_their_texts(
    make: SimpleNamespace, context: Context, chunks: dict[str, str], name: str, model: str, prompt: str
) -> None:
    data = make.png(*((b"tEXt", key.encode() + b"\0" + text.encode()) for key, text in chunks.items()))
    outcome = found(make, context, data)
    told = [[fact.normal for fact in facts(outcome, f"generator.{key}")] for key in ("name", "model", "prompt")]
    assert told == [[name], [model] if model else [], [prompt] if prompt else []]


def test_comfyuis_graphs_in_make_and_model_are_no_camera(make: SimpleNamespace, context: Context) -> None:
    graph = json.dumps(json.loads(COMFY) | {str(number): {"class_type": "Note"} for number in range(10, 40)})
    ifd0 = {0x10F: make.ascii('workflow:{"nodes": []}'), 0x110: make.ascii(f"prompt:{graph}")}
    data = make.jpeg_with_exif(make.tiff({"ifd0": ifd0}))
    outcome = found(make, context, data)
    assert [one(outcome, f"generator.{key}").normal for key in ("name", "model", "prompt")] == [
        "ComfyUI",
        "xl.safetensors",
        "a lorry",
    ]
    tags = exif.check(make.image(data), context)
    assert isinstance(tags, Ran)
    assert one(tags, "exif.Model").raw == f"prompt:{graph}"
    assert not [item for item in tags.evidence if isinstance(item, Claim)]


@pytest.mark.parametrize("coding", ["utf-16-be", "utf-16-le", "ascii"])
@pytest.mark.parametrize(
    ("settings", "name", "model"),
    [
        (A1111, "Stable Diffusion web UI", "some-v2"),
        (FOOOCUS, "Fooocus", "juggernaut"),
        (SWARM, "SwarmUI", "xl"),
        (EASY, "Easy Diffusion", "sd-v1-5"),
    ],
)
def test_a_generators_settings_in_an_exif_comment_are_found(
    make: SimpleNamespace, context: Context, coding: str, settings: str, name: str, model: str
) -> None:
    comment = (b"ASCII\0\0\0" if coding == "ascii" else b"UNICODE\0") + settings.encode(coding)
    block = make.tiff({"exif": {0x9286: (7, len(comment), comment)}})
    outcome = found(make, context, make.jpeg_with_exif(block))
    fact = one(outcome, "generator.model")
    assert (fact.normal, fact.block) == (model, "exif")
    assert one(outcome, "generator.name").normal == name


@pytest.mark.parametrize(
    "texts",
    [
        {"parameters": "Steps: many, and none of them a setting"},
        {"prompt": "[" * 100_000},
        {"prompt": '{"class_type": ' * 20_000},
        {"invokeai_metadata": "[]", "sd-metadata": '{"image": 3}'},
        {"parameters": '{"sui_image_params": 3}'},
        {"parameters": '{"sui_image_params": {"model": [1]}, "base_model": 7}', "fooocus_scheme": ""},
        {"prompt": '{"1": {"class_type": 7, "inputs": {"positive": [], "negative": [[]]}}, "2": 3}'},
        {"parameters": "Steps: 1, " + "Model: " * 50_000},
    ],
)
def test_texts_that_only_look_like_a_generators_end_soon(texts: dict[str, str]) -> None:
    for one_found in generated(texts):
        assert len(one_found.prompt) <= 2_000
        assert len(one_found.model) <= 200


def test_a_prompt_is_cut(make: SimpleNamespace, context: Context) -> None:
    text = b"parameters\0" + b"word " * 100_000 + b"\nSteps: 2, Model: m"
    outcome = found(make, context, make.png((b"zTXt", b"parameters\0\0" + zlib.compress(text[11:]))))
    assert all(len(fact.normal) <= 2_000 for fact in facts(outcome, "generator.prompt"))


def test_no_ending_is_listed_without_its_dot() -> None:
    assert all(ending.startswith(".") and ending == ending.lower() for row in EXTENSIONS.values() for ending in row)


def test_container_facts_of_the_corpus_agree_with_exiftool(corpus: Path) -> None:
    from benchmarks.adapters import facts as read

    oracle = json.loads((corpus / "oracle.json").read_text(encoding="utf-8"))
    known = same = 0
    for name, told in sorted(oracle.items())[::3]:
        ours = read(str(corpus / name))
        for key in ("file.type", "file.size", "jpeg.jfif_version", "jpeg.process", "icc.sha256", "heif.rotation"):
            if key in told:
                known += 1
                same += str(ours.get(key, "")) == str(told[key])
    assert known > 300
    assert same / known >= 0.99


def test_a_trailer_is_a_trace_that_says_what_it_is(make: SimpleNamespace, context: Context) -> None:
    outcome = found(make, context, make.jpeg(trailer=b"\0\0\0\x18ftypmp42" + bytes(30)))
    (trace,) = (item for item in outcome.evidence if isinstance(item, Trace))
    assert "a film (MP4)" in trace.statement


def encoded(text: str) -> dict[str, object]:
    return {"class_type": "CLIPTextEncode", "inputs": {"text": text}}


@pytest.mark.parametrize(
    ("first", "sampler"),
    [
        ("a note", {"positive": ["3", 0], "negative": ["2", 0]}),  # the first leads to neither
        ("blurry", {"guider": ["3", 0], "negative": ["1", 0]}),  # nothing is named as wanted
    ],
)
def test_of_a_graph_the_prompt_is_what_is_wanted(first: str, sampler: dict[str, object]) -> None:
    texts = {"1": encoded(first), "3": encoded("a lorry"), "2": encoded("ugly")}
    (found,) = generated({"prompt": json.dumps({**texts, "4": {"class_type": "Sampler", "inputs": sampler}})})
    assert found.prompt == "a lorry"
