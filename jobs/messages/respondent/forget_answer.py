"""Being forgotten: what will go and what stays, and then what went."""

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, Message, actions, context, message, section
from jobs.messages.respondent.my_data import forget_button
from jobs.messages.respondent.receipts import kept_of_me_button
from jobs.messages.wording.voice import Voice, count, in_both_voices
from storage.records import Forgotten, Pause

BACKUPS = "Backups keep old copies until whoever runs Bifocal deletes them."
COMPARED = "Whoever compares the list of comments before and after may see which went."
COUNTED = "Counted answers were not tied to you before."
LIST_KEPT = "Whoever kept the list with your name can still work out what you answered."
NOTHING = "Nothing was kept of you, so nothing was erased."
COUNTED_BESIDE_NAMES = "Counted answers without your name were not tied to you before."
ROLES = "How you know a product is erased."
REMINDERS = "What is kept for reminders: erased."
STOP_GOES = "That you wanted no reminders goes too: you may be reminded again, until you type /pulse mute."
STOP_WENT = "That you wanted no reminders is erased too."
REMINDED_AGAIN = (
    "Bifocal no longer knows when it wrote to you last, and may remind you again. "
    "Type /pulse mute to stop it."
)
QUOTES = "Quotes of yours in posted digests are removed within minutes."


def asked_to_forget(
    *,
    named: bool,
    roles: bool = False,
    pause: Pause | None = None,
    saved: bool = False,
    savings: bool = False,
) -> Message:
    """What goes and what stays, above the button that asks once more.

    `named`: some answers have a name; `roles`: it is kept how they know a product; `pause` is what is kept
    for reminders; `saved`: messages of theirs or what they said in passing are kept; `savings`: it is kept
    that they saved messages of others.
    """
    small = f"{BACKUPS} This cannot be undone."

    def say(voice: Voice) -> str:
        without = "Answers without your name already in a score" if named else "Answers already in a score"
        return voice.lines(
            voice.bold("Forget you?"),
            "Comments and quotes: erased everywhere.",
            "Answers to open questions: deleted.",
            "Saved messages of yours, and what you said in passing: erased." if saved else "",
            "That you saved messages of others: erased; the messages stay." if savings else "",
            "How you know a product: erased." if roles else "",
            f"Answers with your name: they go from the list of answers; no score moves. {LIST_KEPT}"
            if named
            else "",
            f"{without}: they stay in the score and are no longer tied to you. "
            "Nobody can trace them, and no score moves.",
            REMINDERS if pause else "",
            STOP_GOES if pause and pause.stopped else "",
        )

    aloud, shown = in_both_voices(say)
    return message(
        f"{aloud} {small} Buttons: Forget me, What is kept of me.",
        section(shown),
        context(small),
        actions(ids.ME_BLOCK, forget_button(named=named, saved=saved), kept_of_me_button()),
    )


def forgotten(gone: Forgotten) -> Message:
    """What was erased of somebody, and who may still know of it."""
    if not gone:
        return message(NOTHING, section(NOTHING))
    small = [COMPARED] if gone.comments or gone.saved else []
    small += [LIST_KEPT] if gone.named_answers else []
    small += [STOP_WENT] if gone.stopped else []
    small += [REMINDED_AGAIN] if gone.pauses else []
    small.append(BACKUPS)
    aloud, shown = in_both_voices(lambda voice: f"{voice.bold('You are forgotten.')} {_what(gone)}")
    blocks: list[Block] = [section(shown), context("\n".join(small))]
    return message(" ".join([aloud, *small]), *blocks)


def _what(gone: Forgotten) -> str:
    counts = (
        (gone.comments, count(gone.comments, "comment") + " erased"),
        (gone.saved, count(gone.saved, "saved message") + " erased"),
        (gone.savings, "who saved " + count(gone.savings, "message") + " of others erased"),
        (gone.answers, count(gone.answers, "open answer") + " deleted"),
        (gone.named_answers, count(gone.named_answers, "answer") + " with your name erased"),
    )
    erased = ", ".join(words for number, words in counts if number)
    counted = COUNTED_BESIDE_NAMES if gone.named_answers else COUNTED
    roles = ROLES if gone.roles else ""
    reminders = "What was kept for reminders is erased." if gone.pauses else ""
    quotes = QUOTES if gone.quotes else ""
    sentences = [f"{erased}." if erased else "", roles, counted, quotes, reminders]
    return " ".join(filter(None, sentences))
