"""Comments as leads read them, as they were drawn."""

from dataclasses import replace
from typing import Any

import pytest

from jobs.messages.layout import ids
from jobs.messages.layout.comment_ids import TopicPlace, read_undo
from jobs.messages.lead import comments_page
from storage.records import Comment, Correction, Lens, Sentiment, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import labelled

BILLING = Touchpoint.BILLING
PLACE = TopicPlace(comment_id="901", channel_id="C0ATLAS", page=ids.Page("billing", 0, 7))
DRAWN = [
    labelled(examples.INVOICE, Sentiment.NEGATIVE, BILLING, key="901"),
    labelled(
        "Refund took one message. Support is great, the bill was wrong though.",
        Sentiment.UNSURE,
        BILLING,
        Touchpoint.SUPPORT,
        key="902",
    ),
    labelled(
        "Please let me download all invoices at once.", Sentiment.NEUTRAL, BILLING, key="903", wish=True
    ),
]


def page(of: list[Comment], *, offset: int = 0, total: int = 10, **asked: Any) -> dict[str, Any]:
    """A page of comments about Atlas."""
    here = ids.Page("billing", offset, 7)
    return comments_page.comments_page(
        of,
        product="Atlas",
        total=total,
        here=here,
        **asked,
    )


def test_comments_are_as_they_were_drawn() -> None:
    """Three at a time, in small print their tone, at their side the menu that corrects it."""
    built = page(DRAWN, touchpoint=BILLING)
    check(built)
    expected = drawn("answer_comments")
    expected["blocks"][-1]["block_id"] = "comments/3"  # where the page begins, and what was typed
    expected["blocks"][-1]["elements"][0]["value"] = "3/7/billing"
    for place in range(3):
        expected["blocks"][1 + 2 * place]["block_id"] = f"comment/{place}/0/7/billing"
    assert plainly(built)["blocks"] == expected["blocks"]
    assert built["text"] == expected["text"]


def test_the_form_names_every_topic() -> None:
    """All touchpoints, in people's words, the comment's own chosen; a comment without one has none chosen."""
    view = comments_page.topic_form(DRAWN[0], PLACE)
    check(view)
    element = view["blocks"][1]["element"]
    assert [option["value"] for option in element["options"]] == [topic.value for topic in Touchpoint]
    assert element["initial_option"]["value"] == "billing"
    assert (
        "initial_option"
        not in comments_page.topic_form(examples.comment("Too dear."), PLACE)["blocks"][1]["element"]
    )


def test_the_form_ticks_a_wish() -> None:
    """The box stands as the comment is read."""
    for comment, is_wish in ((DRAWN[0], False), (DRAWN[2], True)):
        box = comments_page.topic_form(comment, PLACE)["blocks"][2]["element"]
        assert ("initial_options" in box) is is_wish


@pytest.mark.parametrize(
    "total, offset, buttons, where",
    [
        (1, 0, [], "1 of 1"),
        (2, 0, [], "1 to 2 of 2"),
        (3, 0, [], "1 to 3 of 3"),
        (4, 0, ["Next 1"], "1 to 3 of 4"),
        (5, 0, ["Next 2"], "1 to 3 of 5"),
        (6, 0, ["Next 3"], "1 to 3 of 6"),
        (9, 0, ["Next 3"], "1 to 3 of 9"),
        (4, 3, ["Back to the first"], "4 of 4"),
        (6, 3, ["Back to the first"], "4 to 6 of 6"),
        (7, 3, ["Back 3", "Next 1"], "4 to 6 of 7"),
        (7, 6, ["Back to the first"], "7 of 7"),
        (18, 3, ["Back 3", "Next 3"], "4 to 6 of 18"),
        (18, 15, ["Back to the first"], "16 to 18 of 18"),
        (7, 2, ["Back 2", "Next 2"], "3 to 5 of 7"),
        (1_200, 1_197, ["Back to the first"], "1198 to 1200 of 1,200"),
    ],
)
def test_a_page_says_where_it_stands_and_leads_on(
    total: int, offset: int, buttons: list[str], where: str
) -> None:
    """Which comments of how many it shows, a way on and back if there is one, from the end to the start."""
    built = page(DRAWN[: min(3, total - offset)], offset=offset, total=total)
    check(built)
    assert labels(built) == buttons
    foot = next(block for block in reversed(built["blocks"]) if block["type"] == "context")
    assert foot["elements"][0]["text"].splitlines()[0] == f"{where} · no names, no days"
    assert f"{where}, no names, no days." in built["text"]


def test_each_button_asks_for_the_page_that_it_names() -> None:
    """On and back by three, in the order that was drawn; from the last page to the first."""
    middle, last = page(DRAWN, offset=6, total=18), page(DRAWN, offset=15, total=18)
    assert [ids.read_page(each["value"]).offset for each in middle["blocks"][-1]["elements"]] == [3, 9]
    assert [ids.read_page(each["value"]).offset for each in last["blocks"][-1]["elements"]] == [0]


BEFORE = labelled("Refund took ages.", Sentiment.NEUTRAL, BILLING, Touchpoint.SUPPORT, key="904")


def corrected(said: Correction, *, undone: bool = False, beside: int = 0) -> dict[str, Any]:
    """A page on which one comment was corrected, or set back."""
    comment = BEFORE if undone else replace(BEFORE, correction=said)
    change = comments_page.Change(said=said, before=replace(BEFORE, correction=None), undone=undone)
    return page([comment, *DRAWN[:2]], total=7 - beside, change=change, beside=beside)


@pytest.mark.parametrize(
    "said, shown, back",
    [
        (Correction(sentiment=Sentiment.NEGATIVE), "now *negative* (was neutral) · ", "*neutral* again"),
        (Correction(sentiment=Sentiment.POSITIVE), "now *positive* (was neutral) · ", "*neutral* again"),
        (Correction(touchpoint=Touchpoint.BRAND), "now *brand* (was billing, support)", "again"),
        (Correction(touchpoint=Touchpoint.PERFORMANCE), "now *speed* (was billing, support)", "again"),
        (Correction(hidden=True), "now *hidden*", "shown again"),
        (Correction(wish=True), "neutral · now *a wish* (was no wish) · billing", "*no wish* again"),
        (
            Correction(wish=True, touchpoint=Touchpoint.BRAND),
            "now *a wish* (was no wish) · now *brand*",
            "again",
        ),
    ],
)
def test_a_corrected_comment_says_what_changed(said: Correction, shown: str, back: str) -> None:
    """What it is now and what it was, with Undo before the other buttons; once undone, it is so again."""
    built = corrected(said)
    check(built)
    assert shown in built["blocks"][2]["elements"][0]["text"]
    assert labels(built) == ["Undo", "Next 3"]
    undo = read_undo(built["blocks"][-1]["elements"][0]["value"])
    assert (undo.comment_id, undo.before) == ("904", None)
    undone = corrected(said, undone=True)
    check(undone)
    assert back in undone["blocks"][2]["elements"][0]["text"]
    assert labels(undone) == ["Next 3"]


def test_the_same_tone_again_changes_nothing() -> None:
    """Whoever chooses the tone that stands there reads no change and has nothing to undo."""
    built = corrected(Correction(sentiment=Sentiment.NEUTRAL))
    check(built)
    assert "now" not in built["blocks"][2]["elements"][0]["text"]
    assert labels(built) == ["Next 3"]


def test_what_no_longer_fits_stays_and_is_not_counted() -> None:
    """The heading counts what fits; the next page begins with the first comment that was not shown."""
    built = corrected(Correction(sentiment=Sentiment.POSITIVE), beside=1)
    check(built)
    assert built["blocks"][0]["text"]["text"] == "*Atlas: 6 comments,* shuffled"
    assert comments_page.STAYS in built["text"]
    assert "1 to 3 of 7" in built["text"]
    following = built["blocks"][-1]["elements"][-1]
    assert ids.read_page(following["value"]).offset == 2


@pytest.mark.parametrize(
    "asked, heading",
    [
        ({}, "Atlas: 10 comments"),
        ({"wish": True, "touchpoint": BILLING}, "Atlas: 10 wishes about billing"),
        ({"wish": True, "sentiment": Sentiment.NEGATIVE}, "Atlas: 10 negative wishes"),
        ({"wish": False, "sentiment": Sentiment.NEGATIVE}, "Atlas: 10 complaints"),
        ({"touchpoint": Touchpoint.PERFORMANCE}, "Atlas: 10 comments about speed"),
        ({"sentiment": Sentiment.UNSURE, "lens": Lens.UX}, "Using Atlas: 10 not sure comments"),
        (
            {"sentiment": Sentiment.NEGATIVE, "lens": Lens.CX, "touchpoint": BILLING},
            "Being a customer, Atlas: 10 negative comments about billing",
        ),
    ],
)
def test_the_heading_says_what_was_asked_for(asked: dict[str, Any], heading: str) -> None:
    """The heading names the side, how many there are, and the tone and topic that were asked for."""
    built = page(DRAWN, **asked)
    check(built)
    assert built["blocks"][0]["text"]["text"] == f"*{heading},* shuffled"


def test_notes_stand_in_the_small_print() -> None:
    """What else is to be known of the list stands under it, on the screen and aloud."""
    said = "<#C0X> is not read: Slack did not say who is in it."
    built = page(DRAWN, notes=[said])
    check(built)
    lines = built["blocks"][-2]["elements"][0]["text"].splitlines()
    assert lines == ["1 to 3 of 10 · no names, no days", said, comments_page.TONE_NOTE]
    assert "is not read: Slack did not say who is in it." in built["text"]


def test_what_nobody_has_classified_is_not_read() -> None:
    """A comment that waits for its label says so and not "neutral"."""
    built = page([examples.comment("Too dear.")], total=1)
    check(built)
    assert built["blocks"][2]["elements"][0]["text"] == "not read"


def test_a_language_that_is_not_read_is_said() -> None:
    """Only where a comment of the page is in one: whoever reads it knows why it has no tone."""
    built = page([labelled("Liian kallis.", Sentiment.UNCLASSIFIED)], total=1)
    check(built)
    assert comments_page.NOT_READ in built["blocks"][-1]["elements"][0]["text"]
    assert comments_page.NOT_READ in built["text"]
    assert comments_page.NOT_READ not in page(DRAWN)["text"]
