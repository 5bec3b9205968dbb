"""A comment that its author allowed to be quoted, without the name."""

from jobs.messages.layout.blocks import Block, context, quote
from jobs.messages.wording.escaping import sentence_of_comment
from jobs.messages.wording.vocabulary import topic_word
from storage.records import Quote

LONGEST = 2_000  # in `text`, which has 4,000 characters for everything


def quotation(quoted: Quote | None) -> list[Block]:
    """The quotation with its topic; nothing where there is none, or its author has erased it."""
    if quoted is None or quoted.text is None:
        return []
    about = f"About {topic_word(quoted.touchpoint)} · quoted" if quoted.touchpoint else "Quoted"
    return [quote(quoted.text), context(f"{about} with permission")]


def quotation_aloud(quoted: Quote | None, *, about: bool = False) -> str:
    """The same in a sentence of `text`; `about` names its topic."""
    if quoted is None or quoted.text is None:
        return ""
    topic = f"About {topic_word(quoted.touchpoint)}" if about and quoted.touchpoint else "A comment"
    return f"{topic}, quoted with permission: {sentence_of_comment(quoted.text, LONGEST)}"
