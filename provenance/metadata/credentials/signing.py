"""A C2PA manifest made and signed by c2pa-python, offline: the library's network settings are those of library.py."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from .library import OFFLINE


def signed_copy(
    data: bytes,
    media_type: str,
    manifest: Mapping[str, Any],
    parent: Mapping[str, Any],
    *,
    key: bytes,
    chain: bytes,
    algorithm: str,
) -> bytes:
    """A copy of a picture with a manifest in it; the picture itself is its parent, with whatever credentials it has.

    `manifest`, `parent`: the manifest and the ingredient as the library's JSON. `key`, `chain`: PEM. No time-stamp is
    asked for. Raises ValueError with what the library says against it.
    """
    import c2pa

    verify = {**OFFLINE["verify"], "verify_after_sign": False, "verify_trust": False}
    settings = {"version": 1, **OFFLINE, "verify": verify, "builder": {"thumbnail": {"enabled": False}}}
    out = io.BytesIO()
    try:
        context = c2pa.Context.from_dict(settings)
        builder = c2pa.Builder.from_json(json.dumps(manifest), context=context)
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
        builder.add_ingredient_from_stream(json.dumps(parent), media_type, io.BytesIO(data))
        info = c2pa.C2paSignerInfo(alg=algorithm, sign_cert=chain, private_key=key, ta_url=None)
        builder.sign(c2pa.Signer.from_info(info), media_type, io.BytesIO(data), out)
    except Exception as error:  # a picture that the library cannot write to, a certificate that it does not take
        raise ValueError(str(error)[:300]) from error
    return out.getvalue()
