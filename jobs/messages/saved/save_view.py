"""The forms that save a message as feedback, and that take what somebody says in passing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobs.messages.layout import saved_ids as ids
from jobs.messages.layout.blocks import (
    Block,
    View,
    checkbox,
    context,
    input_block,
    long_select,
    modal,
    option,
    quote,
    text_input,
)
from jobs.messages.layout.blocks import choice as radio
from jobs.messages.saved import saved_words
from jobs.messages.wording.escaping import clean, one_line
from jobs.messages.wording.voice import MRKDWN
from storage.records import MOST_CHARACTERS, Product

SHOWN = 600  # characters of a message
LONGEST_LABEL = 75
CUSTOMERS = "Support, billing, buying, onboarding, communication, brand"
USERS = "Usability, reliability, speed, features, design"
TOLD = "Bifocal says that you saved it, with a button to remove it."
UNLESS = "If it may not write to them now, they find it under What is kept of me."


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveForm:
    """What the form is made of: the message, where it is from, the products to choose from.

    `whole` is how many characters the message has; `public` its channel, None for a private conversation;
    `own` says that its author saves it.
    """

    message: ids.MessageToSave
    whole: int
    public: str | None
    day: date
    products: Sequence[Product]
    chosen: Product | None
    own: bool


def save_view(form: SaveForm) -> View:
    """The form."""
    text = clean(form.message.text, SHOWN)
    note = saved_words.how_much(form.whole, SHOWN)
    readers = saved_words.READERS if form.public else saved_words.FEW_READERS
    kept = f"Kept without the author's name. Never part of a score, never posted.\n{readers}"
    return modal(
        ids.SAVE_FORM,
        "Save as feedback",
        [
            context(_where(form)),
            quote(text),
            *([context(note)] if note else []),
            product_input(form.products, form.chosen),
            lens_input(),
            *([] if form.own else [_tell()]),
            context(kept),
        ],
        close="Cancel",
        submit="Save",
        metadata=ids.write_message(form.message),
    )


def _where(form: SaveForm) -> str:
    where = f"<#{form.public}>" if form.public else saved_words.PRIVATE
    day = MRKDWN.day(form.day)
    return f"From {where}, {day}" if form.public else f"From {where}"


def product_input(products: Sequence[Product], chosen: Product | None) -> Block:
    """Which product it is about."""
    options = [option(one_line(each.name, LONGEST_LABEL), each.id) for each in products]
    element = long_select("subject", options, chosen=chosen.id if chosen else None)
    return input_block(ids.PRODUCT_BLOCK, "About which product?", element)


def lens_input() -> Block:
    """Which side it is about; unless somebody says it, its topic decides."""
    sides = [
        option("Let Bifocal decide", ids.AUTO),
        option("Being a customer (CX)", "cx", CUSTOMERS),
        option("Using the product (UX)", "ux", USERS),
    ]
    return input_block(ids.LENS_BLOCK, "Which side is it about?", radio("lens", sides, chosen=ids.AUTO))


def _tell() -> Block:
    box = checkbox("tell", option("Tell the author", ids.TELL, TOLD), ticked=True)
    return input_block(ids.TELL_BLOCK, "The author", box, hint=UNLESS, optional=True)


def say_view(
    products: Sequence[Product], chosen: Product | None, *, words: str = "", channel_id: str
) -> View:
    """The form for a word in passing, with what was typed already."""
    typed = text_input("words", longest=MOST_CHARACTERS, initial=words or None, multiline=True)
    return modal(
        ids.SAY_FORM,
        "Say something",
        [
            input_block(ids.WORDS_BLOCK, "What do you want to say?", typed),
            product_input(products, chosen),
            lens_input(),
            context(
                "Kept without your name, under a code made from your Slack id. Leads of questions about the "
                "product and workspace admins read it; if you choose a side, only leads of questions of that "
                "side, once there is one. Never part of a score, never posted."
            ),
        ],
        close="Cancel",
        submit="Say it",
        metadata=channel_id,
    )
