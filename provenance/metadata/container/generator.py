"""What image generators write of themselves into text: their name, the model, the prompt.

The forms are those of the programs' own source code: AUTOMATIC1111's web UI (modules/infotext_utils.py), ComfyUI
(nodes.py, SaveImage), InvokeAI (metadata in PNG chunks), NovelAI and Midjourney (files they deliver). Anybody can write
such a text, and any program can remove it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WEB_UI, COMFY, NOVEL, INVOKE = "Stable Diffusion web UI", "ComfyUI", "NovelAI", "InvokeAI"
_PROMPT_CHARS, _NAME_CHARS = 2_000, 200
_MOST_NODES = 500
_STEPS = re.compile(r"^Steps: \d+, ", re.MULTILINE)
_MODEL = re.compile(r"\bModel: ([^,\n]{1,200})")
_JOB = re.compile(r"\bJob ID: [0-9a-f]{8}-[0-9a-f-]{27}")
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
        if found := _STEPS.search(text := texts.get(keyword, "")):
            yield _web_ui(keyword, text[: found.start()], text[found.start() :])
    for keyword in ("prompt", "workflow"):
        if '"class_type"' in (text := texts.get(keyword, "")) or (keyword == "workflow" and '"nodes"' in text):
            yield _comfy(keyword, text)
            break
    if texts.get("software") == NOVEL:
        model, prompt = texts.get("source", ""), texts.get("description", "")
        yield Generated(name=NOVEL, keyword="software", model=_cut(model, _NAME_CHARS), prompt=_cut(prompt))
    for keyword in ("invokeai_metadata", "sd-metadata"):
        if keyword in texts:
            yield _invoke(keyword, _object(texts[keyword]))
            break
    if _JOB.search(text := texts.get("description", "")):
        yield Generated(name="Midjourney", keyword="description", prompt=_cut(_JOB.split(text)[0]))


def _cut(text: str, most: int = _PROMPT_CHARS) -> str:
    return " ".join(text[:most].split())


def _web_ui(keyword: str, before: str, settings: str) -> Generated:
    """Prompt, then "Negative prompt: ...", then a line of settings."""
    model = _MODEL.search(settings[:_PROMPT_CHARS])
    prompt = before.partition("Negative prompt:")[0]
    return Generated(name=WEB_UI, keyword=keyword, model=_cut(model[1]) if model else "", prompt=_cut(prompt))


def _comfy(keyword: str, text: str) -> Generated:
    """A graph of nodes by number; the text of the first node that encodes one is taken for the prompt."""
    model = _COMFY_MODEL.search(text)
    prompt = ""
    nodes = list(_object(text).values())[:_MOST_NODES] if keyword == "prompt" else []
    for node in nodes:
        inputs = node.get("inputs") if isinstance(node, dict) else None
        if isinstance(inputs, dict) and "TextEncode" in str(node.get("class_type"))[:_NAME_CHARS]:
            prompt = next((inputs[key] for key in ("text", "text_g") if isinstance(inputs.get(key), str)), "")
        if prompt:
            break
    return Generated(name=COMFY, keyword=keyword, model=_cut(model[1]) if model else "", prompt=_cut(prompt))


def _invoke(keyword: str, said: Mapping[str, Any]) -> Generated:
    image = said.get("image") if isinstance(said.get("image"), dict) else {}
    model = said.get("model_weights") or said.get("model") or ""
    if isinstance(model, dict):
        model = model.get("name") or model.get("model_name") or ""
    prompt = said.get("positive_prompt") or (image or {}).get("prompt") or ""
    if isinstance(prompt, list) and prompt and isinstance(prompt[0], dict):
        prompt = prompt[0].get("prompt") or ""
    words = [value if isinstance(value, str) else "" for value in (model, prompt)]
    return Generated(name=INVOKE, keyword=keyword, model=_cut(words[0], _NAME_CHARS), prompt=_cut(words[1]))


def _object(text: str) -> dict[str, Any]:
    """A JSON object; empty for anything else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
