"""Answers with names are for the leads of their question and for admins, page by page."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, lifeless, refused, rows, told

LEADS_ONLY = "Answers with names on being a customer are read by Priya Nair and workspace admins."


async def ask_with_names(running: Running, company: Company) -> Message:
    """NPS about Atlas with names, asked by form."""
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    await running.slack.submit(company.lead, form, {"product": "Atlas", "names": "named", "open_for": "7d"})
    await running.bot.finish()
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    return company.channel.messages[-1]


async def answer(running: Running, user: User, question: Message, point: int, words: str = "") -> None:
    """A click, a second after whoever came before, and a comment if there are words."""
    running.clock.step(timedelta(seconds=1))
    await running.click(user, question, point)
    if words:
        await running.slack.submit(user, running.slack.views(user)[-1], {"comment": words})


async def read(running: Running, company: Company, user: User, words: str = "answers") -> str:
    """What somebody reads after `/pulse answers`."""
    page = await running.type(user, company.channel, words)
    assert page is not None
    return page.text


async def test_leads_read_name_answer_and_comment_newest_first(running: Running, company: Company) -> None:
    """Three at a time; the button brings the others in place; nothing that was written becomes active."""
    question = await ask_with_names(running, company)
    for number, person in enumerate(company.people[:4]):
        await answer(running, person, question, number, f"Call me <!channel> {number}" if number != 1 else "")
    page = await running.type(company.lead, company.channel, "answers")
    assert page is not None
    assert page.text.startswith(
        "Atlas: 4 answers with names, newest first. Person 3 chose 3: NPS about Atlas, 2 November. "
    )
    assert "Person 2 chose 2" in page.text
    assert "Call me" in page.text
    assert "Person 0" not in page.text
    assert "1 to 3 of 4." in page.text
    assert lifeless(page)
    await running.slack.click(company.lead, page, "more_answers")
    await running.bot.finish()
    assert "Person 0 chose 0: NPS about Atlas" in told(running, company.lead)
    assert "Call me &lt;!channel&gt; 0. 4 of 4. Only" in told(running, company.lead)
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_after_the_count_they_still_know(running: Running, company: Company, tmp_path: Path) -> None:
    """A count keeps the tie where the question said so, and its comments are in no list of others."""
    question = await ask_with_names(running, company)
    for person in company.people:
        await answer(running, person, question, 9, "Please call me.")
    await running.count()
    assert len(rows(tmp_path)["rating"]) == 10
    assert "10 answers with names" in await read(running, company, company.admin)
    assert "Please call me." in await read(running, company, company.lead, "answers customer about ATLAS")
    assert "Please call me." not in await read(running, company, company.lead, "comments")


async def test_others_read_who_may(running: Running, company: Company) -> None:
    """Neither a member of the channel nor who answered reads anything but who may."""
    question = await ask_with_names(running, company)
    await answer(running, company.people[0], question, 9, "Please call me.")
    for person in company.people[:2]:
        assert await read(running, company, person) == LEADS_ONLY


async def test_a_confidential_question_gives_no_answers(running: Running, company: Company) -> None:
    """Not to its lead, not to an admin: the sentence says why."""
    question = await running.ask(company.lead, company.channel)
    await answer(running, company.people[0], question, 9, "Mine.")
    for reader in (company.lead, company.admin):
        assert await read(running, company, reader) == (
            "No question here is asked with names, so nobody can read who chose what."
        )


async def test_before_the_first_answer_it_says_so(running: Running, company: Company) -> None:
    """A lead of a question with names reads that it waits."""
    await ask_with_names(running, company)
    assert await read(running, company, company.lead) == "Nobody has answered with their name yet."
    assert "is not a side" in await read(running, company, company.lead, "answers negative")


async def test_forgetting_takes_name_and_words_and_leaves_the_total(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Nobody reads the name any more, in no row it stands; the score says what it said."""
    question = await ask_with_names(running, company)
    for number, person in enumerate(company.people):
        await answer(running, person, question, number, f"Words of {number}.")
    await running.count()
    score = await read(running, company, company.lead, "score nps")
    person = company.people[0]
    page = await running.type(person, company.channel, "forget")
    assert page is not None
    assert "Answers with your name: they go from the list" in page.text
    await running.slack.click(person, page, "forget", confirm=True)
    await running.settle()
    assert "1 comment erased, 1 answer with your name erased." in told(running, person)
    assert person.id not in repr({name: kept for name, kept in rows(tmp_path).items() if name != "post"})
    assert "9 answers with names" in await read(running, company, company.lead)
    assert await read(running, company, company.lead, "score nps") == score


@pytest.mark.parametrize("where", ["question", "preview"])
async def test_the_question_says_it_before_anybody_answers(
    where: str, running: Running, company: Company
) -> None:
    """In bold above the buttons: whose eyes, and what a named answer tells of the others."""
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    assert "This cannot be changed later." in json.dumps(form.body)
    await running.slack.submit(company.lead, form, {"product": "Atlas", "names": "named", "open_for": "7d"})
    await running.bot.finish()
    shown = json.dumps(dialog(running, company.lead))
    if where == "question":
        await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
        await running.settle()
        shown = json.dumps(company.channel.messages[-1].blocks)
    assert (
        "*With your name: Priya Nair and workspace admins see your name with your answer and your comment.*"
        in shown
    )
    assert (
        "What you answer here also tells what you probably answered without your name, "
        "and what those who do not answer here answered."
    ) in shown
