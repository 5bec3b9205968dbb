"""How much a digest tells: at most 94 words above its thread, whatever the names are and whatever waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from jobs.contrast import Contrast, OtherScore
from jobs.contrast.outlook import NextAsked, Outlook
from jobs.messages.layout.blocks import context, header, section
from jobs.messages.report.digest_post import edition
from jobs.messages.report.quiet_post import quiet_post
from jobs.messages.report.small_print import quotation
from jobs.messages.report.telling import MOST_WORDS, words_read
from jobs.messages.wording.escaping import LONGEST_TYPED
from jobs.privacy.progress_rule import Progress, Stage
from storage.records import Lens, Picture, Quote, Touchpoint
from tests.digest_states import STATES as POSTED
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import INVOICE, waits
from tests.jobs.messages.report.test_change_sentences import STATES, SUPPORT, beside

LONGEST = " ".join(["a"] * 30)  # 30 words of 59 characters
NAMES = some.lists(some.sampled_from(["a", "of", "the", "shop", "customers'"]), min_size=1).map(
    lambda words: " ".join(words)[:LONGEST_TYPED].strip()
)
WAITING = [
    waits(Stage.TOO_FEW, f"C{number}", answers=3, asked_next=datetime(2026, 12, 14, 8, tzinfo=UTC))
    for number in range(1, 5)
]
OPEN = [
    waits(Stage.OPEN, f"C{number}", answers=12, at=datetime(2026, 11, 27, 16, tzinfo=UTC))
    for number in range(1, 5)
]
OUTLOOK = Outlook(
    made_on=date(2026, 11, 23),
    same_as=date(2026, 10, 26),
    link="https://example.slack.com/archives/C0TEAM/p1",
    next_asked=NextAsked(instrument="umux_lite", channel_id=None, on=date(2026, 12, 7)),
    results={Lens.CX: date(2026, 11, 30), Lens.UX: date(2026, 12, 7)},
)


def test_words_are_counted_as_people_see_them() -> None:
    """A link is its words, a channel is one word; small print and addresses are not read above the thread."""
    quote = Quote(comment_id="c1", text="The lists are slow.", touchpoint=None)
    blocks = [
        header("Atlas: good on both sides"),
        section("Same as on <https://example.slack.com/archives/C1/p1|26 Oct>, in <#C0ATLAS>."),
        *quotation(quote),
        context("Likely: the true score is in this range 19 times in 20."),
    ]
    assert words_read(blocks) == 5 + 7 + 2 + 4


def told(state: str, name: str, progress: Sequence[Progress] = ()) -> Contrast:
    """A state in which everything is there that can be, about a product of this name."""
    cx, ux, _ = STATES[state]
    both = beside(
        replace(cx, topic=Touchpoint.BILLING, progress=(*cx.progress, *progress)),
        replace(ux, topic=Touchpoint.PERFORMANCE, progress=(*ux.progress, *progress)),
    )
    others = (SUPPORT, OtherScore(score=SUPPORT.score, subject=name))
    quote = Quote(comment_id="c1", text=INVOICE, touchpoint=None)
    return replace(both, product=name, others=others, quote=quote)


@example(name="a a a a", lost=1, waiting=1, pictured=False)
@settings(max_examples=3, deadline=None)
@given(name=NAMES, lost=some.integers(0, 5), waiting=some.integers(0, 4), pictured=some.booleans())
@pytest.mark.parametrize("state", STATES)
def test_no_name_makes_a_digest_longer(
    state: str, name: str, lost: int, waiting: int, *, pictured: bool
) -> None:
    """At most 94 words, with channels that are lost, questions that wait, and names of up to 30 words."""
    picture = Picture(file="F1", words="Both sides.") if pictured else None
    for of in (told(state, name, WAITING[:waiting]), _only_others(told(state, name))):
        post = edition(
            of,
            edition_id="12",
            link=lambda _: None,
            zone="UTC",
            lost=[*[f"C{number}" for number in range(lost)], None][-lost:] if lost else [],
            picture=picture,
        )
        check(post)
        assert words_read(post["blocks"]) <= MOST_WORDS


@settings(max_examples=10, deadline=None)
@given(name=NAMES, waiting=some.integers(0, 4), opened=some.integers(0, 4), shown=some.booleans())
def test_no_name_makes_a_quiet_digest_longer(name: str, waiting: int, opened: int, *, shown: bool) -> None:
    """The same holds for a week without new scores, with scores that stand and without."""
    full = told("worse", name)
    scores: dict[str, Any] = {} if shown else {"score": None, "level": None, "before": None, "history": ()}
    of = replace(
        full,
        cx=replace(full.cx, progress=tuple(WAITING[:waiting]), **scores),
        ux=replace(full.ux, progress=(*OPEN[:opened], *WAITING[:waiting]), **scores),
    )
    post = quiet_post(of, OUTLOOK, edition_id="12", link=lambda _: None, zone="Europe/Berlin")
    check(post)
    assert words_read(post["blocks"]) <= MOST_WORDS


@pytest.mark.parametrize("name", ["Atlas", LONGEST])
@pytest.mark.parametrize("state", POSTED)
def test_every_drawn_state_is_short(state: str, name: str) -> None:
    """Every state that has a drawing, under a short name and under the longest."""
    of = POSTED[state].drawn_of
    if of is None:
        posts = [POSTED[state].messages(None, None)[0]]
    else:
        posts = [edition(replace(of, product=name), edition_id="1", link=lambda _: None, zone="UTC")]
    assert all(words_read(post["blocks"]) <= MOST_WORDS for post in posts)


def test_what_the_title_says_is_left_out_first() -> None:
    """Below a title with a long name people read "Using it"."""
    post = edition(told("worse", "The shop of us"), edition_id="1", link=lambda _: None, zone="UTC")
    assert post["blocks"][0]["text"]["text"].startswith("The shop of us: ")
    assert "*Using it got worse" in str(post["blocks"])


def test_questions_that_are_not_told_are_counted() -> None:
    """Where many wait, the line says how many are not told, and where they stand."""
    post = edition(told("worse", LONGEST, WAITING), edition_id="1", link=lambda _: None, zone="UTC")
    assert "more questions wait: `/pulse list`" in str(post["blocks"])


def _only_others(of: Contrast) -> Contrast:
    """The same with scores that were shown before, so that only others are new."""
    return replace(
        of,
        cx=replace(of.cx, counted_since_last=False, progress=()),
        ux=replace(of.ux, counted_since_last=False, progress=()),
        last_on=datetime(2026, 10, 26, 8, tzinfo=UTC),
    )
