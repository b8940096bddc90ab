"""The IPTC digital source type in plain words: how, by the file's own tag, the picture was made."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.evidence import Evidence, Fact

# IPTC digital source type vocabulary (cv.iptc.org/newscodes/digitalsourcetype): the codes that name no camera ...
_COMPUTER_MADE = {
    "algorithmicMedia": "computed by a program, without a camera and without training data",
    "algorithmicallyEnhanced": "enhanced by a program",
    "composite": "put together from several elements",
    "compositeSynthetic": "put together from elements of which at least one is computer-made",
    "compositeWithTrainedAlgorithmicMedia": "put together or edited with a trained model",
    "dataDrivenMedia": "drawn from data",
    "digitalArt": "drawn by a person with a program",
    "digitalCreation": "made on a computer by a person: drawn, painted or rendered",
    "screenCapture": "captured from a screen",
    "softwareImage": "made by a program",
    "trainedAlgorithmicMedia": "made by a trained model",
    "virtualRecording": "recorded from a virtual scene",
}
# ... and those that do.
_CAMERA_MADE = {
    "compositeCapture": "put together from several captures",
    "computationalCapture": "taken by a camera that computes one picture from several exposures",
    "digitalCapture": "taken with a digital camera",
    "humanEdits": "edited by a person",
    "minorHumanEdits": "edited by a person in minor ways",
    "negativeFilm": "scanned from a film negative",
    "positiveFilm": "scanned from a film positive",
    "print": "scanned from a print",
}


def made_by(evidence: Iterable[Evidence]) -> tuple[tuple[str, Fact], ...]:
    """How the file's own tags say the picture was made, where they name no camera: words, and the fact behind them."""
    told = ((_COMPUTER_MADE.get(code(fact)), fact) for fact in facts(evidence))
    return tuple((words, fact) for words, fact in told if words)


def facts(evidence: Iterable[Evidence]) -> tuple[Fact, ...]:
    """The facts that give a digital source type."""
    return tuple(item for item in evidence if isinstance(item, Fact) and _is_source_type(item.key))


def _is_source_type(key: str) -> bool:
    """The picture's own; that of an ingredient or a region stands deeper in the path. IPTC's spelling changed once."""
    return key.casefold().endswith("digitalsourcetype") and "/" not in key


def code(fact: Fact) -> str:
    """The code at the end of the term's address, such as "trainedAlgorithmicMedia"."""
    return (fact.normal or fact.raw).rstrip("/").rpartition("/")[2]


def in_words(fact: Fact) -> str:
    """What the code says of the making, to stand behind "the picture was"; "" for a code that is not in the list."""
    return _COMPUTER_MADE.get(code(fact)) or _CAMERA_MADE.get(code(fact), "")
