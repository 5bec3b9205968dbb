"""The word to somebody whose message was saved, and what takes its place once they have removed it."""

from jobs.messages.layout import ids, saved_ids
from jobs.messages.layout.blocks import Block, Message, actions, button, message, named_buttons, section
from jobs.messages.layout.sentence import sentence
from jobs.messages.saved import saved_words
from jobs.messages.wording.escaping import safe
from storage.records import SavedMessage


def author_note(saved: SavedMessage, *, saver: str, link: str | None) -> Message:
    """Who saved it, about what, and what that means; a private conversation has no name."""
    where = f"<#{saved.origin.channel_id}>" if saved.origin.channel_id else saved_words.PRIVATE
    said = (
        f"{safe(saver)} saved a message of yours in {where} as feedback about {safe(saved.product.name)}, "
        "without your name. It is in no score and is not posted."
    )
    row: list[Block] = [remove_button(saved.id)]
    row += [button("See the message", ids.OPEN_LINK, url=link)] if link else []
    return message(
        f"{said} {named_buttons(row)}", section(said), actions(saved_ids.saved_block(saved.id), *row)
    )


def remove_button(saved_id: str) -> Block:
    """Removes a message: its author presses it."""
    return button("Remove it", saved_ids.REMOVE, value=saved_id)


def removed(done: bool | None) -> Message:  # noqa: FBT001 - the three ends of removing
    """What became of a press: True for removed, None where nothing was left, False for somebody else's."""
    ends = {True: saved_words.REMOVED, None: saved_words.NOT_KEPT, False: saved_words.NOT_YOURS}
    return sentence(ends[done])
