"""People see who reads what, what is kept of them, and erase it."""

import json
from datetime import timedelta
from pathlib import Path

from bot.sandbox.model.messages import Message
from jobs.contrast import from_json
from jobs.messages.report.thread import thread
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, lifeless, refused, rows, told

QUOTE = "The invoices are wrong every single month."


async def test_privacy_names_every_channel_that_reads(running: Running, company: Company) -> None:
    """Every channel whose digest takes this question as a source stands there, with its rhythm."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    await running.slack.click(person, question, "privacy")
    await running.bot.background.drain()
    assert "when somebody there asks for it" in str(dialog(running, person))
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly tue 09:00 Europe/Berlin"
    )
    await running.digest(company.lead, company.channel, "digest Atlas monthly 31 09:00 Europe/Berlin")
    await running.slack.click(person, question, "privacy")
    await running.bot.background.drain()
    page = json.dumps(dialog(running, person))
    assert "<#C0TEAM>, on Tuesdays" in page
    assert "<#C0ATLAS>, once a month" in page
    assert "Priya Nair" in page
    assert "anonymous" in page
    await running.slack.click(person, running.slack.views(person)[-1], "kept_of_me")
    await running.bot.background.drain()
    assert "Nothing is kept of you." in str(dialog(running, person))
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_no_trace_of_a_person_in_a_confidential_question(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """No row, metadata or payload of the bot holds the id of anybody who answered."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    for words in ("nps about Atlas", "umux about Atlas"):
        question = await running.ask(company.lead, company.channel, words)
        await _answer(running, company, question, words)
    await running.step(timedelta(days=7, minutes=20))
    await running.step(timedelta(days=7))
    everything = repr(rows(tmp_path))
    answered = [*company.people, company.guest]
    assert "NPS" in everything.upper()
    assert not [person.id for person in answered if person.id in everything]
    sent = [event.facts for event in running.slack.feed.of("api.request") if "chat." in event["method"]]
    assert not [person.id for person in answered if person.id in repr(sent)]
    opened = [
        event.facts["arguments"]["view"]
        for event in running.slack.feed.of("api.request")
        if event["method"].startswith("views.")
    ]
    assert opened
    assert not [person.id for person in answered if person.id in repr(opened)]


async def _answer(running: Running, company: Company, question: Message, words: str) -> None:
    for person in [*company.people, company.guest]:
        if words.startswith("nps"):
            await running.click(person, question, 6)
            await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Fine."})
        else:
            await running.slack.click(person, question, "open_form")
            await running.bot.background.drain()
            await running.slack.submit(
                person, running.slack.views(person)[-1], {"item/1": "4", "item/2": "2"}
            )


async def test_forgetting_erases_everything_and_the_quote(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Rows go in every table, the posted digest loses the quotation alone, its thread stays whole."""
    digest = await _digest_with_a_quote(running, company)
    author = company.people[0]
    assert QUOTE in json.dumps(digest.blocks)
    replies = {reply.ts: reply.text for reply in company.channel.thread(digest.ts)}
    mine = await running.type(author, company.channel, "me")
    assert mine is not None
    assert QUOTE in mine.text
    assert "NPS about Atlas: counted in November, no longer tied to you." in mine.text
    assert "chose" not in str(mine.payload())
    page = await running.type(author, company.channel, "forget")
    assert page is not None
    assert "they stay in the score and are no longer tied to you" in page.text
    key = running.bot.context.respondents.confidential(author.team_id, author.id)
    assert key in repr(rows(tmp_path))
    await running.slack.click(author, page, "forget", confirm=True)
    await running.settle()
    assert told(running, author) == (
        "You are forgotten. 1 comment erased. Counted answers were not tied to you before. "
        "Quotes of yours in posted digests are removed within minutes. "
        "Whoever compares the list of comments before and after may see which went. "
        "Backups keep old copies until whoever runs Bifocal deletes them."
    )
    for _ in range(6):
        await running.step(timedelta(seconds=2))
    left = repr(rows(tmp_path))
    assert key not in left
    assert QUOTE not in left
    assert QUOTE not in json.dumps(digest.payload())
    assert "NPS" in digest.text
    after = {reply.ts: reply.text for reply in company.channel.thread(digest.ts)}
    assert list(after) == list(replies)
    for ts, text in replies.items():
        assert after[ts].split(". ")[0] == text.split(". ")[0]
        assert QUOTE not in after[ts]
    again = await running.type(author, company.channel, "me")
    assert again is not None
    assert again.text.startswith("Nothing is kept of you. ")
    edition = await running.bot.store.editions.get(author.team_id, _edition_id(digest))
    assert edition is not None
    assert len(thread(from_json(edition.figures, edition.quotes))) == len(replies)
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_no_figure_moves_when_somebody_is_forgotten(running: Running, company: Company) -> None:
    """Score, contrast and the digest's preview are the same to the digit before and after each forget."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly wed 09:00 Europe/Berlin")
    for words in ("nps about Atlas", "seq about Atlas: send an invoice"):
        question = await running.ask(company.lead, company.channel, words)
        for number, person in enumerate([*company.people, company.guest]):
            await running.click(person, question, number % 7 + 1)
            if number < 3:  # too few for any list, so no words come and go
                await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
    await running.count()

    async def figures() -> list[str]:
        shown = []
        for words in ("score nps", "score seq", "contrast", "digest preview"):
            answer = await running.type(company.lead, company.channel, words)
            assert answer is not None
            shown.append(str([answer.text, answer.blocks]))
        return shown

    before = await figures()
    assert "11" in before[0]
    for person in (company.people[0], company.people[6]):
        page = await running.type(person, company.channel, "forget")
        assert page is not None
        await running.slack.click(person, page, "forget", confirm=True)
        await running.settle()
        assert told(running, person).startswith("You are forgotten.")
        assert await figures() == before
    assert not running.slack.troubles
    assert not refused(running.slack)


def _edition_id(message: Message) -> str:
    assert message.metadata is not None
    return str(message.metadata["event_payload"]["key"]).split("/")[1]


async def _digest_with_a_quote(running: Running, company: Company) -> Message:
    """The digest of a channel in which ten people answered, all wrote, and one may be quoted."""
    question = await running.ask(company.lead, company.channel)
    for number, person in enumerate(company.people):
        await running.click(person, question, 2)
        words = {"comment": QUOTE, "allow": ["quote"]} if not number else {"comment": "The invoice is wrong."}
        await running.slack.submit(person, running.slack.views(person)[-1], words)
    question = await running.ask(company.lead, company.channel, "seq about Atlas: send an invoice")
    for person in company.people:
        await running.click(person, question, 6)
    await running.step(timedelta(days=7, minutes=20))
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    before = len(company.channel.messages)
    await running.step(timedelta(days=6, hours=23))
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    posted = company.channel.messages[before]
    assert lifeless(posted)
    assert not any("The invoice is wrong." in str(each.payload()) for each in company.channel.messages)
    return posted


async def test_named_answers_say_so_and_keep_the_id(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """With names: the question says whose eyes, the row holds the id; no list of comments has the words."""
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    await running.slack.submit(company.lead, form, {"product": "Atlas", "names": "named"})
    await running.bot.background.drain()
    assert (
        "With your name: Priya Nair and workspace admins see your name with your answer and your comment."
        in str(dialog(running, company.lead))
    )
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    question = company.channel.messages[-1]
    assert (
        "With your name: Priya Nair and workspace admins see your name with your answer and your comment."
        in question.text
    )
    assert "Not confidential" in question.text
    for number, person in enumerate(company.people[:6]):
        await running.click(person, question, 3)
        assert "Priya Nair and workspace admins see your name with your answer and your comment." in str(
            dialog(running, person)
        )
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": f"Words {number}"})
    assert company.people[0].id in repr(rows(tmp_path)["rating"])
    await running.count()
    mine = await running.type(company.people[0], company.channel, "me")
    assert mine is not None
    assert "with your name" in mine.text
    for reader in (company.lead, company.people[1]):
        listed = await running.type(reader, company.channel, "comments")
        assert listed is not None
        assert listed.text == "No comment on Atlas can be read here yet."
    keys = running.bot.context.respondents.both(company.lead.team_id, company.people[0].id)
    await running.bot.store.erasure.forget(company.lead.team_id, keys)
    assert company.people[0].id not in repr(rows(tmp_path))
    assert not running.slack.troubles
    assert not refused(running.slack)
