"""What image generators write of themselves into text: their name, the model, the prompt.

The forms are those of the programs' own source code: AUTOMATIC1111's web UI (modules/infotext_utils.py), ComfyUI
(nodes.py, SaveImage), InvokeAI (metadata in PNG chunks, before them a command line), Fooocus (its own parser),
SwarmUI and Easy Diffusion (as stable-diffusion-prompt-reader reads them), NovelAI and Midjourney (files they deliver).
Anybody can write such a text, and any program can remove it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

WEB_UI, COMFY, NOVEL, INVOKE, FOOOCUS = "Stable Diffusion web UI", "ComfyUI", "NovelAI", "InvokeAI", "Fooocus"
SWARM, EASY = "SwarmUI", "Easy Diffusion"
_EASY_MODEL = ("use_stable_diffusion_model", "Stable Diffusion model")
SIGNS = ("sui_image_params", "Fooocus", *_EASY_MODEL)
"""One of these stands in the settings that a program keeps as JSON."""
_PROMPT_CHARS, _NAME_CHARS = 2_000, 200
_MOST_NODES = 500
_PASSED_ON = ("text", "text_g", "conditioning", "conditioning_1", "positive")
_LINKS = 8  # nodes that pass on what another encoded, one behind the other
_STEPS = re.compile(r"^Steps: \d+, ", re.MULTILINE)
_MODEL = re.compile(r"\bModel: ([^,\n]{1,200})")
_JOB = re.compile(r"\bJob ID: [0-9a-f]{8}-[0-9a-f-]{27}")
_DREAM = re.compile(r'"([^"\[]+)[^"]*" -s ?\d+ -S ?\d+')
_COMFY_MODEL = re.compile(r'"(?:ckpt_name|unet_name)"\s*:\s*"([^"\\]{1,200})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What one set of texts says; "" for what it does not say. `keyword` is the text that gave the name away."""

    name: str
    keyword: str
    model: str = ""
    prompt: str = ""


def generated(texts: Mapping[str, str]) -> Iterator[Generated]:
    """The generators whose form the texts have; keys are PNG keywords in lower case, or "usercomment"."""
    for keyword in ("parameters", "usercomment"):
        yield from _settings(keyword, texts.get(keyword, ""), fooocus="fooocus_scheme" in texts)
    for keyword in map(str.lower, _EASY_MODEL):
        if keyword in texts:
            prompt = _cut(texts.get("prompt", ""))
            yield Generated(name=EASY, keyword=keyword, model=_cut(texts[keyword], _NAME_CHARS), prompt=prompt)
    for keyword in ("prompt", "workflow"):
        if '"class_type"' in (text := texts.get(keyword, "")) or (keyword == "workflow" and '"nodes"' in text):
            yield _comfy(keyword, text)
            break
    if texts.get("software") == NOVEL:
        model, prompt = texts.get("source", ""), texts.get("description", "")
        yield Generated(name=NOVEL, keyword="software", model=_cut(model, _NAME_CHARS), prompt=_cut(prompt))
    for keyword in ("invokeai_metadata", "sd-metadata", "dream"):
        if keyword in texts:
            yield from _invoke(keyword, texts[keyword])
            break
    if _JOB.search(text := texts.get("description", "")):
        yield Generated(name="Midjourney", keyword="description", prompt=_cut(_JOB.split(text)[0]))


def _cut(text: str, most: int = _PROMPT_CHARS) -> str:
    return " ".join(text[:most].split())


def _settings(keyword: str, text: str, *, fooocus: bool) -> Iterator[Generated]:
    """What stands in one text under the web UI's keywords; `fooocus`: another text says that Fooocus wrote it."""
    if found := _STEPS.search(text):
        told = _web_ui(keyword, text[: found.start()], text[found.start() :])
        yield replace(told, name=FOOOCUS) if fooocus else told
    elif fooocus or any(sign in text for sign in SIGNS):
        yield from _as_json(keyword, _object(text))


def _web_ui(keyword: str, before: str, settings: str) -> Generated:
    """Prompt, then "Negative prompt: ...", then a line of settings."""
    model = _MODEL.search(settings[:_PROMPT_CHARS])
    prompt = before.partition("Negative prompt:")[0]
    return Generated(name=WEB_UI, keyword=keyword, model=_cut(model[1]) if model else "", prompt=_cut(prompt))


def _as_json(keyword: str, said: Mapping[str, Any]) -> Iterator[Generated]:
    swarm = said.get("sui_image_params")
    forms = (
        (SWARM, swarm if isinstance(swarm, dict) else {}, "model", "prompt"),
        (FOOOCUS, said, "base_model", "prompt"),
        (EASY, said, _EASY_MODEL[0], "prompt"),
        (EASY, said, _EASY_MODEL[1], "Prompt"),
    )
    for name, values, *keys in forms:
        model, prompt = (values[key] if isinstance(values.get(key), str) else "" for key in keys)
        if model:
            yield Generated(name=name, keyword=keyword, model=_cut(model, _NAME_CHARS), prompt=_cut(prompt))
            return


def _comfy(keyword: str, text: str) -> Generated:
    """A graph of nodes by number."""
    model = _COMFY_MODEL.search(text)
    prompt = _comfy_prompt(_object(text)) if keyword == "prompt" else ""
    return Generated(name=COMFY, keyword=keyword, model=_cut(model[1]) if model else "", prompt=_cut(prompt))


def _comfy_prompt(graph: Mapping[str, Any]) -> str:
    """What leads to the input "positive" of a node; else the first text that is encoded and leads to no "negative"."""
    nodes = [(number, node) for number, node in list(graph.items())[:_MOST_NODES] if isinstance(node, dict)]
    inputs = {number: node["inputs"] for number, node in nodes if isinstance(node.get("inputs"), dict)}
    for one in inputs.values():
        if prompt := _followed(one.get("positive"), inputs):
            return prompt
    unwanted = {str(link[0]) for one in inputs.values() if isinstance(link := one.get("negative"), list) and link}
    encoding = {number for number, node in nodes if "TextEncode" in str(node.get("class_type"))[:_NAME_CHARS]}
    texts = (_followed([number], inputs) for number in inputs if number in encoding - unwanted)
    return next(filter(None, texts), "")


def _followed(link: object, inputs: Mapping[str, dict[str, Any]]) -> str:
    """The text at the end of a link, which is a list of a node's number and which of its outputs."""
    for _ in range(_LINKS):
        if isinstance(link, str):
            return link
        node = inputs.get(str(link[0])) if isinstance(link, list) and link else None
        link = next((node[key] for key in _PASSED_ON if key in node), None) if node else None
    return ""


def _invoke(keyword: str, text: str) -> Iterator[Generated]:
    if keyword == "dream":
        if found := _DREAM.match(text[:_PROMPT_CHARS]):
            yield Generated(name=INVOKE, keyword=keyword, prompt=_cut(found[1]))
        return
    said = _object(text)
    image = said.get("image") if isinstance(said.get("image"), dict) else {}
    model = said.get("model_weights") or said.get("model") or ""
    if isinstance(model, dict):
        model = model.get("name") or model.get("model_name") or ""
    prompt = said.get("positive_prompt") or (image or {}).get("prompt") or ""
    if isinstance(prompt, list) and prompt and isinstance(prompt[0], dict):
        prompt = prompt[0].get("prompt") or ""
    words = [value if isinstance(value, str) else "" for value in (model, prompt)]
    yield Generated(name=INVOKE, keyword=keyword, model=_cut(words[0], _NAME_CHARS), prompt=_cut(words[1]))


def _object(text: str) -> dict[str, Any]:
    """A JSON object; empty for anything else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
