"""What the model shows, in the product's own messages, beside the plain line that says every figure.

The lists of comments and the cuts stay plain: their messages are made of records that the model has not.
Through the real bot they are compared too.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from jobs.contrast.outlook import Outlook
from jobs.contrast.side import SideInput, build_side
from jobs.figures.picture_sides import picture_side
from jobs.instruments import INSTRUMENTS
from jobs.messages.edition.how_view import how_view, why_answer
from jobs.messages.edition.share_card import share_card
from jobs.messages.report.digest_post import contrast_answer, edition
from jobs.messages.report.picture_words import history_aloud, strips_aloud
from jobs.messages.report.quiet_post import quiet_post
from jobs.messages.report.score_answer import score_answer
from jobs.messages.report.side_cards import sides
from jobs.messages.report.thread import thread
from jobs.messages.report.trend_answer import trend_answer
from jobs.messages.respondent.forget_answer import forgotten
from jobs.messages.respondent.receipts import was_counted
from jobs.messages.wording.voice import MRKDWN
from jobs.messages.wording.waiting_words import waiting
from jobs.privacy.progress_rule import STAGES, Progress
from jobs.privacy.repeat_rule import CountedBefore
from jobs.privacy.round_rule import Wait
from jobs.scoring.chosen_rounds import ChosenRounds
from jobs.scoring.score import RoundSum
from storage.records import Forgotten, Picture, Product
from storage.records.round_records import Question, Round
from tests.simulation.renderers import PlainRenderer
from tests.simulation.stories import Story

_AT = datetime(2027, 1, 4, 9, tzinfo=UTC)  # of an edition whose scores were shown before


class MessageRenderer(PlainRenderer):
    """Each figure as `/pulse score` answers it, and what people are told in their own words."""

    def round(self, one: Round, found: RoundSum | None) -> str:
        """A round alone, as the newest one and as the one before."""
        name = one.question.product_id
        alone = _answer(name, ChosenRounds(now=(one,)))
        before = _answer(name, ChosenRounds(before=(one,)), instrument=one.question.instrument)
        return f"{super().round(one, found)} {alone} {before}"

    def total(self, title: str, found: RoundSum, rounds: Sequence[Round]) -> str:
        """Rounds added up."""
        shown = _answer(title, ChosenRounds(now=tuple(rounds)))
        return f"{super().total(title, found, rounds)} {shown}"

    def story(self, story: Story) -> str:
        """The digest with thread, cards and pictures, when quiet too; trend, reasons, shared card."""
        return f"{super().story(story)} {json.dumps(list(_messages(story)), ensure_ascii=False, default=str)}"

    def counted_before(self, person: str, found: CountedBefore) -> str:
        """What somebody is told who was counted lately."""
        return f"{super().counted_before(person, found)} {was_counted(MRKDWN, found)}"

    def forgotten(self, comments: int, answers: int) -> str:
        """What was erased of somebody."""
        told = forgotten(Forgotten(comments=comments, answers=answers))
        return f"{super().forgotten(comments, answers)} {json.dumps(told)}"

    def waits(self, question: Question, wait: Wait, counted_on: date | None) -> str:
        """Why a question is not counted."""
        told = Progress(
            channel_id=question.channel_id,
            stage=STAGES[wait.why],
            answers=wait.people,
            score_from=wait.need,
            counts_from=counted_on,
        )
        return f"{super().waits(question, wait, counted_on)} {waiting(MRKDWN, [told], 'UTC')}"


def _answer(name: str, chosen: ChosenRounds, *, instrument: str | None = None) -> str:
    """What `/pulse score` answers of these rounds."""
    asked = INSTRUMENTS[instrument or chosen.now[0].question.instrument]
    side = build_side(asked.lens, SideInput(instrument=asked.key, rounds=chosen), min_group=5)
    product = Product(team_id="T1", id=name, name=name)
    return json.dumps(score_answer([(product, side)], zone="UTC"), ensure_ascii=False)


def _messages(story: Story) -> Iterator[object]:
    """Everything that the product says of a story, when it is new and when it was shown before."""
    made, product = story.contrast, story.title
    told_sides = [side for side in sides(made) if side.instrument]
    channels = sorted({name for side in told_sides for name in side.channels})
    yield trend_answer(story.longest, product, next_asked={})
    yield trend_answer(told_sides, product, next_asked={}, plain=True)
    yield why_answer([(product, told_sides)], min_group=5, zone="UTC")
    yield how_view(sides(made), product, min_group=5, zone="UTC")
    shown_before = made.with_sides([replace(side, counted_since_last=False) for side in sides(made)])
    for each in (made, shown_before, replace(shown_before, last_on=_AT)):
        picture = Picture(file="F1", words=strips_aloud(each))
        yield edition(each, edition_id="e", link=lambda _: None, zone="UTC", picture=picture)
        yield edition(each, edition_id="e", link=lambda _: None, zone="UTC")
        yield strips_aloud(each)
        yield [repr(picture_side(side, product)) for side in sides(each)]
        yield thread(each)
    yield contrast_answer(made, zone="UTC")
    quiet = Outlook(made_on=_AT.date(), same_as=_AT.date())
    yield quiet_post(shown_before, quiet, edition_id="e", link=lambda _: None, zone="UTC")
    yield history_aloud(story.longest, product)
    yield [repr(picture_side(side, product)) for side in story.longest]
    for channel in channels:
        yield share_card(made, channel_id=channel, share_id="s", name="Ann", next_step=None)
