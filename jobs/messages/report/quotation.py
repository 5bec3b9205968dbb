"""A comment that its author allowed to be quoted, without the name."""

from jobs.messages.layout.blocks import Block, context, quote
from jobs.messages.wording.escaping import sentence_of_comment
from storage.records import Lens, Quote

LONGEST = 2_000  # in `text`, which has 4,000 characters for everything
WHO = {None: "Somebody wrote:", Lens.CX: "A customer wrote:", Lens.UX: "A user wrote:"}
"""Nobody is told the side where the same people may have been asked on both."""


def quotation(quoted: Quote | None, side: Lens | None = None) -> list[Block]:
    """The quotation, of a side where that may be said; nothing where its author has erased it."""
    if quoted is None or quoted.text is None:
        return []
    return [context(WHO[side]), quote(quoted.text)]


def quotation_aloud(quoted: Quote | None, side: Lens | None = None) -> str:
    """The same in a sentence of `text`."""
    if quoted is None or quoted.text is None:
        return ""
    return f"{WHO[side]} {sentence_of_comment(quoted.text, LONGEST)}"
