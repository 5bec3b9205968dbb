"""Sharing: what is offered, previewed, posted and told, whatever names and sentences are in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.contrast import Contrast, Side
from jobs.inference import Interval
from jobs.instruments import Band
from jobs.messages.edition import share_view
from jobs.messages.edition.how_view import how_view, why_answer
from jobs.messages.edition.share_card import share_card
from jobs.messages.edition.share_view import MOST_CHANNELS, ChannelChoice, Told
from jobs.messages.layout.edition_ids import ShareDraft
from jobs.messages.layout.ids import ForgedId
from jobs.messages.layout.sentence import sentence
from jobs.privacy.clip_rule import ClippedRange
from jobs.scoring.level import Level
from storage.records import Lean, Share
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import CX, NORMAL, UX, score, word_of
from tests.jobs.messages.test_hostile import ATTACKS

STEP = "We check every invoice by hand until 11 December."
LEVEL = Level(
    bands=(Band.GOOD,), mean=45.0, se=9.0, likely=Interval(34.0, 57.0), answers=61, since=date(2026, 6, 8)
)
SHARED = Share(
    team_id="T1",
    id="s1",
    edition_id="e1",
    channel_id="C0ATLAS",
    shared_by="U1",
    name="Priya Nair",
    next_step=STEP,
    request_id="V1",
    shared_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
)


def card(contrast: Contrast = NORMAL, channel_id: str = "C0ATLAS", step: str | None = STEP) -> str:
    """What a channel hears, after it was checked that Slack takes it."""
    made = share_card(contrast, channel_id=channel_id, share_id="s1", name="Priya Nair", next_step=step)
    check(made)
    return str(made["text"])


def with_score(of: Side, **changes: Any) -> Contrast:
    """The contrast whose customer side is this one."""
    return replace(NORMAL, cx=replace(of, **changes))


def test_each_channel_sees_its_own_side() -> None:
    """The score with its scale, the score before and the likely range; never the other side or a comment."""
    contrast = with_score(CX, level=LEVEL)
    assert card(contrast) == (
        "28 people answered about Atlas in November. Thank you. Being a customer: good. "
        "NPS plus 32 (minus 100 to plus 100), in October plus 17. What happens now. "
        f"Priya Nair: {STEP} Likely plus 2 to plus 56: the true score is in this range 19 times in 20. "
        "Nobody's own answer is shown. Button: How this works."
    )
    users = card(contrast, "C0USERS", None)
    assert "SUS 69 (0 to 100), in October 72" in users
    assert "What happens now" not in users
    assert not any(each in users for each in ("NPS", "customer", examples.INVOICE, "28 of 61", "billing"))


def test_a_channel_that_was_asked_both_sees_both() -> None:
    """Both are its own sides; answers are counted for each."""
    both = replace(NORMAL, ux=replace(UX, channels=("C0ATLAS",)))
    text = card(both)
    assert text.startswith(
        "Answers about Atlas in November: 28 about being a customer, 22 about using Atlas. Thank you."
    )
    assert "NPS plus 32" in text
    assert "SUS 69" in text


def test_a_small_group_is_told_in_a_word_alone() -> None:
    """No number at all, not even how many answered."""
    text = card(with_score(CX, score=word_of("nps", 7, Lean.GOOD)), step=None)
    assert text == (
        "Thank you to all who answered about Atlas in November. Being a customer: leaning good. "
        "Nobody's own answer is shown. Button: How this works."
    )


def test_a_clipped_score_and_a_sum_say_what_the_digest_says() -> None:
    """No range beside a clipped score; a sum counts answers, over the months in which it was asked."""
    clipped = replace(score("nps", 20), clipped=100.0, between=ClippedRange(80.0, None))
    text = card(with_score(CX, score=clipped, before=None, level=LEVEL), step=None)
    assert "NPS plus 80 or more (minus 100 to plus 100). Nobody's own answer is shown." in text
    summed = replace(score("nps", 48, 30.0, (10.0, 50.0)), rounds=2, first_day=date(2026, 9, 28))
    assert "48 answers about Atlas from September to November." in card(with_score(CX, score=summed))
    summed = replace(summed, first_day=date(2026, 10, 28))
    assert "48 answers about Atlas in October and November." in card(with_score(CX, score=summed))


def everything(words: str) -> Iterator[dict[str, Any]]:
    """Every form and message with these words in each place where people's words can stand."""
    contrast = replace(NORMAL, product=words, cx=replace(CX, level=LEVEL), ux=replace(UX, level=LEVEL))
    typed = words[:200]
    choices = [ChannelChoice(id="C0ATLAS", name=words, people=31), ChannelChoice(id="C0USERS", name="u")]
    draft = ShareDraft(edition_id="e1", where=("C0ATLAS", "C0USERS"), next_step=typed.strip())
    share = replace(SHARED, name=words, next_step=typed)
    yield share_card(contrast, channel_id="C0ATLAS", share_id="s1", name=words, next_step=typed)
    yield share_view.share_form(contrast, choices, draft=draft, there=[share])
    yield share_view.share_preview(contrast, draft, name=words, choices=choices)
    yield share_view.share_done([Told(channel_id="C0ATLAS", share=share), Told(channel_id="C1", why="No.")])
    yield share_view.already_shared([share, replace(share, id="s2", channel_id="C1")])
    yield how_view([contrast.cx, contrast.ux], words, min_group=5, zone="Europe/Berlin")
    yield why_answer([(words, [contrast.cx, contrast.ux])], min_group=5, zone="Europe/Berlin")
    yield sentence(share_view.only_leads(words))
    yield sentence(share_view.still_open(examples.wave()))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: repr(attack[:12]))
def test_no_attack_gets_through(attack: str) -> None:
    """Mentions, links, dates, marks and 10,000 characters stay letters, within Slack's limits."""
    for built in everything(attack):
        check(built)


def test_no_more_channels_are_offered_than_slack_takes() -> None:
    """A list of boxes holds ten; the others are offered when the first are shared with."""
    choices = [ChannelChoice(id=f"C{number}", name=f"c{number}") for number in range(25)]
    view = share_view.share_form(NORMAL, choices, draft=ShareDraft(edition_id="e1"))
    check(view)
    assert len(view["blocks"][1]["element"]["options"]) == MOST_CHANNELS


def test_what_is_wrong_in_the_form_stands_at_its_field() -> None:
    """No channel, and a sentence that is too long; what no form of ours sends is forged."""
    metadata = '{"edition":"e1"}'
    values: dict[str, dict[str, Any]] = {"where": {"selected_options": []}, "next": {"value": "x" * 201}}
    _, problems = share_view.read_share_form(values, metadata)
    assert problems == {"where": share_view.NO_CHANNEL, "next": share_view.TOO_LONG}
    for forged in ("", "[]", '{"edition":"../"}', '{"edition":"e1","where":3}', '{"edition":"e1","next":3}'):
        with pytest.raises(ForgedId):
            share_view.read_share_form({}, forged)
    with pytest.raises(ForgedId):
        share_view.read_share_form({"where": {"selected_options": [{"value": "<@U1>"}]}}, metadata)
