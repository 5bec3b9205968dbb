"""Why somebody cannot lead, be a lead no more, or do from here what belongs to a channel. All is mrkdwn."""

from collections.abc import Sequence

from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, listed


def no_channel(typed: str) -> str:
    """A command about a channel was typed in a direct message."""
    return f"Type {MRKDWN.code(f'/pulse {typed}')} in the channel that it is about. Nothing was changed."


def in_that_channel(channel_id: str) -> str:
    """A digest of another channel is shown, posted and ended there."""
    return f"Type it in <#{channel_id}>: a digest belongs to its channel. Nothing was changed."


def asker_not_in_private() -> str:
    """A digest may be set only by who is in all channels that it reads; a private one is not named."""
    return "You are not in a private channel that it reads. Choose other channels. Nothing was changed."


def at_field(refusal: str, channel_id: str, name: str) -> str:
    """Why a channel cannot be chosen, in the plain text of its field; without a `name` it is not named."""
    said = refusal.replace(f"<#{channel_id}>", f"#{name}" if name else "that channel")
    said = said.replace(", then send this again", "").removesuffix(" Nothing was changed.").replace("`", "")
    return said[:1].upper() + said[1:]


def words_are_no_product(words: str) -> str:
    """Words for a question were typed as a product, in a form, where it is not clear which one is meant."""
    return (
        f"*{safe(words)}* are words for the question, not a product. "
        "Go back, name the product, and type these words where it says what the question should name instead."
    )


def cannot_lead() -> str:
    """Only full members of this workspace lead."""
    return (
        "Only a full member of this workspace can be a lead, not guests, bots or others. Nothing was changed."
    )


def asked_it(name: str) -> str:
    """Whoever set a question up is named in it as the reader of its comments, and so stays one."""
    return f"{safe(name)} set this question up and is named in it, so stays a lead. Nothing was changed."


def last_lead() -> str:
    """Somebody has to lead; and who leads nothing cannot be removed."""
    return "That person does not lead it, or is its last lead. Add another one first. Nothing was changed."


def no_digest_to_lead() -> str:
    """Leads are asked for without the number of a question, where no digest is posted."""
    numbers = MRKDWN.code("/pulse list")
    return (
        "There is no digest in this channel. "
        f"For the leads of a question, put its number after leads; {numbers} has the numbers."
    )


def no_digest_about(product: str, others: Sequence[str]) -> str:
    """No digest of this channel is about a product; `others` are those of which there is one."""
    about = listed([safe(name) for name in others])
    return f"There is no digest about {safe(product)} in this channel. Here is one about {about}."
