"""`/pulse score` and `/pulse contrast`: the ladder of how many answers allow which claim."""

import re
from datetime import timedelta

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


async def test_four_answers_are_a_count(running: Running, company: Company) -> None:
    """Under five: how many, until when more can come, and nothing of what they chose."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people[:4]:
        await running.click(user, question, 9)
    text = await score(running, company)
    assert text.startswith("Atlas, NPS: 4 answers so far. Scores are shown from 5, so that nobody can be")
    assert "The question is open until Monday 9 November at 10:00 CET." in text
    await running.count()
    assert (await score(running, company)).startswith("Atlas, NPS: 4 answers so far.")
    contrast = await score(running, company, "contrast")
    assert contrast.startswith("Atlas: not enough answers yet.")
    assert "NPS +" not in contrast


async def test_open_answers_count_only_from_the_close_on(running: Running, company: Company) -> None:
    """Ten answers of an open question are a number of people, so that nobody is led by the others."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people:
        await running.click(user, question, 9)
    text = await score(running, company)
    assert text.startswith("Atlas, NPS: 10 answers so far. They count once the question has closed.")
    assert "+100" not in await score(running, company, "contrast")


async def test_five_to_nine_are_words(running: Running, company: Company) -> None:
    """A band and a base, no figure and no classes."""
    await asked(running, company, company.people[:7])
    text = await score(running, company)
    assert re.match(r"Atlas, NPS: 7 answers, [a-z ]+\. A score is shown from 10\.", text)
    assert "chose" not in text
    assert not re.search(r"plus \d|minus \d|NPS \+", text)


async def test_ten_to_nineteen_are_early(running: Running, company: Company) -> None:
    """A figure with its range said first as far off as it may be, and no trend."""
    await asked(running, company, crowd(running, company)[:12])
    text = await score(running, company)
    assert text.startswith("Atlas, NPS: early, ")
    assert "from 12 of 28" in text
    assert "The true value could be anywhere from" in text
    assert "No trend yet." in text


async def test_twenty_and_more_are_compared_with_the_time_before(running: Running, company: Company) -> None:
    """Score, range, base, classes; then what was before, and no clear change without the test."""
    people = crowd(running, company)
    await asked(running, company, people[:21])
    await running.step(timedelta(weeks=6))
    await asked(running, company, people)
    text = await score(running, company)
    assert re.search(r"25 of 28 answered", text)
    assert "9 chose 9 or 10, 8 chose 7 or 8, 8 chose 0 to 6" in text
    assert "No clear change." in text
    assert "21 answers" in text
    assert "could not have been noticed" in text


async def test_both_sides_of_a_product(running: Running, company: Company) -> None:
    """The contrast has both cards and no comment; each instrument its own line in a bare score."""
    await asked(running, company, company.people)
    await asked(running, company, company.people, "seq about Atlas")
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
    await running.type(company.lead, other, "digest Atlas from #atlas")
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
    assert which == "Say which product. Try /pulse contrast about Atlas. Nothing was changed."
    assert (await score(running, company, "contrast about borea")).startswith("Borea: ")
    await running.type(company.lead, company.channel, "digest Borea")
    assert (await score(running, company, "contrast")).startswith("Borea: ")
