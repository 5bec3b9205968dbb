"""The digest, its thread, and the contrast as an answer, as they were drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.contrast import Contrast, OpenQuestion, People, State
from jobs.instruments import Band
from jobs.messages.report import digest_post
from jobs.messages.report.quotation import quotation
from jobs.messages.report.small_print import small_print
from jobs.messages.report.thread import thread
from jobs.messages.report.topic_table import topics
from jobs.messages.wording.voice import MRKDWN
from storage.records import Quote, Sentiment, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import CX, NORMAL, ONE_SIDE, SPLIT, TOO_FEW, UX, banded, score

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


@pytest.mark.parametrize(
    "name, of",
    [
        ("digest_normal_words", NORMAL),
        ("digest_split_words", SPLIT),
        ("digest_one_side", ONE_SIDE),
        ("digest_too_few", TOO_FEW),
    ],
)
def test_the_digest_is_as_it_was_drawn(name: str, of: Contrast) -> None:
    """Title, verdict, cards, one comment, small print: to the letter, in text and blocks."""
    built = post(of)
    check(built)
    assert plainly(built) == drawn(name)


def test_nothing_new_is_one_line_as_it_was_drawn() -> None:
    """A week without answers is one line with a link to the last figures."""
    link = "https://example.slack.com/archives/C0TEAM/p1795190400000100"
    built = digest_post.nothing_new("Atlas", link=link, figures_on=date(2026, 11, 16))
    check(built)
    assert plainly(built) == drawn("digest_nothing_new")
    check(digest_post.nothing_new("Atlas", link=None, figures_on=date(2026, 11, 16)))
    never = digest_post.nothing_new("Atlas", link=None, figures_on=None)
    check(never)
    assert never["text"] == "Atlas: no new answers this week."


def test_the_answer_is_as_it_was_drawn() -> None:
    """The answer has title, verdict, cards and what each side says of the other, and no comment."""
    built = digest_post.contrast_answer(SPLIT)
    check(built)
    assert plainly(built) == drawn("answer_contrast")
    assert "quoted" not in str(digest_post.contrast_answer(NORMAL))


def test_the_thread_is_as_it_was_drawn() -> None:
    """Figures, across, comments and sources to the letter; topics without what they add to the score."""
    figures, across, mentioned, comments, sources = thread(NORMAL)
    for reply in (figures, across, mentioned, comments, sources):
        check(reply)
    assert plainly(figures) == drawn("digest_thread_1_figures")
    assert plainly(comments) == drawn("digest_thread_4_comments")
    side_by_side = drawn("digest_thread_2_sides")
    assert plainly(across)["blocks"] == side_by_side["blocks"][1:]
    assert side_by_side["text"].endswith(across["text"])
    method = drawn("digest_thread_5_method")
    assert plainly(sources)["blocks"] == method["blocks"][-1:]
    assert method["text"].startswith(sources["text"])
    assert plainly(mentioned)["blocks"][-1] == drawn("digest_thread_3_topics")["blocks"][-1]


def test_topics_add_up_to_everybody() -> None:
    """Each topic with its people, and one row for everybody else, so that no row can be worked out."""
    built = topics(NORMAL)
    assert built is not None
    assert built["blocks"][0]["text"]["text"].splitlines() == [
        "*Topics, being a customer*",
        "Billing: 10 people",
        "Support: 6 people",
        "Everything else, or no comment: 12 people",
    ]
    assert built["text"].startswith(
        "Topics, being a customer: billing, 10 people; support, 6 people; everything"
    )
    assert topics(replace(NORMAL, cx=replace(CX, topics=()))) is None


@pytest.mark.parametrize(
    "tone, said",
    [
        ({Sentiment.POSITIVE: 11}, "18 of 28 wrote, 11 positive, 7 not."),
        ({Sentiment.NEGATIVE: 18}, "18 of 28 wrote, 18 negative."),
        (
            {Sentiment.NEGATIVE: 6, Sentiment.POSITIVE: 7},
            "18 of 28 wrote, 7 positive, 6 negative, 5 of another tone.",
        ),
        (None, "18 of 28 wrote."),
    ],
)
def test_tones_are_counts_that_add_up(tone: dict[Sentiment, int] | None, said: str) -> None:
    """The tones that may be shown and the rest together are all who wrote."""
    of = replace(NORMAL, cx=replace(CX, tone=tone))
    assert f"*Being a customer:* {said}" in str(thread(of)[3])


def test_an_erased_quote_leaves_the_rest_where_it_was() -> None:
    """The digest loses the quotation and nothing else; the replies keep their places."""
    bare = replace(NORMAL, cx=replace(CX, wrote=None, tone=None), ux=replace(UX, wrote=None, tone=None))
    erased = replace(bare, quote=Quote(comment_id="c1", text=None, touchpoint=Touchpoint.BILLING))
    for of in (replace(bare, quote=None), erased):
        assert len(thread(of)) == len(thread(bare))
        assert "quoted" not in str(post(of))
        for reply in thread(of):
            check(reply)
    assert "Hidden, to protect the few people who answered." in thread(erased)[3]["text"]
    assert quotation(None) == []


def test_a_quote_without_a_topic_is_still_quoted_with_permission() -> None:
    """A quote names its topic only where that topic is shown."""
    of = replace(NORMAL, quote=Quote(comment_id="c1", text="Too dear", touchpoint=None))
    built = post(of)
    check(built)
    assert built["blocks"][-2]["elements"][0]["text"] == "Quoted with permission"
    assert "A comment, quoted with permission: Too dear. " in built["text"]


@pytest.mark.parametrize("of", [TOO_FEW, ONE_SIDE])
def test_below_the_smallest_group_there_is_neither_thread_nor_quote(of: Contrast) -> None:
    """Under the smallest group there is nothing from which more could be worked out."""
    assert thread(of) == []
    assert examples.INVOICE not in str(post(of))


def test_the_button_needs_an_address() -> None:
    """There is a button only for a side under the smallest group whose question has an address."""
    assert labels(post(TOO_FEW)) == ["Go to the question"]
    assert labels(digest_post.edition(TOO_FEW, edition_id="12", link=nowhere)) == []
    assert "Button" not in digest_post.edition(TOO_FEW, edition_id="12", link=nowhere)["text"]
    asking = replace(CX, open_question=examples.still_open("C0ATLAS", has_form=False))
    assert labels(post(replace(NORMAL, cx=asking))) == []


@pytest.mark.parametrize(
    "people, said",
    [
        (People.SAME, "the same people on the two sides"),
        (People.SOME, "some people on both sides"),
        (None, "“likely” ranges"),
    ],
)
def test_who_answered_is_said_where_it_is_known(people: People | None, said: str) -> None:
    """The same, some or different people are named; nothing is said where nobody can tell."""
    of = replace(NORMAL, people=people)
    assert said in small_print(MRKDWN, of, None)
    assert ("people on" in str(post(of))) is (people is not None)
    for reply in thread(of):
        check(reply)


def test_few_answers_do_not_stand_for_all() -> None:
    """Where under 30% of those who could answer did, the digest says so."""
    assert "those who answered, not all" in str(post(replace(NORMAL, cx=replace(CX, invited=200))))
    assert "those who answered, not all" not in str(post(NORMAL))


def test_what_is_asked_less_often_names_its_day() -> None:
    """A figure from before the period says until when it was asked."""
    of = replace(NORMAL, ux=replace(UX, asked_on=datetime(2026, 9, 3, tzinfo=UTC)))
    built = post(of)
    check(built)
    assert "SUS as asked until 3 Sep" in str(built)


def test_only_what_is_shown_is_credited() -> None:
    """Only instruments whose figures are shown have their source line, each once."""
    early = replace(
        NORMAL, state=State.TOO_EARLY, ux=replace(UX, instrument="csat", score=score("csat", 12, 80.0))
    )
    last = thread(early)[-1]["text"]
    assert (
        last == "NPS is a registered trademark of Bain & Company, Inc., Fred Reichheld and NICE Systems, Inc."
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("first", [True, False])
def test_every_state_is_a_valid_digest(state: State, first: bool) -> None:  # noqa: FBT001
    """In every state Slack takes the digest, its thread, the answer and the preview."""
    base = {State.TOO_FEW: TOO_FEW, State.ONE_SIDE: ONE_SIDE}.get(state, NORMAL)
    of = replace(base, state=state, first=first)
    for built in (post(of), digest_post.contrast_answer(of), digest_post.preview(of), *thread(of)):
        check(built)
        assert built["text"].rstrip().endswith((".", "!", "?"))


def test_a_preview_says_that_nobody_else_sees_it() -> None:
    """A preview is the digest as it would be posted, with a line that only its reader sees it."""
    built = digest_post.preview(NORMAL)
    assert built["blocks"][1:] == digest_post.edition(NORMAL, edition_id="preview", link=nowhere)["blocks"]
    assert built["text"].startswith("Only you see this. Nothing was posted. Atlas: no clear change.")


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


def test_the_thread_of_an_early_side_has_its_range_and_no_classes() -> None:
    """10 to 19 answers: early, score and range, nothing by class."""
    of = replace(
        NORMAL,
        state=State.TOO_EARLY,
        cx=replace(CX, score=banded(score("nps", 12, 25.0, (-17.0, 57.0)), *Band)),
    )
    assert "*Being a customer: NPS +25,* early, likely −17 to +57, 12 of 61 answered" in str(thread(of)[0])
    few = replace(of, ux=replace(UX, score=score("sus", 7)))
    assert "Using Atlas: *mixed to good*, 7 answers. A score is shown from 10." in str(thread(few)[0])
