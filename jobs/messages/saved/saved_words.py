"""Sentences about saved messages: why one is not saved, what is kept, who reads it. Each is mrkdwn."""

from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN
from storage.records import MOST_CHARACTERS, Lens, Origin

FROM_APP = "This message is from an app; only messages of people can be saved."
NO_TEXT = "There is no text in this message to save."
ALREADY = "Already saved."
REMOVED_BY_AUTHOR = "Whoever wrote this message has removed it from the comments, so it is not saved again."
DELETED = "This message was deleted meanwhile. Nothing was saved."
NOT_FULL = (
    "Only full members of this workspace can save messages of others, "
    "not guests, people of other companies or bots. Nothing was saved."
)
NO_PRODUCTS = (
    "There is no product here yet that a message could be about. Start with "
    f"{MRKDWN.code('/pulse ask nps about Atlas')} in a channel, with your product's name. Nothing was saved."
)
NONE_KNOWN = (
    "Nothing is asked yet about a product in a channel that you can see, so there is none to choose. "
    "Nothing was saved."
)
PRODUCT_GONE = "This product is not there any more. Choose another one."
SLACK_SLOW = "Slack was too slow. Nothing was saved yet; send it again."
MAY_BE_SAVED = "The database was too slow, so it may be saved or not. Send it again: it is kept only once."
REMOVED = "*Removed.* The text and its labels are erased."
NOT_KEPT = "It is not kept any more, so there was nothing to remove."
NOT_YOURS = "Only whoever wrote it can remove it. Nothing was changed."
GONE = "This message is not kept any more. Nothing was changed."
NOT_A_READER = "Only who reads this message here can correct it. Nothing was changed."
NO_WORDS = "There are no words in it yet."
NOTHING_SAVED = "No saved message can be read here."
PRIVATE = "a private conversation"


def saved(product: str) -> str:
    """It is kept."""
    return f"Saved. It joins the comments about {safe(product)}, and is in no score."


def enough_said(most: int) -> str:
    """Somebody has said as much on one day as they may."""
    return f"You have said {most} things today, which is the most in a day. Nothing was kept; go on tomorrow."


def too_long(length: int) -> str:
    """What was typed is longer than a comment may be."""
    return (
        f"That has {length:,} characters, and at most {MOST_CHARACTERS:,} can be kept. "
        "Nothing was kept; please shorten it."
    )


def how_much(length: int, shown: int) -> str:
    """How much of a message is shown and kept, where that is not all; empty where it is."""
    if length > MOST_CHARACTERS:
        return (
            f"The first {shown} characters are shown. Only the first {MOST_CHARACTERS:,} characters are kept."
        )
    return f"The first {shown} characters are shown; all {length} are kept." if length > shown else ""


READERS = (
    "Leads of questions about the product read it, and workspace admins. If you choose a side, only leads of "
    "questions of that side do, once there is one."
)
FEW_READERS = (
    "As this conversation is private, only those leads of questions about the product read it who are in it, "
    "and workspace admins. If you choose a side, only leads of questions of that side do, once there is one."
)


def readers_of_said(product: str, side: Lens | None = None) -> str:
    """Who reads what was said in passing, of a side where one was chosen."""
    leads = f"leads of questions about {safe(product)}"
    if side:
        leads = (
            f"leads of {side.value} questions about {safe(product)} (while there is none, of any about it)"
        )
    return f"Read by {leads} and by workspace admins, without a name."


HIDDEN = "A lead has hidden these words from the list, so nobody reads them there. They stay kept."


def came_from(origin: Origin, *, said: bool, see_channel: bool = True) -> str:
    """Where a message in a list is from; a channel is named only to who may see it."""
    if said:
        return "Said in passing"
    if origin.channel_id and see_channel:
        return f"From <#{origin.channel_id}>"
    return "From a private conversation"
