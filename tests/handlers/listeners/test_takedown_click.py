"""A lead takes a question down: open, while it is counted, or long after."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.records import Round
from tests.conftest import Company, Running
from tests.handlers.scene import refused, rows, told


async def test_a_taken_down_question_takes_its_answers_along(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The button asks once, only leads may press it, then post and answers are gone."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Wrong."})
    answer = await running.type(company.people[0], company.channel, "takedown 1")
    assert answer is not None
    assert answer.text == (
        "Only Priya Nair, other leads of this question and workspace admins can take it down."
    )
    asked = await running.type(company.lead, company.channel, "takedown 1")
    assert asked is not None
    assert "with 6 answers" in asked.text
    assert question in company.channel.messages
    await running.slack.click(company.lead, asked, "take_down")
    await running.step(timedelta(seconds=6))
    assert question not in company.channel.messages
    assert told(running, company.lead) == ("Question 1 is taken down. Its answers and comments are erased.")
    tables = rows(tmp_path)
    assert not tables["rating"]
    assert not tables["comment"]
    assert not tables["label"]
    again = await running.type(company.lead, company.channel, "takedown 1")
    assert again is not None
    assert "Nothing was changed." in again.text
    assert not running.slack.troubles
    assert not refused(running.slack)


async def rounds_of(running: Running, company: Company) -> list[Round]:
    """Every round about Atlas in the channel that stands."""
    store, team_id = running.bot.store, company.lead.team_id
    product = await store.products.find(team_id, "Atlas")
    assert product is not None
    return await store.rounds.about(team_id, [company.channel.id], product_id=product.id)


async def test_a_counted_question_is_taken_down_with_its_round(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Long after the count: the confirmation names the round that goes, then no figure has it."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    assert len(await rounds_of(running, company)) == 1
    await running.step(timedelta(days=30))
    asked = await running.type(company.lead, company.channel, "takedown 1")
    assert asked is not None
    assert (
        "1 round is withdrawn: that of 9 November, 10 answers. All other rounds stay as they are."
        in asked.text
    )
    await running.slack.click(company.lead, asked, "take_down")
    await running.step(timedelta(seconds=6))
    assert told(running, company.lead).endswith("The score of 9 November is withdrawn.")
    assert question not in company.channel.messages
    assert await rounds_of(running, company) == []
    assert not rows(tmp_path)["rating"]
    assert len(rows(tmp_path)["participation"]) == 10  # they were counted, and are not counted anew
    assert not running.slack.troubles
    assert not refused(running.slack)


@pytest.mark.parametrize("counted_first", [True, False])
async def test_a_question_is_taken_down_while_it_is_counted(
    counted_first: bool,  # noqa: FBT001
    running: Running,
    company: Company,
    tmp_path: Path,
) -> None:
    """Whichever is first, the count or the press of the button: no answer and no score is left."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.step(timedelta(days=7, minutes=14))
    asked = await running.type(company.lead, company.channel, "takedown 1")
    assert asked is not None
    assert "No round goes with it, so all scores stay." in asked.text
    if counted_first:
        await running.step(timedelta(minutes=2))
    await running.slack.click(company.lead, asked, "take_down")
    await running.step(timedelta(minutes=2))
    said = "Question 1 is taken down. Its answers and comments are erased."
    assert told(running, company.lead).startswith(said)
    assert ("is withdrawn" in told(running, company.lead)) is counted_first
    await running.step(timedelta(days=1))
    assert await rounds_of(running, company) == []
    assert not rows(tmp_path)["rating"]
    assert len(rows(tmp_path)["round"]) == counted_first
