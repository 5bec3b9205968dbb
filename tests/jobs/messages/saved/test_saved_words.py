"""What is seen of saved messages, as it was drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jobs.messages.layout import ids, saved_ids
from jobs.messages.lead.comments_page import comments_page
from jobs.messages.respondent.forget_answer import forgotten
from jobs.messages.respondent.my_data import my_data_message, my_data_view
from jobs.messages.saved.author_note import author_note, removed
from jobs.messages.saved.save_view import UNLESS, SaveForm, save_view, say_view
from jobs.messages.saved.saved_list import ROOM_BELOW, Listed, saved_page, with_saved
from jobs.messages.saved.saved_words import FEW_READERS, HIDDEN, READERS
from jobs.messages.saved.say_answer import as_typed, said, too_long, which_product
from storage.records import (
    Forgotten,
    KeptOfPerson,
    Lens,
    Origin,
    Product,
    SavedMessage,
    Sentiment,
    Touchpoint,
)
from tests.handlers.scene import HOSTILE
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly

SAID = (
    "Third month in a row that the invoice has the wrong seat count. "
    "Support fixes it within the hour, but why do I have to ask every time?"
)
MESSAGE = saved_ids.MessageToSave(channel_id="C0ATLAS", ts="1795200000.000100", author="ab" * 9, text=SAID)
ATLAS, MOBILE = (
    Product(team_id="T1", id=id_, name=name)
    for id_, name in (("atlas", "Atlas"), ("atlas_mobile", "Atlas mobile"))
)
LINK = "https://example.slack.com/archives/C0ATLAS/p1795200000000100"
PAGE = ids.Page(words="", offset=0, seed=7)


def a_form(**changes: Any) -> SaveForm:
    """The drawn one."""
    made = SaveForm(
        message=MESSAGE,
        whole=len(SAID),
        public="C0ATLAS",
        day=date(2026, 11, 19),
        products=[ATLAS, MOBILE],
        chosen=ATLAS,
        own=False,
    )
    return replace(made, **changes)


def a_message(text: str = SAID, **changes: Any) -> SavedMessage:
    """One about Atlas from a public channel."""
    made = SavedMessage(
        team_id="T1",
        id="55",
        product=ATLAS,
        text=text,
        said=False,
        origin=Origin(channel_id="C0ATLAS"),
        chosen=None,
        sentiment=Sentiment.NEGATIVE,
        touchpoints=(Touchpoint.BILLING,),
    )
    return replace(made, **changes)


def test_the_form_is_as_it_was_drawn() -> None:
    """But for when the author is not told, who reads it, and what goes along unseen."""
    built = save_view(a_form())
    check(built)
    there, drawing = plainly(built), drawn("save_feedback")
    assert saved_ids.read_message(there.pop("private_metadata")) == MESSAGE
    drawing.pop("private_metadata")
    assert there["blocks"][4].pop("hint")["text"] == UNLESS
    small = there["blocks"][5]["elements"][0]
    small["text"] = small["text"].removesuffix(f"\n{READERS}")
    assert there == drawing


def test_a_private_conversation_has_no_name_and_ones_own_message_no_author_to_tell() -> None:
    """The form says who reads it."""
    built = save_view(a_form(public=None, own=True))
    check(built)
    words = str(built["blocks"])
    assert "From a private conversation" in words
    assert "C0ATLAS" not in words
    assert "Tell the author" not in words
    assert FEW_READERS in words


@pytest.mark.parametrize(
    "length, note",
    [
        (600, ""),
        (700, "The first 600 characters are shown; all 700 are kept."),
        (12_000, "The first 600 characters are shown. Only the first 1,000 characters are kept."),
    ],
)
def test_how_much_of_a_long_message_is_kept(length: int, note: str) -> None:
    """The worst text of a thousand characters fits what goes along unseen."""
    text = ('"\\' * 500)[: min(length, 1000)]
    built = save_view(a_form(message=replace(MESSAGE, text=text), whole=length))
    check(built)
    assert len(built["private_metadata"]) <= 3_000
    assert saved_ids.read_message(built["private_metadata"]).text == text
    assert note in str(built["blocks"])
    assert ("characters" in str(built["blocks"])) == bool(note)


@pytest.mark.parametrize("number", [1, 100, 101, 1_234])
def test_any_number_of_products_can_be_chosen(number: int) -> None:
    """In groups where there are more than a list takes."""
    products = [Product(team_id="T1", id=f"{n:04}", name=f"Product {n:04}") for n in range(number)]
    built = say_view(products, products[-1], words="x", channel_id="C1")
    check(built)
    element = built["blocks"][1]["element"]
    groups = element.get("option_groups") or [element]
    assert [each["value"] for group in groups for each in group["options"]] == [each.id for each in products]
    assert element["initial_option"]["value"] == products[-1].id


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "[]",
        "{}",
        '{"channel":"C1","ts":"1.1","author":"xy","text":"x"}',
        '{"channel":"C1","ts":"x","author":"ab","text":"x"}',
        '{"channel":"<#C1>","ts":"1.1","author":"ab","text":"x"}',
        '{"channel":"C1","ts":"1.1","author":"ab","text":" "}',
        '{"channel":"C1","ts":"1.1","author":"ab","text":"' + "x" * 1001 + '"}',
    ],
)
def test_what_no_form_of_ours_carries_is_forged(metadata: str) -> None:
    """Nothing of it is read."""
    with pytest.raises(ids.ForgedId):
        saved_ids.read_message(metadata)


def test_the_authors_note_is_as_it_was_drawn() -> None:
    """A private conversation is not named; without a link there is one button."""
    built = author_note(a_message(), saver="Priya Nair", link=LINK)
    check(built)
    assert plainly(built) == drawn("note_to_author")
    private = author_note(a_message(origin=Origin(place="p")), saver="<!here>", link=None)
    check(private)
    assert "in a private conversation as feedback" in private["text"]
    assert private["text"].endswith("Button: Remove it.")


def test_each_end_of_removing_is_said() -> None:
    """Removed, nothing left, not yours."""
    ends = [removed(done)["text"] for done in (True, None, False)]
    assert ends[0].startswith("Removed.")
    assert "nothing to remove" in ends[1]
    assert "Only whoever wrote it" in ends[2]


@pytest.mark.parametrize("text", [SAID, *HOSTILE, "x" * 1000, "&" * 1000])
def test_words_of_people_are_plain_wherever_they_stand(text: str) -> None:
    """In lists, in the receipt, in what is kept of somebody; all of it within Slack's limits."""
    saved = a_message(text)
    three = [Listed(message=replace(saved, id=str(n)), see_channel=n > 0) for n in range(3)]
    comments = comments_page(
        [examples.comment(text)] * 3, product="Atlas", total=9, here=PAGE, below=ROOM_BELOW
    )
    kept = KeptOfPerson(saved=[saved, replace(saved, said=True, origin=Origin())], savings=2)
    for built in (
        saved_page(three, product="Atlas", total=7, here=PAGE, notes=["*Nothing* else."]),
        with_saved(comments, three[:2], product="Atlas", total=3, here=PAGE),
        said(saved),
        too_long(text * 2),
        which_product(text, text, meant=["Atlas"], here=["Atlas", "Beacon"], lens=Lens.UX),
        my_data_message(kept, now=examples.NOW),
        my_data_view(kept, now=examples.NOW),
    ):
        check(built)
        assert len(built.get("text", "")) <= 4_000


def test_the_list_stands_under_its_own_heading_without_names_and_days() -> None:
    """A channel that the reader may not see is not named."""
    listed = [Listed(message=a_message()), Listed(message=a_message(), see_channel=False)]
    built = saved_page(listed, product="Atlas", total=2, here=PAGE)
    assert "Saved messages, Atlas: 2" in built["text"]
    assert "From <#C0ATLAS>, negative, billing" in built["text"]
    assert "From a private conversation, negative, billing" in built["text"]
    assert "no score" in built["text"]


def test_the_receipt_says_who_reads_it() -> None:
    """Leads of any question where no side was chosen; nobody by the list where a lead hid it."""
    alone = said(a_message())["text"]
    assert "Read by leads of questions about Atlas and by workspace admins" in alone
    of_side = said(a_message(chosen=Lens.UX))["text"]
    assert "leads of UX questions about Atlas (while there is none, of any about it)" in of_side
    hidden = said(a_message(hidden=True))["text"]
    assert HIDDEN in hidden
    assert "Read by" not in hidden


def test_a_button_says_the_words_as_they_were_typed() -> None:
    """What Slack escapes is escaped again, a quotation mark in a name is no end of it."""
    assert as_typed('The "Big" one', "a < b", Lens.CX) == 'say cx about "The “Big“ one": a &lt; b'


def test_what_was_erased_is_counted() -> None:
    """Saved messages apart from comments."""
    assert "2 saved messages erased" in forgotten(Forgotten(saved=2))["text"]
    assert "who saved 1 message of others erased" in forgotten(Forgotten(savings=1))["text"]
