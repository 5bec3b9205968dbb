"""A comment that its author allowed to be quoted, without the name."""

from jobs.messages.layout.blocks import Block, context, quote
from jobs.messages.wording.escaping import sentence_of_comment
from storage.records import Quote

LONGEST = 2_000  # in `text`, which has 4,000 characters for everything
WHO = "Somebody wrote:"  # not of which side: the same people may have been asked on both


def quotation(quoted: Quote | None) -> list[Block]:
    """The quotation; nothing where there is none, or its author has erased it."""
    if quoted is None or quoted.text is None:
        return []
    return [context(WHO), quote(quoted.text)]


def quotation_aloud(quoted: Quote | None) -> str:
    """The same in a sentence of `text`."""
    if quoted is None or quoted.text is None:
        return ""
    return f"{WHO} {sentence_of_comment(quoted.text, LONGEST)}"
