"""The digest, its thread, and the contrast as an answer, as they were drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jobs.contrast import Contrast, OpenQuestion, OtherScore
from jobs.messages.report import digest_post
from jobs.messages.report.small_print import quotation, small_print
from jobs.messages.report.thread import thread
from jobs.messages.wording.voice import MRKDWN
from storage.records import Lens, People, Quote
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import CX, NORMAL, NOW, ONE_SIDE, SPLIT, TOO_FEW, UX, score

ADDRESS = "https://example.slack.com/archives/C0ATLAS/p1795795200000100"


def nowhere(_: OpenQuestion) -> str | None:
    """No address."""
    return None


def somewhere(_: OpenQuestion) -> str | None:
    """The address of a question."""
    return ADDRESS


def post(of: Contrast) -> dict[str, Any]:
    """The digest with the address of its open question."""
    return digest_post.edition(of, edition_id="12", link=somewhere, zone="Europe/Berlin")


def lines(built: dict[str, Any]) -> list[str]:
    """The lines on the screen, block by block, without buttons."""
    found: list[str] = []
    for block in built["blocks"]:
        texts = block.get("fields") or ([block["text"]] if "text" in block else block.get("elements", []))
        found += [
            line for text in texts if isinstance(text.get("text"), str) for line in text["text"].split("\n")
        ]
    return found


def test_the_digest() -> None:
    """Title, cards, one comment, small print; the same in `text`, with the way to the thread."""
    built = post(NORMAL)
    check(built)
    assert lines(built) == [
        "Atlas: mixed to good on both sides",
        "Too few answers to say if anything changed.",
        "*Being a customer (CX): mixed to good*",
        "NPS *+32* (−100 to +100)",
        "October: +17, 24 answers",
        "Likely +2 to +56",
        "28 of 61 answered",
        "*Using Atlas (UX): mixed to good*",
        "SUS *69* (0 to 100)",
        "October: 72, 20 answers",
        "Likely 62 to 77",
        "22 of 40 answered",
        "Most written about: *billing* (customers).",
        "Somebody wrote:",
        "9 to 20 Nov · two different groups of people",
        "Likely: the true score is in this range 19 times in 20.",
    ]
    assert built["text"].startswith(
        "Atlas: mixed to good on both sides. Too few answers to say if anything changed. "
        "Being a customer (CX): mixed to good. "
    )
    assert built["text"].endswith(
        "9 to 20 November, two different groups of people. "
        "Likely: the true score is in this range 19 times in 20. More in the thread."
    )


def test_a_side_without_a_score_has_its_reason_and_an_empty_card() -> None:
    """The reason stands in the body, the way to its open question is the one button."""
    built = post(ONE_SIDE)
    check(built)
    shown = lines(built)
    assert shown[0] == "Atlas: customers are fairly happy; user answers are coming in"
    assert shown[1].startswith("Using Atlas: 3 answers so far. Scores come when the question has closed")
    assert shown[8:10] == ["*Using Atlas (UX)*", "No score yet"]
    assert labels(built) == ["Go to the question"]


def test_without_any_score_there_are_no_cards() -> None:
    """Below every need there is a title and a sentence for each side, and no small print."""
    built = post(TOO_FEW)
    check(built)
    assert lines(built)[0] == "Atlas: not enough answers yet"
    assert len(built["blocks"]) == 2
    assert "thread" not in built["text"]


def test_nothing_new_is_one_line() -> None:
    """A week in which nothing was counted is one line with a link to the last scores."""
    link = "https://example.slack.com/archives/C0TEAM/p1795190400000100"
    built = digest_post.nothing_new("Atlas", link=link, figures_on=date(2026, 11, 16))
    check(built)
    assert lines(built) == [f"*Atlas: same scores as on <{link}|16 Nov>.* Nothing was counted since."]
    assert built["text"] == "Atlas: same scores as on 16 November. Nothing was counted since."
    check(digest_post.nothing_new("Atlas", link=None, figures_on=date(2026, 11, 16)))
    never = digest_post.nothing_new("Atlas", link=None, figures_on=None)
    check(never)
    assert never["text"] == "Atlas: nothing was counted yet."


def test_the_answer_has_no_comment() -> None:
    """Title, cards and what each side says of the other, and no quotation."""
    built = digest_post.contrast_answer(NORMAL)
    check(built)
    assert lines(built)[:3] == [
        "*Atlas: mixed to good on both sides*",
        "Too few answers to say if anything changed.",
        "*Being a customer (CX): mixed to good*",
    ]
    assert any(line.startswith("*Across.*") for line in lines(built))
    assert "wrote:" not in str(built)


def test_the_thread() -> None:
    """Figures, what people wrote about, and how to read it, in this order."""
    figures, written, method = thread(NORMAL)
    for reply in (figures, written, method):
        check(reply)
    assert lines(figures) == [
        "*Being a customer: NPS +32*, likely +2 to +56, 28 of 61 answered",
        "14 chose 9 or 10, 9 chose 7 or 8, 5 chose 0 to 6.",
        "October: +17. Too few answers to say if anything changed.",
        "*Using Atlas: SUS 69*, likely 62 to 77, 22 of 40 answered",
        "Grade C, between D and B. Average product: 68.",
        "October: 72. Too few answers to say if anything changed.",
    ]
    assert plainly(written) == drawn("digest_thread_2_topics")
    assert plainly(method)["blocks"][-1:] == drawn("digest_thread_5_method")["blocks"][-1:]
    assert method["text"].endswith(drawn("digest_thread_5_method")["text"].split(" Was this")[0])


def test_no_message_claims_a_change_without_the_test() -> None:
    """The score before stands under the score; nothing but the rule calls that a change, or no change."""
    built = [post(NORMAL), digest_post.contrast_answer(NORMAL), *thread(NORMAL)[:-1]]
    assert not any(
        word in str(built)
        for word in ("clear change", "got worse", "got better", "fewer than", "more than in")
    )


def test_an_erased_quote_leaves_the_rest_where_it_was() -> None:
    """The digest loses the quotation and nothing else."""
    erased = replace(NORMAL, quote=Quote(comment_id="c1", text=None, touchpoint=None))
    assert post(erased) == post(replace(NORMAL, quote=None))
    assert "wrote:" not in str(post(erased))
    assert quotation(None) == []


def test_a_quote_is_of_somebody() -> None:
    """Nobody is told which side wrote it: the same people may have been asked on both."""
    built = post(NORMAL)
    check(built)
    at = [block.get("type") for block in built["blocks"]].index("rich_text")
    assert built["blocks"][at - 1]["elements"][0]["text"] == "Somebody wrote:"
    assert f"Somebody wrote: {examples.INVOICE}" in built["text"]


@pytest.mark.parametrize("side, who", [(Lens.CX, "A customer"), (Lens.UX, "A user"), (None, "Somebody")])
def test_a_quote_says_its_side_where_only_that_was_asked(side: Lens | None, who: str) -> None:
    """Above the quotation, and in what is read aloud."""
    built = post(replace(NORMAL, quoted_sides=(side,) if side else ()))
    assert f"{who} wrote: {examples.INVOICE}" in built["text"]
    assert f"{who} wrote:" in str(built["blocks"])


@pytest.mark.parametrize(
    "side, of", [(Lens.CX, "A wish of a customer"), (Lens.UX, "A wish of a user"), (None, "A wish")]
)
def test_a_quoted_wish_is_said_to_be_one(side: Lens | None, of: str) -> None:
    """So that nobody takes it for a complaint."""
    assert NORMAL.quote
    wish = replace(NORMAL.quote, wish=True)
    built = post(replace(NORMAL, quote=wish, quoted_sides=(side,) if side else ()))
    assert f"{of}: {examples.INVOICE}" in built["text"]
    assert f"{of}:" in str(built["blocks"])


def test_without_any_score_there_is_neither_thread_nor_quote() -> None:
    """Where neither side shows anything, nothing is quoted beside it."""
    assert thread(TOO_FEW) == []
    assert examples.INVOICE not in str(post(TOO_FEW))


def test_the_button_needs_an_address() -> None:
    """There is a button only for a side that shows nothing yet and whose question has an address."""
    assert labels(digest_post.edition(ONE_SIDE, edition_id="12", link=nowhere)) == []
    assert "Button" not in digest_post.edition(ONE_SIDE, edition_id="12", link=nowhere)["text"]
    asking = replace(CX, open_question=examples.still_open("C0ATLAS", has_form=False))
    assert labels(post(replace(NORMAL, cx=asking))) == []


@pytest.mark.parametrize(
    "people, said",
    [
        (People.SAME, "the same people on both sides"),
        (People.SOME, "some people were asked both questions"),
        (None, "9 to 20 Nov\n"),
    ],
)
def test_who_was_asked_is_said_where_it_is_known(people: People | None, said: str) -> None:
    """The same, some or different people are named; nothing is said where nobody can tell."""
    of = replace(NORMAL, people=people)
    assert said in small_print(MRKDWN, of)
    for reply in thread(of):
        check(reply)


def test_few_answers_do_not_stand_for_all() -> None:
    """Where under 30% of those who could answer did, the digest says so."""
    few = "Few answered: this may not speak for everyone."
    assert few in str(post(replace(NORMAL, cx=replace(CX, invited=200))))
    assert few not in str(post(NORMAL))


def test_only_what_is_shown_is_credited() -> None:
    """Only instruments whose figures are shown have their source line, each once."""
    other = replace(NORMAL, ux=replace(UX, instrument="csat", score=score("csat", 12, 80.0)))
    last = thread(other)[-1]["text"]
    assert last.endswith(
        "differ. NPS is a registered trademark of Bain & Company, Inc., Fred Reichheld and NICE Systems, Inc."
    )


@pytest.mark.parametrize("of", [NORMAL, SPLIT, ONE_SIDE, TOO_FEW])
@pytest.mark.parametrize("first", [True, False])
def test_every_state_is_a_valid_digest(of: Contrast, first: bool) -> None:  # noqa: FBT001
    """In every state Slack takes the digest, its thread, the answer and the preview."""
    of = replace(of, first=first)
    for built in (post(of), digest_post.contrast_answer(of), digest_post.preview(post(of)), *thread(of)):
        check(built)
        assert built["text"].rstrip().endswith((".", "!", "?"))


def test_a_preview_says_that_nobody_else_sees_it() -> None:
    """A preview is the digest as it would be posted, with a line that only its reader sees it."""
    built = digest_post.preview(post(NORMAL))
    assert built["blocks"][1:] == post(NORMAL)["blocks"]
    assert built["text"].startswith("Only you see this. Nothing was posted. Atlas: mixed to good on both")


@pytest.mark.parametrize(
    "last_on, why",
    [(date(2026, 11, 16), "Nothing is new since the digest of 16 Nov"), (None, "Nothing is counted yet")],
)
def test_a_preview_of_a_silent_week_says_so(last_on: date | None, why: str) -> None:
    """That its schedule would post nothing, and why; below it what a lead could post all the same."""
    built = digest_post.preview(post(NORMAL), silent=True, last_on=last_on)
    check(built)
    said = f"{why}, so its schedule would post nothing. `/pulse digest now` would post this:"
    assert said in built["blocks"][0]["elements"][0]["text"]


def test_the_digest_is_read_in_twenty_seconds() -> None:
    """At most 90 words without small print and buttons."""
    blocks = [block for block in post(SPLIT)["blocks"] if block["type"] not in {"context", "actions"}]
    words = " ".join(
        block["text"]["text"] if "text" in block else " ".join(field["text"] for field in block["fields"])
        for block in blocks
    )
    assert len(words.split()) <= 90


def test_no_blended_figure_and_no_sign_language() -> None:
    """A digest has no difference of its two sides, no arrow and no emoji."""
    for of in (NORMAL, SPLIT, ONE_SIDE, TOO_FEW):
        said = str([post(of), *thread(of)])
        assert not any(sign in said for sign in "▲▼↑↓→🟥🟩")


@pytest.mark.parametrize("cut", [True, False])
def test_topics_that_are_new_are_told_beside_another_score(*, cut: bool) -> None:
    """Where a block was cut in the week in which only another instrument is new, cards and topics stand."""
    cx, ux = (replace(side, counted_since_last=False) for side in (CX, UX))
    others = (OtherScore(score=score("csat", 21, 76.2), subject="support"),)
    of = replace(NORMAL, cx=cx, ux=ux, others=others, last_on=NOW, cut_since_last=cut)
    built = post(of)
    check(built)
    assert ("Most written about: *billing*" in str(built)) is cut
    assert ("Same scores as on" in str(built)) is not cut
    assert "upport CSAT" in str(built)


def test_a_quotation_below_is_of_somebody_too() -> None:
    """The side of a quotation is told in the reply where it is told in the digest, and nowhere else."""
    more = (Quote(comment_id="c2", text="Search is fast.", touchpoint=None),)
    told = {
        side: replace(NORMAL, more_quotes=more, quoted_below=1, quoted_sides=(Lens.CX, side) if side else ())
        for side in (None, Lens.UX)
    }
    assert "Somebody wrote: Search is fast." in thread(told[None])[2]["text"]
    assert "A user wrote: Search is fast." in thread(told[Lens.UX])[2]["text"]
    check(thread(told[Lens.UX])[2])
