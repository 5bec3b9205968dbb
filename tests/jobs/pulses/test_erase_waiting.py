"""A question ends, or answers wait too long: then they are erased, and nothing else ends them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from storage.records import Round, RoundKind
from tests.conftest import Company, Running, composed
from tests.handlers.scene import refused, rows, told
from tests.jobs.scheduling import schedule

WEEK = timedelta(weeks=1)


async def weekly(running: Running, company: Company, *, answers: int = 3, words: str = "Slow.") -> Message:
    """A weekly NPS in a large channel, asked once; so many answer with a comment, and it closes."""
    await schedule(running, company, open_for="3d")
    await running.step(WEEK)
    question = company.channel.messages[-1]
    for person in company.people[:answers]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": words})
    await running.step(timedelta(days=3, minutes=20))
    return question


async def say(running: Running, company: Company, words: str, channel: Channel | None = None) -> str:
    """What the lead reads after typing words in the channel."""
    answer = await running.type(company.lead, channel or company.channel, words)
    assert answer is not None
    return answer.text


async def end(running: Running, company: Company) -> None:
    """Type `end 1`, and press the button."""
    asked = await running.type(company.lead, company.channel, "end 1")
    assert asked is not None
    await running.slack.click(company.lead, asked, "end_schedule")
    await running.bot.finish()


def kept(folder: Path) -> tuple[int, int]:
    """How many ratings and how many comments are kept."""
    tables = rows(folder)
    return len(tables["rating"]), len(tables["comment"])


async def rounds_of(running: Running, company: Company) -> list[Round]:
    """Every round about Atlas in the channel that stands."""
    store, team_id = running.bot.store, company.lead.team_id
    product = await store.products.find(team_id, "Atlas")
    assert product is not None
    return await store.rounds.about(team_id, [company.channel.id], product_id=product.id)


async def test_a_schedule_ends_with_the_answers_that_wait(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The confirmation says how many go; then they do, nothing is asked, and the message keeps its count."""
    question = await weekly(running, company)
    assert await say(running, company, "end 1") == (
        "End the schedule of question 1? NPS about Atlas, in <#C0ATLAS>, Mondays 09:00 Europe/Berlin. "
        "It is not asked again. 3 waiting answers go with it, and comments that are not listed yet. "
        "All scores stay. Button: End it."
    )
    assert kept(tmp_path) == (3, 3)
    await end(running, company)
    assert (
        told(running, company.lead) == "The schedule of question 1 has ended. 3 waiting answers are erased."
    )
    assert kept(tmp_path) == (0, 0)
    before = len(company.channel.messages)
    await running.step(3 * WEEK)
    assert len(company.channel.messages) == before
    await running.step(timedelta(seconds=2))
    assert question.text.endswith("3 answered, thank you. These answers were erased without being counted.")
    assert (await say(running, company, "end 1")).startswith("Question 1 has no schedule. ")
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_scores_stay_when_a_schedule_ends(running: Running, company: Company, tmp_path: Path) -> None:
    """A round that was counted is as it was; only what waits after it goes."""
    await weekly(running, company, answers=10)
    (made,) = await rounds_of(running, company)
    await running.step(timedelta(days=4))
    for person in company.people[:2]:
        await running.click(person, company.channel.messages[-1], 9)
    await running.step(timedelta(days=3, minutes=20))
    assert "2 waiting answers go with it" in await say(running, company, "end 1")
    await end(running, company)
    assert await rounds_of(running, company) == [made]
    assert "2 waiting answers are erased." in told(running, company.lead)
    assert kept(tmp_path)[1] == 10  # the comments of ten people are listed


async def test_what_is_open_when_a_schedule_ends_may_still_count(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Its buttons stay; with enough answers it counts, and with too few they are erased within the hour."""
    await schedule(running, company, open_for="3d")
    await running.step(WEEK)
    for person in company.people[:3]:
        await running.click(person, company.channel.messages[-1], 3)
    assert "No answers wait to be counted. Comments that are not listed yet go with it, " in await say(
        running, company, "end 1"
    )
    await end(running, company)
    assert kept(tmp_path) == (3, 0)
    await running.step(timedelta(days=3, minutes=20))
    await running.step(timedelta(hours=1))
    assert kept(tmp_path) == (0, 0)


@pytest.mark.parametrize("verb", ["pause 1", "close 1"])
async def test_pausing_and_closing_end_nothing(
    verb: str, running: Running, company: Company, tmp_path: Path
) -> None:
    """Answers that wait go on waiting, whatever else a lead does with the schedule."""
    await weekly(running, company)
    await running.step(timedelta(days=4))
    await say(running, company, verb)
    await running.step(timedelta(days=1))
    assert kept(tmp_path)[0] == 3


async def test_another_schedule_of_the_same_question_keeps_it_alive(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Only what nobody asks any more ends."""
    await schedule(running, company, open_for="3d", day="mon")
    await schedule(running, company, open_for="3d", day="fri")
    await running.step(WEEK)
    for person in company.people[:3]:
        await running.click(person, company.channel.messages[-1], 3)
    await running.step(timedelta(days=3, minutes=20))
    await running.step(timedelta(days=1))
    assert "No answers wait to be counted. Comments that are not listed yet go with it, " in await say(
        running, company, "end 1"
    )
    await end(running, company)
    assert kept(tmp_path)[0] == 3
    asked = await running.type(company.lead, company.channel, "end 2")
    assert asked is not None
    assert "3 waiting answers go with it" in asked.text
    await running.slack.click(company.lead, asked, "end_schedule")
    await running.bot.finish()
    assert kept(tmp_path)[0] == 0


async def test_what_another_lead_has_asked_once_outlives_the_schedule(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Only the answers to the schedule go, and only those are counted to its lead; the others still count."""
    await weekly(running, company)
    await running.step(timedelta(days=1))
    once = await running.ask(company.admin, company.channel, "nps about Atlas for 1 day")
    for person in company.people[3:7]:
        await running.click(person, once, 9)
    await running.step(timedelta(days=1, minutes=20))
    assert kept(tmp_path)[0] == 7
    assert "3 waiting answers go with it" in await say(running, company, "end 1")
    await end(running, company)
    assert "3 waiting answers are erased." in told(running, company.lead)
    assert kept(tmp_path) == (4, 0)
    again = await running.ask(company.admin, company.channel, "nps about Atlas for 1 day")
    for person in company.people[7:]:
        await running.click(person, again, 9)
    await running.step(timedelta(days=1, minutes=20))
    (made,) = await rounds_of(running, company)
    assert (made.n, made.kind) == (7, RoundKind.WORD)


async def test_what_another_asked_once_makes_no_word_of_an_ended_schedule(
    running: Running, company: Company
) -> None:
    """Under the schedule scores were promised from ten on: it still says so, and no word is made with it."""
    await schedule(running, company, open_for="3d")
    await running.step(WEEK)
    question = company.channel.messages[-1]
    for person in company.people[:3]:
        await running.click(person, question, 3)
    once = await running.ask(company.admin, company.channel, "nps about Atlas for 1 day")
    for person in company.people[3:6]:
        await running.click(person, once, 3)
    await end(running, company)
    await running.step(timedelta(minutes=1))
    assert "Confidential: scores only from 10 people on" in question.text
    await running.step(timedelta(days=3, minutes=20))
    assert await rounds_of(running, company) == []


async def test_the_end_of_a_schedule_makes_no_word_of_what_is_open(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """In a larger channel scores were promised from ten people on, and that holds to the last answer."""
    await schedule(running, company, open_for="3d")
    await running.step(WEEK)
    for person in company.people[:6]:
        await running.click(person, company.channel.messages[-1], 3)
    await end(running, company)
    await running.step(timedelta(days=3, minutes=20))
    assert await rounds_of(running, company) == []
    await running.step(timedelta(minutes=1))
    assert kept(tmp_path) == (0, 0)


async def test_asking_once_after_the_end_makes_no_word_of_what_is_open(
    running: Running, company: Company
) -> None:
    """The question goes on, and so does what was promised under the one that is still open."""
    await schedule(running, company, open_for="3d")
    await running.step(WEEK)
    for person in company.people[:6]:
        await running.click(person, company.channel.messages[-1], 3)
    await end(running, company)
    await running.ask(company.lead, company.channel, "nps about Atlas for 5 days")
    await running.step(timedelta(days=3, minutes=20))
    assert await rounds_of(running, company) == []
    for person in company.people[6:9]:
        await running.click(person, company.channel.messages[-1], 3)
    await running.step(timedelta(days=2, minutes=20))
    assert await rounds_of(running, company) == []


async def test_who_does_not_lead_it_ends_nothing(running: Running, company: Company, tmp_path: Path) -> None:
    """The refusal says who may, and a pulse of another channel is not known."""
    await weekly(running, company)
    answer = await running.type(company.people[0], company.channel, "end 1")
    assert answer is not None
    assert answer.text == "Only Priya Nair, other leads of this question and workspace admins can end it."
    assert "There is no question 1 in this channel." in await say(running, company, "end 1", company.team)
    assert kept(tmp_path) == (3, 3)


async def test_a_question_is_re_worded_while_a_wave_waits(
    running: Running, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The former question ends when the new one is asked: the two are never counted together."""
    await weekly(running, company, answers=9)
    assert kept(tmp_path) == (9, 9)
    monkeypatch.setattr("jobs.pulses.open_waves.UI_VERSION", 2)
    await running.step(timedelta(days=4))
    assert kept(tmp_path) == (0, 9)  # nine people have written, so their comments are listed
    for person in company.people[:9]:
        await running.click(person, company.channel.messages[-1], 3)
    await running.step(timedelta(days=3, minutes=20))
    assert await rounds_of(running, company) == []
    assert kept(tmp_path)[0] == 9


async def test_answers_that_wait_for_26_weeks_are_erased_and_their_lead_is_told_once(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """A day less changes nothing; then answers and unlisted comments are gone, and one message says so."""
    await weekly(running, company)
    await say(running, company, "pause 1")
    await running.step(timedelta(days=181))
    assert kept(tmp_path)[0] == 3
    assert not running.slack.dms(company.lead)
    await running.step(timedelta(days=1))
    assert kept(tmp_path) == (0, 0)
    for _ in range(3):
        await running.step(timedelta(hours=1))
    (notice,) = [message.text for message in running.slack.dms(company.lead)]
    assert notice == (
        "3 answers to question 1 (NPS about Atlas) in <#C0ATLAS>, closed on 12 Nov 2026, waited 26 weeks for "
        "enough others. They are erased now, with comments that were not listed."
    )


async def test_a_change_of_settings_never_lowers_a_promise(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """Asked when 12 were promised, it needs 12 though the setting is 5 by now, and goes on saying so."""
    async with composed(slack, clock, tmp_path, BIFOCAL_MIN_GROUP="12") as running:
        question = await running.ask(company.lead, company.channel)
        assert "Confidential: scores only from 12 people on" in question.text
    async with composed(slack, clock, tmp_path, BIFOCAL_MIN_GROUP="5") as running:
        for person in company.people:
            await running.click(person, question, 3)
        await running.step(timedelta(seconds=6))
        assert "Confidential: scores only from 12 people on" in question.text
        await running.count()
        assert await rounds_of(running, company) == []
        assert kept(tmp_path)[0] == 10
