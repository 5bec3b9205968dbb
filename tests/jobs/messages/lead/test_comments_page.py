"""Comments as leads read them, as they were drawn."""

from typing import Any

import pytest

from jobs.messages.layout import ids
from jobs.messages.lead import comments_page
from storage.records import Comment, Lens, Sentiment, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import labelled

BILLING = Touchpoint.BILLING
DRAWN = [
    labelled(examples.INVOICE, Sentiment.NEGATIVE, BILLING, key="901"),
    labelled(
        "Refund took one message. Support is great, the bill was wrong though.",
        Sentiment.UNSURE,
        BILLING,
        Touchpoint.SUPPORT,
        key="902",
    ),
    labelled("Please let me download all invoices at once.", Sentiment.NEUTRAL, BILLING, key="903"),
]


def page(of: list[Comment], *, offset: int = 0, total: int = 10, **asked: Any) -> dict[str, Any]:
    """A page of comments about Atlas."""
    following = ids.Page("billing", offset + comments_page.PER_PAGE, 7)
    return comments_page.comments_page(
        of,
        product="Atlas",
        total=total,
        more=following,
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
    view = comments_page.topic_form(DRAWN[0])
    check(view)
    element = view["blocks"][1]["element"]
    assert [option["value"] for option in element["options"]] == [topic.value for topic in Touchpoint]
    assert element["initial_option"]["value"] == "billing"
    assert (
        "initial_option"
        not in comments_page.topic_form(examples.comment("Too dear."))["blocks"][1]["element"]
    )


@pytest.mark.parametrize("total, label", [(3, None), (4, "Next 1"), (5, "Next 2"), (9, "Next 3")])
def test_the_button_is_there_while_there_are_more(total: int, label: str | None) -> None:
    """The button says how many follow, and is gone when none do."""
    built = page(DRAWN, total=total)
    check(built)
    assert labels(built) == ([label] if label else [])
    assert label is None or f"{label} of {total} comments" in str(built)


def test_a_later_page_says_where_it_stands() -> None:
    """A page says which comments of how many it shows."""
    built = page(DRAWN, offset=3, total=7)
    check(built)
    assert "4 to 6 of 7, no names, no days." in built["text"]
    last = page(DRAWN[:1], offset=6, total=7)
    check(last)
    assert "7 of 7 · no names, no days" in last["blocks"][-1]["elements"][0]["text"]


@pytest.mark.parametrize(
    "asked, heading",
    [
        ({}, "Atlas: 10 comments"),
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
