"""What stands between answers and their next score, where many questions wait at once."""

import pytest

from jobs.messages.wording.voice import MRKDWN
from jobs.messages.wording.waiting_words import waiting
from jobs.privacy.progress_rule import Progress, Stage

NEED = "A score needs 10, so that nobody can be picked out. No next question is planned."


@pytest.mark.parametrize(
    "channels, said",
    [
        (["C1"], [f"No answers so far. {NEED}"]),
        (["C1", "C2"], [f"<#C1>: no answers so far. {NEED}", f"<#C2>: no answers so far. {NEED}"]),
        (["C1", "C1"], [f"<#C1>, two questions, each: no answers so far. {NEED}"]),
        (["C1"] * 23, [f"<#C1>, 23 questions, each: no answers so far. {NEED}"]),
    ],
)
def test_questions_of_which_the_same_is_said(channels: list[str], said: list[str]) -> None:
    """Those of one channel share a paragraph, so that none is read twice."""
    progress = [Progress(channel_id=each, stage=Stage.TOO_FEW, score_from=10) for each in channels]
    assert waiting(MRKDWN, progress, None) == said


@pytest.mark.parametrize(
    "channels, last",
    [(7, "One more question is open or waiting."), (40, "34 more questions are open or waiting.")],
)
def test_more_questions_than_have_room(channels: int, last: str) -> None:
    """Six are told, the rest is counted, and Slack takes all of it in one block."""
    progress = [
        Progress(channel_id=f"C{place}", stage=Stage.TOO_FEW, answers=4, score_from=10)
        for place in range(channels)
    ]
    *first, rest = waiting(MRKDWN, progress, None)
    assert (len(first), rest) == (6, last)
    assert len(MRKDWN.lines(*first, rest)) < 2500
