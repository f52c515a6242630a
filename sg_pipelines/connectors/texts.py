"""JSON of platforms, without the characters that no text may hold here.

Word's optional hyphen (U+001F) and its hyphen that never breaks (U+001E) are the two that our own packed values are separated
by. The half of a pair of surrogates, as an emoji that was cut leaves it, cannot be written down in UTF-8. A zero character means
nothing to anybody, and databases end a text where it stands.
"""

from __future__ import annotations

import json
import re
from typing import Any

_MAY_BE_ESCAPED = re.compile(rb"\\u(?:0000|001[eEfF]|[dD][89a-fA-F])")
_READ_AS = {0x00: None, 0x1E: "-", 0x1F: None}
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def loads(text: bytes | str) -> Any:
    """As `json.loads`, and with its errors: an optional hyphen and a zero character are left out, a hyphen that never
    breaks is a plain one, half a character is U+FFFD."""
    found = json.loads(text)
    return _cleaned(found) if _MAY_BE_ESCAPED.search(text if isinstance(text, bytes) else text.encode()) else found


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub(REPLACEMENT, value.translate(_READ_AS))
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value
