"""`/pulse score` and `/pulse contrast`: figures of whole rounds, and what stands before them."""

import re
from datetime import timedelta

import pytest

from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.handlers.scene import refused


def crowd(running: Running, company: Company) -> list[User]:
    """Twenty-five people in the channel."""
    more = [running.slack.workspace.add_user(f"More {number}", id=f"U0M{number:02d}") for number in range(15)]
    company.channel.members += [user.id for user in more]
    return [*company.people, *more]


async def asked(
    running: Running, company: Company, users: list[User], words: str = "nps about Atlas"
) -> None:
    """A question that these people answered, by turns 9, 8 and 3, and that counts by now."""
    question = await running.ask(company.lead, company.channel, words)
    for number, user in enumerate(users):
        await running.click(user, question, (9, 8, 3)[number % 3] if words.startswith("nps") else 6)
    await running.count()


async def score(running: Running, company: Company, words: str = "score nps") -> str:
    """What a member reads, as a screen reader says it."""
    answer = await running.type(company.people[0], company.channel, words)
    assert answer is not None
    return answer.text


async def test_nothing_asked(running: Running, company: Company) -> None:
    """Without a question there is no figure but a way to begin; one of another kind is no answer."""
    start = "Nothing has been asked here yet. Start with /pulse ask nps about Atlas."
    assert await score(running, company, "score") == start
    assert await score(running, company, "contrast") == start
    assert await score(running, company, "comments") == start
    await running.ask(company.lead, company.channel)
    assert await score(running, company, "score sus") == (
        "SUS has not been asked here yet. Start with /pulse ask sus about Atlas."
    )


async def test_a_count_that_fails_is_said_to_be_late(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the promised moment is over no score is "ready" then: the count is late and tried again."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people:
        await running.click(user, question, 9)
    monkeypatch.setattr(
        "jobs.pulses.count_rounds.decide_count", lambda *_, **__: (_ for _ in ()).throw(OSError)
    )
    await running.step(timedelta(days=7, minutes=2))
    assert "the score is ready Monday 9 November at 10:16 CET." in await score(running, company)
    await running.step(timedelta(minutes=30))
    said = await score(running, company)
    assert said == (
        "Atlas, NPS: Closed with 10 answers. "
        "They should have been counted by Monday 9 November at 10:16 CET. "
        "The count is late; it is tried again, at least once an hour."
    )
    assert "no customer score yet" in await score(running, company, "contrast")
    monkeypatch.undo()
    await running.step(timedelta(minutes=10))
    assert "late" not in await score(running, company)


async def test_four_answers_are_a_count(running: Running, company: Company) -> None:
    """Under five: how many, when it closes, then what more is needed; nothing of what they chose."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people[:4]:
        await running.click(user, question, 9)
    text = await score(running, company)
    assert text.startswith("Atlas, NPS: 4 answers so far. Scores come when the question has closed")
    assert "It closes Monday 9 November at 10:00 CET." in text
    await running.count()
    assert await score(running, company) == (
        "Atlas, NPS: 4 people answered. A word needs 5 and a score 10, so that nobody can be picked out. "
        "These 4 join the next round; none is planned. After 26 weeks without one they are erased."
    )
    contrast = await score(running, company, "contrast")
    assert contrast.startswith("Atlas: too few customer answers so far; users are not asked here.")
    assert "plus" not in contrast


async def test_open_answers_count_only_from_the_close_on(running: Running, company: Company) -> None:
    """Ten answers of an open question are a number of people, so that nobody is led by the others."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people:
        await running.click(user, question, 9)
    assert (await score(running, company)).startswith("Atlas, NPS: 10 answers so far. Scores come when")
    assert "plus" not in await score(running, company, "contrast")
    await running.step(timedelta(days=7, minutes=1))
    ready = "the score is ready Monday 9 November at 10:16 CET."
    assert ready in await score(running, company)
    await running.step(timedelta(minutes=15))
    assert "10 of 13 answered" in await score(running, company)


async def test_five_to_nine_are_a_word(running: Running, company: Company) -> None:
    """Which way they lean and how many answered, no figure and no classes."""
    await asked(running, company, company.people[:7])
    text = await score(running, company)
    assert text.startswith("Atlas, NPS: leaning good, 7 of 13 answered. A number is shown from 10")
    assert "chose" not in text
    assert not re.search(r"plus \d|minus \d|NPS \+", text)


async def test_ten_and_more_are_a_score(running: Running, company: Company) -> None:
    """A score with its word, its range, how many answered and who chose what, also where few did."""
    await asked(running, company, crowd(running, company)[:12])
    text = await score(running, company)
    assert text.startswith(
        "Atlas, NPS 0, unclear: poor, mixed or good are all possible. Likely minus 40 to plus 40, "
    )
    assert "12 of 28 answered. 4 chose 9 or 10, 4 chose 7 or 8, 4 chose 0 to 6." in text


async def test_the_score_before_stands_under_it(running: Running, company: Company) -> None:
    """The newest round alone is the score; under it stand the one before, and what the test of both says."""
    people = crowd(running, company)
    await asked(running, company, people[:21])
    await running.step(timedelta(weeks=6))
    await asked(running, company, people)
    text = await score(running, company)
    assert re.search(r"25 of 28 answered", text)
    assert "9 chose 9 or 10, 8 chose 7 or 8, 8 chose 0 to 6" in text
    assert "November: 0, 21 answers. No clear change. With so few answers, only a change of " in text


async def test_two_ordinary_questions_do_not_tell_one_answer(running: Running, company: Company) -> None:
    """Eleven answered, ten of them again a week later: no two periods differ by the eleventh."""
    people = crowd(running, company)[:11]
    await asked(running, company, people)
    before = await score(running, company, "score nps 30d")
    assert "11 of 28 answered" in before
    question = await running.ask(company.lead, company.channel)
    for user in people[1:]:
        await running.click(user, question, 9)
    await running.count()
    month = await score(running, company, "score nps 30d")
    week = await score(running, company, "score nps 7d")
    assert month.startswith(before[:90])
    assert "11 of 28 answered" in month
    assert "10 people answered. This question was counted on 9 November; new answers are" in month
    assert "Nothing was counted from" in week
    assert "11 answers" in week


async def test_a_period_adds_whole_rounds(running: Running, company: Company) -> None:
    """Two rounds of one question are added by answers, with how many rounds they are."""
    people = crowd(running, company)
    await asked(running, company, people)
    await running.step(timedelta(weeks=4))
    await asked(running, company, people[:20])
    assert "45 answers, 2 rounds" in await score(running, company, "score nps 20w")
    assert "20 of 28 answered" in await score(running, company, "score nps")


async def test_overlapping_channels_do_not_tell_one_answer(running: Running, company: Company) -> None:
    """Two channels with ten people in common do not both count them: the second has its own, or waits."""
    people = crowd(running, company)
    other = running.slack.add_channel("buyers", company.lead, *people[:11], id="C0BUYERS")
    await asked(running, company, people[:10])
    question = await running.ask(company.lead, other)
    for user in people[:11]:
        await running.click(user, question, 9)
    await running.count()
    answer = await running.type(people[0], other, "score nps")
    assert answer is not None
    assert "11 people answered. A word needs 5 and a score 10, so that" in answer.text
    assert "Who was counted for the same lately does not count again yet." in answer.text
    assert "plus" not in answer.text


async def test_a_withdrawn_score_says_so(running: Running, company: Company) -> None:
    """Once one of its questions was taken down, a score is gone, and the reason is the true one."""
    await asked(running, company, company.people)
    taken_down = await running.type(company.lead, company.channel, "takedown 1")
    assert taken_down is not None
    await running.slack.click(company.lead, taken_down, "take_down")
    await running.settle()
    text = await score(running, company)
    assert text == ("Atlas, NPS: The score of 9 November was withdrawn: one of its questions was taken down.")


async def test_names_are_never_in_one_figure_with_others(running: Running, company: Company) -> None:
    """What was asked with names has a score of its own, and speaks for no side beside another question."""
    await asked(running, company, company.people)
    await running.step(timedelta(weeks=4))
    await running.type(company.lead, company.channel, "ask")
    for fields in ({"product": "Atlas", "open_for": "7d", "names": "named"}, {}):
        await running.slack.submit(company.lead, running.slack.views(company.lead)[-1], fields)
        await running.settle()
    question = company.channel.messages[-1]
    for user in company.people:
        await running.click(user, question, 9)
    await running.count()
    text = await score(running, company)
    assert "Atlas, NPS plus 10," in text
    assert "Atlas, NPS with names plus 60 or more" in text
    assert "with names" not in await score(running, company, "contrast")


async def test_both_sides_of_a_product(running: Running, company: Company) -> None:
    """The contrast has both cards and no comment; each instrument its own line in a bare score."""
    await asked(running, company, company.people)
    await asked(running, company, company.people, "seq about Atlas: send an invoice")
    text = await score(running, company, "contrast")
    assert "Being a customer" in text
    assert "10 of 13 answered" in text
    both = await score(running, company, "score")
    assert "Atlas, NPS" in both
    assert "Atlas, SEQ" in both
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_another_channel_learns_nothing(running: Running, company: Company) -> None:
    """Only its own questions and those of sources that a digest names; an admin may ask by name."""
    await asked(running, company, company.people)
    slack = running.slack
    other = slack.add_channel("other", company.people[0], company.lead, company.admin, id="C0OTHER")
    for words in ("score", "score nps about Atlas", "contrast about Atlas", "comments about Atlas"):
        answer = await running.type(company.people[0], other, words)
        assert answer is not None
        assert answer.text == "Nothing has been asked here yet. Start with /pulse ask nps about Atlas."
    unknown = await running.type(company.people[0], other, "score about Borea")
    assert unknown is not None
    assert unknown.text == "Nothing has been asked here yet. Start with /pulse ask nps about Borea."
    admin = await running.type(company.admin, other, "score about Atlas")
    assert admin is not None
    assert "10 of 13" in admin.text
    await running.digest(company.lead, other, "digest Atlas from #atlas")
    answer = await running.type(company.people[0], other, "score nps")
    assert answer is not None
    assert "10 of 13" in answer.text


async def test_several_products_are_told_apart(running: Running, company: Company) -> None:
    """A bare score has them all; a contrast is about one, that of the only digest, else it asks which."""
    await asked(running, company, company.people)
    await asked(running, company, company.people, "nps about Borea")
    both = await score(running, company, "score nps")
    assert "Atlas, NPS" in both
    assert "Borea, NPS" in both
    which = await score(running, company, "contrast")
    assert which == "Say which product: Atlas or Borea. Try /pulse contrast about Atlas. Nothing was changed."
    assert (await score(running, company, "contrast about borea")).startswith("Borea: ")
    await running.digest(company.lead, company.channel, "digest Borea")
    assert (await score(running, company, "contrast")).startswith("Borea: ")
