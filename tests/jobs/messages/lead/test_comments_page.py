"""Comments as leads read them, as they were drawn."""

from typing import Any

import pytest

from jobs.messages.layout import ids
from jobs.messages.lead import comments_page
from storage.records import Comment, Lens, Response, Sentiment, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import SIX_WEEKS, labelled

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
        [examples.response(said=each) for each in of],
        product="Atlas",
        total=total,
        period=SIX_WEEKS,
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
    # The text says all that the blocks say, so the topics too.
    assert built["text"] == expected["text"].replace("Not sure.", "Not sure, billing, support.")


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


@pytest.mark.parametrize(
    "total, read_as",
    [(3, None), (4, "One more comment"), (5, "Two more comments"), (9, "Three more comments")],
)
def test_more_is_there_while_there_are_more(total: int, read_as: str | None) -> None:
    """The button says how many follow, and is gone when none do."""
    built = page(DRAWN, total=total)
    check(built)
    assert (labels(built) == ["More"]) is (read_as is not None)
    assert read_as is None or read_as in str(built)


def test_a_later_page_says_where_it_stands() -> None:
    """A page says which comments of how many it shows."""
    built = page(DRAWN[:1], offset=6, total=7)
    check(built)
    assert "7 to 7 of 7 shown" in built["text"]
    assert "7: I never know" in built["text"]


@pytest.mark.parametrize(
    "asked, heading",
    [
        ({}, "Comments"),
        ({"touchpoint": Touchpoint.PERFORMANCE}, "Comments about speed"),
        ({"sentiment": Sentiment.UNSURE, "lens": Lens.UX}, "Not sure comments on using Atlas"),
        (
            {"sentiment": Sentiment.NEGATIVE, "lens": Lens.CX, "touchpoint": BILLING},
            "Negative comments on being a customer about billing",
        ),
    ],
)
def test_the_heading_says_what_was_asked_for(asked: dict[str, Any], heading: str) -> None:
    """The heading names the tone, side and topic that were asked for."""
    built = page(DRAWN, **asked)
    check(built)
    assert built["blocks"][0]["text"]["text"].startswith(f"*{heading},* Atlas\n10 people, in no order")


def test_names_stand_only_where_they_are_given() -> None:
    """A lead of a named pulse reads who wrote; the name is no mention."""
    built = page(DRAWN, touchpoint=BILLING, names={"901": "<@U1> Ana"})
    check(built)
    assert built["blocks"][2]["elements"][0]["text"] == "&lt;@U1&gt; Ana · negative"
    assert built["blocks"][6]["elements"][0]["text"] == "neutral"


def test_what_nobody_has_classified_is_not_read() -> None:
    """A comment that waits for its label says so and not "neutral"."""
    built = page([examples.comment("Too dear.")], total=1)
    check(built)
    assert built["blocks"][2]["elements"][0]["text"] == "not read"


def test_a_response_without_a_comment_takes_no_room() -> None:
    """Responses without a comment are not shown."""
    silent: list[Response] = [examples.response()]
    following = ids.Page("", 3)
    built = comments_page.comments_page(silent, product="Atlas", total=5, period=SIX_WEEKS, more=following)
    check(built)
    assert "1:" not in built["text"]
