"""`/pulse list`, `pause`, `resume`, `close`, `takedown`: what runs here, and its leads' levers."""

from datetime import timedelta
from pathlib import Path

from tests.conftest import Company, Running
from tests.handlers.scene import refused, rows
from tests.jobs.scheduling import schedule


async def say(running: Running, company: Company, words: str) -> str:
    """What the lead reads after typing words in the channel."""
    answer = await running.type(company.lead, company.channel, words)
    assert answer is not None
    return answer.text


async def test_a_schedule_is_paused_and_goes_on(running: Running, company: Company) -> None:
    """Paused, nothing is asked, also not what was missed; resumed, the next time is said and kept."""
    await schedule(running, company)
    assert "Question 1: NPS about Atlas, Mondays 09:00 Europe/Berlin" in (await say(running, company, "list"))
    assert (await say(running, company, "pause 1")) == (
        "Question 1 is paused. It goes on with /pulse resume 1."
    )
    assert "paused" in await say(running, company, "list")
    await running.step(timedelta(days=10))
    assert not company.channel.messages
    resumed = await say(running, company, "resume 1")
    assert resumed == (
        "Question 1 goes on. Mondays 09:00 Europe/Berlin. Next: Monday 16 November at 09:00 CET."
    )
    await running.settle()
    assert not company.channel.messages
    await running.step(timedelta(days=4))
    assert len(company.channel.messages) == 1
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_closing_ends_an_open_question(running: Running, company: Company) -> None:
    """The buttons go, the count stays, and the answers count after the grace."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 9)
    assert "Question 1: NPS about Atlas, open until" in await say(running, company, "list")
    running.clock.step(timedelta(hours=1))
    assert await say(running, company, "close 1") == "Question 1 is closed. 6 answers."
    await running.step(timedelta(seconds=6))
    assert "6 answered, thank you." in question.text
    assert not any(block["type"] == "actions" for block in question.blocks)
    assert await say(running, company, "close 1") == (
        "Question 1 is not open. /pulse list shows what is open here. Nothing was changed."
    )
    assert "Closed with 6 answers. Open forms have 15 minutes" in await say(running, company, "score")
    await running.step(timedelta(minutes=15))
    assert "NPS: leaning good, 6 of 13 answered." in await say(running, company, "score")
    assert "1 one-off question has ended." in await say(running, company, "list")


async def test_what_was_asked_once_has_no_schedule(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Pausing or resuming it changes nothing."""
    await running.ask(company.lead, company.channel)
    before = rows(tmp_path)
    for verb in ("pause", "resume"):
        answer = await say(running, company, f"{verb} 1")
        assert answer.startswith("Question 1 has no schedule. /pulse close 1 ends it while it is open;")
    assert rows(tmp_path) == before


async def test_levers_are_for_leads_and_admins(running: Running, company: Company, tmp_path: Path) -> None:
    """Anybody may list; others read who may do what, and nothing changes."""
    await schedule(running, company)
    await running.step(timedelta(days=7))
    before = rows(tmp_path)
    for words in ("pause 1", "resume #1", "close pulse 1", "takedown 1"):
        answer = await running.type(company.people[0], company.channel, words)
        assert answer is not None
        assert answer.text.startswith(
            "Only Priya Nair, other leads of this question and workspace admins can"
        )
    assert "open until" in str(await running.type(company.people[0], company.channel, "list"))
    assert rows(tmp_path) == before
    answer = await running.type(company.admin, company.channel, "pause 1")
    assert answer is not None
    assert "The question that is open stays open until" in answer.text


async def test_a_list_says_from_when_on_new_answers_count(running: Running, company: Company) -> None:
    """A question that was counted within the four weeks says so, while it is open again; no other does."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:10]:
        await running.click(person, question, 9)
    await running.count()
    await running.ask(company.lead, company.channel)
    await running.ask(company.lead, company.channel, "csat about Atlas")
    said = await say(running, company, "list")
    sentence = "This question was counted on 9 November; new answers are counted from 6 December on."
    assert said.count(sentence) == 1
    assert sentence in said.split("Question 2:")[1]
    assert "1 one-off question has ended." in said
