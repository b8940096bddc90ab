"""Check "container": what kind of file it is, its size and parts, how it was coded, and what stands in its margins."""

from __future__ import annotations

from ...model.context import Context
from ...model.evidence import Evidence, Fact
from ...model.image import Image
from ...model.outcome import Outcome, Ran
from .appended import appended
from .brob import refused
from .cite import fact
from .created import created_claims
from .file_facts import extension, file_facts, trailers
from .films import films
from .icc import profile_facts
from .jpeg_facts import jpeg_facts
from .stated_parts import stated_parts
from .texts import texts


def check(image: Image, context: Context) -> Outcome:
    """Facts on type, size, parts, coding, texts and colour profile; traces on a wrong extension and trailing bytes.

    Of a PNG also the time of creation that its text gives, as a claim.
    """
    found: list[Evidence] = [
        *file_facts(image),
        *extension(image),
        *trailers(image),
        *appended(image),
        *stated_parts(image, context.limits),
        *films(image, context.limits),
        *jpeg_facts(image),
        *texts(image, context.limits),
        *profile_facts(image, context.limits),
        *refused(image, context.limits),
    ]
    found.extend(
        fact(image, "file.problems", "", problem, statement=problem)
        for problem in dict.fromkeys(image.structure.problems)
    )
    found.extend(created_claims([item for item in found if isinstance(item, Fact)], context.now))
    return Ran(evidence=tuple(found))
