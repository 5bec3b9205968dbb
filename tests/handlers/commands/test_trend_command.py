"""`/pulse trend`: a row a round, what changed by the tested rule, and the picture where it can be had."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import ServerError
from bot.sandbox.model.messages import Message
from handlers import replies
from jobs.charts import canvas
from tests.conftest import Company, Running

WEEK = timedelta(days=7)
WIDE = canvas.WIDTH  # read here, so that no answer waits for the drawing library to be imported


async def ask_and_count(running: Running, company: Company, points: list[int], words: str = "nps") -> None:
    """A question that people answer with these points, and that is counted; four weeks after the last."""
    await running.step(3 * WEEK)
    question = await running.ask(company.lead, company.channel, f"{words} about Atlas")
    for user, point in zip(company.people, points, strict=True):
        await running.click(user, question, point)
    await running.count()


async def trend(running: Running, company: Company, words: str = "trend") -> Message:
    """What a member of the channel is answered."""
    answer = await running.type(company.people[0], company.channel, words)
    assert answer is not None
    return answer


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def cells(message: Message) -> list[list[str]]:
    (table,) = (block for block in message.blocks if block["type"] == "table")
    return [[cell["text"] for cell in row] for row in table["rows"][1:]]


def alt(message: Message) -> Any:
    return next(block["alt_text"] for block in message.blocks if block["type"] == "image")


MIXED, GOOD = [9, 9, 9, 9, 8, 8, 8, 3, 3, 3], [9, 9, 9, 9, 9, 9, 9, 8, 3, 3]


async def test_two_rounds_are_a_story(running: Running, company: Company) -> None:
    """Each round has its own row, with its day and how many answered; the picture shows them too."""
    await ask_and_count(running, company, MIXED)
    await ask_and_count(running, company, GOOD)
    answer = await trend(running, company)
    assert kinds(answer) == ["section", "image", "table", "context"]
    assert cells(answer) == [["28 Dec", "+50 (10)"], ["30 Nov", "+10 (10)"]]
    assert alt(answer) == "The last rounds of one side. Being a customer, NPS: plus 10, plus 50."
    assert answer.text.startswith("Atlas, last two rounds. Being a customer: ")
    assert "28 December: NPS plus 50 (10). 30 November: NPS plus 10 (10). In brackets:" in answer.text
    assert "A round is one or more closed questions with 10 people or more." in answer.text


async def test_a_change_is_said_by_the_tested_rule_alone(running: Running, company: Company) -> None:
    """What the test does not show is called no clear change; what it shows has its two days."""
    for points in (GOOD, GOOD, GOOD):
        await ask_and_count(running, company, points)
    quiet = await trend(running, company)
    assert "Being a customer: no clear change since" in quiet.text
    for _ in range(2):
        await ask_and_count(running, company, [0] * 7 + [7, 7, 7])
    worse = await trend(running, company)
    assert re.search(r"Being a customer: got worse between \d+ \w+ and \d+ \w+\.", worse.text)
    assert "*got worse*" in worse.blocks[0]["text"]["text"]


async def test_one_round_is_no_trend(running: Running, company: Company) -> None:
    """With one round its score is told, and that a trend needs two; before it, what is waited for."""
    await running.ask(company.lead, company.channel, "nps about Atlas")
    assert "Atlas, NPS: No answers so far." in (await trend(running, company, "trend nps")).text
    await running.count()
    await ask_and_count(running, company, MIXED)
    answer = await trend(running, company, "trend nps")
    assert answer.text.endswith(": plus 10, 10 answers. A trend needs two. No next one is planned."), (
        answer.text
    )
    assert kinds(answer) == ["section"]


async def test_a_period_chooses_rounds(running: Running, company: Company) -> None:
    """A length such as 6m and a month take the rounds that closed in them."""
    for points in (MIXED, GOOD, MIXED):
        await ask_and_count(running, company, points)
    assert len(cells(await trend(running, company, "trend nps 6m"))) == 3
    assert len(cells(await trend(running, company, "trend nps 6w"))) == 2
    one = await trend(running, company, "trend nps 2026-11")
    assert "one round from 1 to 30 November" in one.text


@pytest.mark.parametrize(
    "words, said",
    [
        ("trend sus", "SUS has not been asked here yet."),
        ("trend nps 9x", '"9x" is not a period.'),
        ("trend nps 90m", '"90m" is too long: figures go back two years at most.'),
        ("trend fnord", 'There is no question "fnord".'),
    ],
)
async def test_what_cannot_be_answered_is_said(
    running: Running, company: Company, words: str, said: str
) -> None:
    """A question that was never asked, and words that mean nothing, get one sentence."""
    await running.ask(company.lead, company.channel)
    assert said in (await trend(running, company, words)).text


async def test_without_a_picture_the_rounds_stand_in_words(running: Running, company: Company) -> None:
    """An upload that fails costs the picture, not the answer."""
    await ask_and_count(running, company, MIXED)
    await ask_and_count(running, company, GOOD)
    running.slack.faults.add("upload", ServerError(500))
    assert kinds(await trend(running, company)) == ["section", "table", "context"]


async def test_a_picture_that_slack_refuses_is_left_out(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that is not processed in time is left out of a private answer, which comes once."""
    monkeypatch.setattr(replies, "PICTURE_PAUSES", (0, 0))
    await ask_and_count(running, company, MIXED)
    await ask_and_count(running, company, GOOD)
    running.slack.files.processing = timedelta(days=1)
    seen = len(running.slack.ephemerals(company.people[0], company.channel))
    assert kinds(await trend(running, company)) == ["section", "table", "context"]
    assert len(running.slack.ephemerals(company.people[0], company.channel)) == seen + 1
