"""`/pulse ...`: every word that is wrong gets one plain sentence and changes nothing."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Company, Running
from tests.handlers.scene import lifeless, refused, rows, told

EVERYTHING = ("wave", "pulse", "product", "digest", "rating", "comment")
NOT_CHANGED = "Nothing was changed."
WRONG = {
    "scroe": "There is no `/pulse scroe`. Did you mean `/pulse score`?",
    "<!channel>": "There is no `/pulse",
    "😀": "There is no `/pulse 😀`.",
    "x" * 3000: "There is no `/pulse x",
    "ask xyz about Atlas": "xyz",
    "ask nps about": "about",
    "ask nps #nowhere about Atlas": "#nowhere",
    "ask nps about Atlas until 25:00": "25:00",
    "ask nps about Atlas until yesterday": "yesterday",
    "ask nps about Atlas until 2020-01-01": "2020",
    "ask nps about *Atlas*": "Atlas",
    "ask nps about " + "x" * 61: "60 characters",
    "ask nps about Atlas for 0 days": "0 days",
    "ask nps": "Say which product it is about.",
    "ask about Atlas": "Say which question",
    "digest Atlas weekly mon 25:00": "25:00",
    "digest Atlas weekly mon 09:00 Europe/Nowhere": "is not a time zone",
    "digest Atlas weekly someday 09:00": "someday",
    "digest Atlas cron * * *": "cron",
    "digest Atlas cron 61 9 * * 1": "61",
    "digest Atlas from #nowhere": "#nowhere",
    "digest delete weekly mon 09:00": "stands alone",
    "digest weekly mon 09:00": "Say which product it is about.",
    "score xyz": "xyz",
    "score 99999999d": "99999999d",
    "score 2026-13": "2026-13",
    "contrast 0w": "0w",
    "score nps 2026-11-09 to 2026-11-02": "2026-11-09",
    "score nps 1 minute": "is not a period",
    "contrast 2027-01": "has not begun",
    "comments purple": "purple",
    "comments billing 2026-13": "2026-13",
    "pause": "Say the number of a pulse. Try `/pulse pause 7`.",
    "pause seven": '"seven" is not the number of a pulse.',
    "close 0": "0",
    "close -3": "-3",
    "takedown 1e3": "1e3",
    "resume 99999999999999999999": "99999999999999999999",
}


async def test_a_wrong_word_gets_a_sentence_and_changes_nothing(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """What was wrong, the nearest right form, and no table is touched."""
    before = rows(tmp_path)
    for words, expected in WRONG.items():
        answer = await running.type(company.lead, company.channel, words)
        assert answer is not None
        shown = answer.blocks[0]["text"]["text"]
        assert expected in shown, words
        assert NOT_CHANGED in shown, words
        assert len(shown) < 500
        assert lifeless(answer)
    assert rows(tmp_path) == before
    assert not company.channel.messages
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_a_number_of_another_channel_reads_like_an_unknown_one(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Whoever types it learns nothing about pulses that live elsewhere."""
    await running.ask(company.lead, company.channel)
    before = rows(tmp_path)
    for verb in ("pause", "resume", "close", "takedown"):
        there = await running.type(company.lead, company.team, f"{verb} 1")
        unknown = await running.type(company.lead, company.team, f"{verb} 2")
        assert there is not None
        assert unknown is not None
        assert there.text == "There is no pulse 1 in this channel. /pulse list shows what runs here."
        assert there.text.replace("1", "2") == unknown.text
    assert rows(tmp_path) == before


async def test_a_database_that_is_away_is_said(running: Running, company: Company, tmp_path: Path) -> None:
    """Every command answers with a sentence and no trace while nothing can be read."""
    away(tmp_path, *EVERYTHING)
    for words in ("list", "score nps", "contrast", "comments", "me", "forget", "digest", "pause 1"):
        answer = await running.type(company.lead, company.channel, words)
        assert answer is not None
        assert answer.text == "Bifocal cannot reach its database. Please try again in a minute."


async def test_a_click_is_not_acked_while_nothing_can_be_kept(
    running: Running, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The person reads that it was not saved, the client shows trouble, and the log names nobody."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    away(tmp_path, *EVERYTHING)
    outcome = await running.slack.click(person, question, "point/9")
    await running.bot.background.drain()
    assert outcome.status == 503
    assert told(running, person) == "Not saved. Please click again in a minute."
    assert "a listener failed" in caplog.text
    assert person.id not in caplog.text
    assert running.bot.context.respondents.confidential(person.team_id, person.id) not in caplog.text


async def test_a_form_stays_open_while_nothing_can_be_kept(
    running: Running, company: Company, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The words are still on the screen under a sentence that says so, and stand in no log."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    await running.click(person, question, 2)
    away(tmp_path, "comment")
    sent = await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Secret words."})
    assert sent.errors == {"comment": "Not saved. Please click again in a minute."}
    assert running.slack.views(person)
    assert "Secret words." not in caplog.text
    assert person.id not in caplog.text


def away(folder: Path, *tables: str) -> None:
    """Tables are gone from under the bot, as when a volume is lost: every statement about them fails."""
    connection = sqlite3.connect(folder / "bifocal.db")
    for table in tables:
        connection.execute(f"alter table {table} rename to {table}_gone")
    connection.close()
