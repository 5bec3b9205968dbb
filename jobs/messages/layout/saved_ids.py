"""The ids of saved messages and of words said in passing, beside the functions that read them back."""

import json
import re
from dataclasses import dataclass

from jobs.messages.layout.ids import ForgedId, Page, read_page, write_page
from storage.records import MOST_CHARACTERS, Lens

SHORTCUT = "save_feedback"  # the callback_id of the message shortcut
SAVE_FORM = "save_feedback"
SAY_FORM = "say"
REMOVE = "remove_saved"
CORRECT = "correct_saved"
SAY_IN_FORM = "say_form"

PRODUCT_BLOCK = "subject"
LENS_BLOCK = "lens"
TELL_BLOCK = "tell"
WORDS_BLOCK = "words"
AUTO = "auto"
TELL = "tell"

_ID = r"[0-9A-Za-z_-]{1,64}"


def saved_block(saved_id: str) -> str:
    """The row of buttons about one saved message: `saved/55`."""
    return f"saved/{saved_id}"


def read_saved(value: str) -> str:
    """The saved message of a button."""
    if not re.fullmatch(_ID, value):
        raise ForgedId("no id of a saved message")
    return value


def list_block(place: int, page: Page) -> str:
    """A saved message with its menu, at a place of a list, within 255 characters."""
    return f"kept/{place}/{write_page(page)}"[:255]


def read_list_block(block_id: str) -> Page:
    """The page on which a saved message with its menu stands."""
    found = re.fullmatch(r"kept/[0-9]/(.*)", block_id, re.DOTALL)
    if found is None:
        raise ForgedId("no saved message in a list")
    return read_page(found[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageToSave:
    """What the form carries along: where the message stands, who wrote it (sealed), what is kept of it."""

    channel_id: str
    ts: str
    author: str
    text: str


def write_message(message: MessageToSave) -> str:
    """The private_metadata of the form that saves a message."""
    said = {"channel": message.channel_id, "ts": message.ts, "author": message.author, "text": message.text}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)


def read_message(private_metadata: str) -> MessageToSave:
    """The message that the form is to save."""
    try:
        said = json.loads(private_metadata)
        found = MessageToSave(
            channel_id=str(said["channel"]),
            ts=str(said["ts"]),
            author=str(said["author"]),
            text=str(said["text"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ForgedId("not the metadata of a form that saves") from error
    whole = re.fullmatch(r"[A-Z0-9]{1,32}", found.channel_id) and re.fullmatch(r"\d{1,12}\.\d{1,9}", found.ts)
    sealed = re.fullmatch(r"(?:[0-9a-f]{2}){1,32}", found.author)
    if not whole or not sealed or not found.text.strip() or len(found.text) > MOST_CHARACTERS:
        raise ForgedId("not the metadata of a form that saves")
    return found


def read_lens(chosen: str | None) -> Lens | None:
    """The side that was chosen in a form; None where Bifocal decides."""
    sides: dict[str | None, Lens | None] = {AUTO: None, "cx": Lens.CX, "ux": Lens.UX}
    if chosen not in sides:
        raise ForgedId("no such side")
    return sides[chosen]
