"""The ids of the buttons and the form that set a digest. What they carry is read by `digest_draft`."""

import re

from jobs.messages.wording.escaping import LONGEST_NAME

SET_UP = "digest"
"""The button that opens the form; its value is empty, the name of a product, or a draft."""

CHANGE = "edit"
"""The button that opens the form of a digest; its value is the id of that digest."""

PREVIEW = "preview"
"""The button that shows to one person what a digest would say now; its value is the id of that digest."""

KEEP = "digest_set"
"""The button that sets what was shown; its value is a draft."""

START_AGAIN = "digest_on"
"""The button that starts a digest which has ended, as it was; its value is a draft."""

MEANT = re.compile(r"^digest_meant/[0-9]$")
"""The buttons that show the digest of another product instead; their value is a draft."""

FORM = "digest"
PAGE = "digest_preview"
SOURCES_BLOCK = "sources"
DAY_BLOCK = "day"
WORDS_BLOCK = "words"


def about(product: str) -> str | None:
    """The value of the button that opens the form for a product; None for a name that looks like a draft."""
    return None if product.startswith("{") or len(product) > LONGEST_NAME else product or None


def meant(place: int) -> str:
    """The button at a place of its row: `digest_meant/1`."""
    return f"digest_meant/{place}"


def digest_block(digest_id: str) -> str:
    """The row of buttons about a digest: `digest/1`."""
    return f"digest/{digest_id}"
