"""The products that somebody may know of, twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jobs.messages.layout.blocks import Message, actions, button, message, named_buttons, section
from jobs.messages.layout.ids import MEANT_BLOCK
from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import Voice, in_both_voices, listed

MOST_ROWS = 20
MOST_CHANNELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProduct:
    """A product with the channels, as far as the reader may know of them, in which it is asked or posted.

    `whole` says that it stands for the whole organisation.
    """

    name: str
    channels: tuple[str, ...]
    whole: bool = False


def product_list(products: Sequence[ListedProduct], *, page: int = 1) -> Message:
    """Twenty products by name, beginning with those of a page; where more are, how to reach them."""
    pages = max(1, -(-len(products) // MOST_ROWS))
    page = min(page, pages)
    first = (page - 1) * MOST_ROWS
    here = products[first : first + MOST_ROWS]
    left = len(products) - first - len(here)
    rows = [in_both_voices(partial(_row, each)) for each in here]
    note_aloud, note = in_both_voices(partial(_note, len(products), first, [each.name for each in here]))
    turn = []
    if page > 1:
        turn.append(button(f"Back {MOST_ROWS}", "again/1", value=f"products {page - 1}"))
    if left:
        following = f"products {page + 1}"
        turn.append(button(f"Next {min(MOST_ROWS, left)}", "again/2", value=following))
    aloud = ["Products." if here else "", *(aloud for aloud, _ in rows), note_aloud, named_buttons(turn)]
    return message(
        " ".join(filter(None, aloud)),
        *([section("*Products*")] if here else []),
        *(section(shown) for _, shown in rows),
        section(note),
        *([actions(MEANT_BLOCK, *turn)] if turn else []),
    )


def _row(product: ListedProduct, voice: Voice) -> str:
    more = len(product.channels) - MOST_CHANNELS
    where = [f"<#{each}>" for each in product.channels[:MOST_CHANNELS]]
    where += [f"{more} more"] if more > 0 else []
    places = f"in {listed(where)}" if where else "nothing asked yet"
    name = voice.bold(safe(product.name)) + (", the whole organisation" if product.whole else "")
    return f"{name}: {places}." if voice.aloud else f"{name} · {places}"


def _note(total: int, first: int, names: Sequence[str], voice: Voice) -> str:
    if not total:
        return f"No product that you know of yet. Start with {voice.code('/pulse ask nps about Atlas')}."
    said, here = [], len(names)
    left = total - first - here
    if here < total:
        said.append(f"{first + 1} to {first + here} of {total:,}.")
    if left:
        page = voice.code(f"/pulse products {first // MOST_ROWS + 2}")
        said.append(f"{left:,} more: type {page}.")
    one, *others = map(typed_name, names)
    changes = [f'rename {one} to "New name"', *(f"merge {one} into {each}" for each in others[:1])]
    shown = [voice.code(f"/pulse products {each}") for each in (*changes, f"remove {one}")]
    said.append(f"To change one: {', '.join(shown[:-1])} or {shown[-1]}.")
    return " ".join(said)
