"""Makes what people typed safe to show: no mention, link or date in it becomes active."""

import re

LONGEST_NAME = 100  # of a product, a subject, a person
LONGEST_TYPED = 60  # of a product or a subject as people may type it
LONGEST_ESCAPED = 160  # of such a name, each "&" in it counting five; so a list of names has a known length
LONGEST_QUOTE = 3000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn the direction of what follows
_LONE = re.compile("[\ud800-\udfff]")
_ENDS = (".", "!", "?", "…")
_HALF_ENTITY = re.compile("&[a-z]*$")


def escape(text: str) -> str:
    """Text that Slack shows letter by letter: no mention, link or date in it becomes active."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def visible(text: str) -> str:
    """What somebody typed, without control characters, marks of text direction and broken surrogates."""
    seen = text.replace("\r\n", "\n")
    for unseen in (_CONTROL, _TURNING, _LONE):
        seen = unseen.sub("", seen)
    return seen


def clean(text: str, limit: int = LONGEST_QUOTE) -> str:
    """What somebody typed, for plain_text or rich_text: visible, and at most `limit` characters.

    Longer text ends in an ellipsis; where nothing visible is left, an ellipsis is all there is.
    """
    seen = visible(text)
    if not seen.strip():
        return "…"
    return seen if len(seen) <= limit else seen[: limit - 1] + "…"


def one_line(text: str, limit: int = LONGEST_NAME) -> str:
    """A name or a subject for plain_text: cleaned, on one line."""
    return clean(" ".join(clean(text).split()), limit)


def safe(text: str) -> str:
    """A name or a subject for mrkdwn and for `text`: on one line, escaped, at most 160 characters."""
    return _cut(escape(one_line(text)), LONGEST_ESCAPED)


def sentence_of_comment(text: str, limit: int = LONGEST_QUOTE) -> str:
    """A comment as a sentence in `text`: on one line, escaped, at most `limit` characters when escaped."""
    words = _cut(escape(one_line(text, LONGEST_QUOTE)), limit)
    return words if words.endswith(_ENDS) else f"{words}."


def _cut(escaped: str, limit: int) -> str:
    """Escaped text of at most `limit` characters; a cut is an ellipsis and splits no entity."""
    return escaped if len(escaped) <= limit else _HALF_ENTITY.sub("", escaped[: limit - 1]) + "…"


def typed_name(product: str) -> str:
    """The name of a product as a command takes it, whatever words it holds: in quotes unless it is one."""
    return product if product.isalnum() or '"' in product else f'"{product}"'
