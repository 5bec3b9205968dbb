"""What the model shows, in the product's own messages, beside the plain line that says every figure.

The lists of comments and the cuts stay plain: their messages are made of records that the model has not.
Through the real bot they are compared too.
"""

import json
from collections.abc import Sequence
from datetime import date

from jobs.contrast.side import SideInput, build_side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report.score_answer import score_answer
from jobs.messages.respondent.forget_answer import forgotten
from jobs.messages.respondent.receipts import was_counted
from jobs.messages.wording.voice import MRKDWN
from jobs.messages.wording.waiting_words import waiting
from jobs.privacy.progress_rule import STAGES, Progress
from jobs.privacy.repeat_rule import CountedBefore
from jobs.privacy.round_rule import Wait
from jobs.scoring.chosen_rounds import ChosenRounds
from jobs.scoring.score import RoundSum
from storage.records import Forgotten, Product
from storage.records.round_records import Question, Round
from tests.simulation.renderers import PlainRenderer


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
