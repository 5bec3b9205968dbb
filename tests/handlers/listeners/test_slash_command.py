"""`/pulse ...`: every word that is wrong gets one plain sentence and changes nothing."""

from pathlib import Path

import pytest

from handlers.commands.command_table import SUBCOMMANDS
from handlers.listeners.slash_command import ANYWHERE, NAMING_ONE
from jobs.messages.layout import ids
from tests.conftest import Company, Running
from tests.databases import run_in
from tests.handlers.scene import lifeless, refused, rows, told

PLACELESS = [
    "ask nps about Atlas",
    "ask Atlas",
    "schedule nps about Atlas weekly mon 09:00",
    "digest weekly mon 09:00",
    "digest Atlas weekly mon 09:00",
    "digest Atlas from #atlas",
    "digest now",
    "digest off",
    "score nps about Atlas",
    "comments negative",
    "close 1",
    "  PAUSE 1",
]
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
    "ask nps": "Say which product it is about. Try `/pulse ask nps about Atlas`.",
    "ask seq": "Say which product it is about. Try `/pulse ask seq about Atlas: send an invoice`.",
    "ask ces": "Say which product it is about. Try `/pulse ask ces about Atlas: the support of Atlas`.",
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
    "pause": "Say the number of a question after pause; the list has them. Try `/pulse list`.",
    "pause seven": '"seven" is not the number of a question.',
    "close 0": "0",
    "close -3": "-3",
    "takedown 1e3": "1e3",
    "resume 99999999999999999999": "99999999999999999999",
}
NOT_SAVED = "Not saved. Bifocal could not reach its database. Please click again in a minute."


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
        assert there.text == "There is no question 1 in this channel. /pulse list shows what runs here."
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
    assert told(running, person) == NOT_SAVED
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
    assert sent.errors == {"comment": NOT_SAVED.replace("click", "send it")}
    assert running.slack.views(person)
    assert "Secret words." not in caplog.text
    assert person.id not in caplog.text


@pytest.mark.parametrize("people", ["two", "several"])
async def test_what_belongs_to_a_channel_is_sent_there(
    people: str, running: Running, company: Company, tmp_path: Path
) -> None:
    """In a direct message it is said where to type it, never to invite Bifocal; nothing is made."""
    slack, lead = running.slack, company.lead
    place = slack.workspace.open_dm(lead.id, slack.app.bot_user_id)
    if people == "several":
        place = slack.add_channel("mpdm-priya--ada-1", lead, company.admin, id="G0GROUP")
    before = rows(tmp_path)
    typed = [*PLACELESS, *(name for name in SUBCOMMANDS if name not in {*ANYWHERE, *NAMING_ONE})]
    for words in typed:
        seen = len(slack.ephemerals(lead, place))
        await slack.command(lead, place, "/pulse", words)
        await running.bot.finish()
        (said,) = [each.text for each in slack.ephemerals(lead, place)[seen:]]
        assert said.startswith("Type /pulse ")
        assert said.endswith(" in the channel that it is about. Nothing was changed."), words
        assert "invite" not in said
        assert "C0ATLAS" not in said, "a channel is named as it was typed"
    assert rows(tmp_path) == before


@pytest.mark.parametrize("name", sorted(NAMING_ONE))
async def test_a_form_that_asks_for_the_channel_opens_anywhere(
    name: str, running: Running, company: Company
) -> None:
    """Without words, and with a channel among them, asking and repeating need no channel to be typed in."""
    slack, lead = running.slack, company.lead
    place = slack.workspace.open_dm(lead.id, slack.app.bot_user_id)
    await slack.command(lead, place, "/pulse", name)
    await running.bot.finish()
    (form,) = slack.views(lead)
    (channel,) = [each for each in form.body["blocks"] if each.get("block_id") == ids.CHANNEL_BLOCK]
    assert "initial_conversation" not in channel["element"]
    assert not slack.troubles


def away(folder: Path, *tables: str) -> None:
    """Tables are gone from under the bot, as when a volume is lost: every statement about them fails."""
    for table in tables:
        run_in(folder / "bifocal.db", f"alter table {table} rename to {table}_gone")
