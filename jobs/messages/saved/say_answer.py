"""What somebody reads who says something in passing: what is kept, or which product may be meant."""

from collections.abc import Sequence

from jobs.messages.layout import ids, saved_ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    named_buttons,
    quote,
    section,
)
from jobs.messages.saved import saved_words
from jobs.messages.saved.author_note import remove_button
from jobs.messages.saved.saved_words import readers_of_said
from jobs.messages.wording.escaping import escape, one_line, safe, sentence_of_comment
from jobs.messages.wording.voice import in_both_voices
from storage.records import Lens, SavedMessage

MOST_BUTTONS = 4  # a fifth opens the form
LONGEST_LABEL = 30
LONGEST_VALUE = 2_000  # of a button
ROOM = 2_500
PREFIXES = {None: "", Lens.CX: "cx ", Lens.UX: "ux "}


def said(saved: SavedMessage) -> Message:
    """What was kept, about which product, who reads it, and the way to take it back."""
    product = safe(saved.product.name)
    side = f", {saved.chosen.value}" if saved.chosen else ""
    aloud, shown = in_both_voices(lambda voice: f"{voice.bold(f'Kept about {product}{side}.')} In no score.")
    readers = saved_words.HIDDEN if saved.hidden else readers_of_said(saved.product.name, saved.chosen)
    row = [remove_button(saved.id)]
    return message(
        f"{aloud} {sentence_of_comment(saved.text, ROOM)} {readers} {named_buttons(row)}",
        section(shown),
        quote(saved.text),
        context(readers),
        actions(saved_ids.saved_block(saved.id), *row),
    )


def which_product(
    text: str, whole: str, *, meant: Sequence[str], here: Sequence[str], lens: Lens | None
) -> Message:
    """Which product it is about: those `meant` by words at its end or beginning, and those spoken of here.

    `text` is what would be kept about one of the meant, `whole` about any other.
    """
    ask = f"Did you mean {safe(meant[0])}?" if len(meant) == 1 else "Which product is it about?"
    left = [each for each in here if each not in meant]
    offered = [*((each, text) for each in meant), *((each, whole) for each in left)][:MOST_BUTTONS]
    row = [_choice(place, each, words, lens) for place, (each, words) in enumerate(offered, 1)]
    row = [each for each in row if len(each["value"]) <= LONGEST_VALUE]
    row.append(button("Choose in a form", saved_ids.SAY_IN_FORM, value=whole))
    shown = f"{ask} Nothing is kept yet."
    return message(f"{shown} {named_buttons(row)}", section(shown), actions(ids.MEANT_BLOCK, *row))


def _choice(place: int, product: str, text: str, lens: Lens | None) -> Block:
    label = one_line(f"About {product}", LONGEST_LABEL)
    return button(label, f"{ids.RUN}/{place}", value=as_typed(product, text, lens))


def as_typed(product: str, text: str, lens: Lens | None) -> str:
    """The command that says `text` about a product and nothing else, as Slack would send it."""
    name = product.replace('"', "“")  # which is folded to the same
    return f'say {PREFIXES[lens]}about "{escape(name)}": {escape(text)}'


def too_long(text: str) -> Message:
    """What was typed is longer than a comment may be; it is given back to be shortened."""
    said = saved_words.too_long(len(text))
    return message(f"{said} {sentence_of_comment(text, ROOM)}", section(said), quote(text))
