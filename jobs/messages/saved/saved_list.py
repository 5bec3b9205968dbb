"""Saved messages as leads read them: under their own heading, in random order, without names and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jobs.messages.layout import ids, saved_ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    message,
    named_buttons,
    option,
    plain_section,
    section,
)
from jobs.messages.layout.comment_ids import NO_WISH, WISH
from jobs.messages.layout.page_buttons import page_buttons
from jobs.messages.saved.saved_words import came_from
from jobs.messages.wording.escaping import clean, safe, sentence_of_comment, typed_name
from jobs.messages.wording.vocabulary import tone_word, topic_word, wish_word
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, in_both_voices, spoken
from storage.records import SavedMessage, Sentiment

PER_PAGE = 3
BESIDE = 2  # of them stand below the first comments
ROOM_BESIDE = 500  # characters of `text` for each of those
ROOM_BELOW = 1_500  # for all that stands below comments
ROOM = 1_100
HEADING = "Saved messages"
FOOT = "Said in passing or saved by somebody; in no score, no topic count and no digest. No names, no days."
TONES = (Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE)
HIDE = "hide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message in a list; `see_channel` says that the reader may see the channel it is from."""

    message: SavedMessage
    see_channel: bool = True


def saved_page(
    listed: Sequence[Listed], *, product: str, total: int, here: ids.Page, notes: Sequence[str] = ()
) -> Message:
    """A page of up to three saved messages of `total`; `notes` are sentences of mrkdwn that come first."""
    then = here.offset + len(listed)
    row = page_buttons(ids.MORE_COMMENTS, here, per_page=PER_PAGE, then=then, total=total, noun="messages")
    title = f"{HEADING}, {safe(product)}: {total:,}"
    entries = [_entry(each, place, here, ROOM) for place, each in enumerate(listed)]
    said = [*map(spoken, notes), f"{title}, shuffled.", *(aloud for aloud, _ in entries), FOOT]
    labels = ", ".join(["menu", *(each["text"]["text"] for each in row)])
    return message(
        f"{' '.join(said)} {'Buttons' if row else 'Button'}: {labels}.",
        *([context("\n".join(notes))] if notes else []),
        section(f"{MRKDWN.bold(f'{title},')} shuffled"),
        *(block for _, blocks in entries for block in blocks),
        context(FOOT),
        *([actions(ids.comments_block(then), *row)] if row else []),
    )


def with_saved(
    page: Message, listed: Sequence[Listed], *, product: str, total: int, here: ids.Page
) -> Message:
    """A page of comments with the first saved messages below, and the button that shows all of them."""
    if not listed:
        return page
    entries = [_entry(each, place, here, ROOM_BESIDE) for place, each in enumerate(listed)]
    more = f"All {count(total, 'saved message')}"
    value = f"comments saved about {typed_name(product)}"
    row = [button(more, f"{ids.RUN}/9", value=value)] if total > len(listed) else []
    title = f"{HEADING}: {total:,}"
    said = [page["text"], f"{title}.", *(aloud for aloud, _ in entries), FOOT, named_buttons(row)]
    return message(
        " ".join(filter(None, said)),
        *page["blocks"],
        divider(),
        section(MRKDWN.bold(title)),
        *(block for _, blocks in entries for block in blocks),
        context(FOOT),
        *([actions("saved/all", *row)] if row else []),
    )


def _entry(listed: Listed, place: int, here: ids.Page, room: int) -> tuple[str, list[Block]]:
    """One message: aloud, and as blocks with the menu that corrects its tone or hides it."""
    saved = listed.message
    said = [option(f"Tone: {tone}", ids.correction(saved.id, tone)) for tone in TONES]
    other = not saved.is_wish
    what = ids.correction(saved.id, WISH if other else NO_WISH)
    said.append(option(f"This is {wish_word(is_wish=other)}", what))
    said.append(option("Hide this message", ids.correction(saved.id, HIDE)))
    menu: Block = {"type": "overflow", "action_id": saved_ids.CORRECT, "options": said}
    aloud, shown = in_both_voices(partial(_small, listed=listed))
    block = plain_section(clean(saved.text), accessory=menu) | {"block_id": saved_ids.list_block(place, here)}
    return f"{sentence_of_comment(saved.text, room)} {capital(aloud)}.", [block, context(shown)]


def _small(voice: Voice, listed: Listed) -> str:
    """Where it is from, its tone, that it is a wish, and its topics."""
    saved = listed.message
    where = came_from(saved.origin, said=saved.said, see_channel=listed.see_channel)
    wish = wish_word(is_wish=True) if saved.is_wish else ""
    parts = [where, tone_word(saved.sentiment), wish, ", ".join(map(topic_word, saved.touchpoints))]
    return (", " if voice.aloud else " · ").join(filter(None, parts))
