"""`/pulse digest`: who may set it from where, and what it then posts."""

import asyncio
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.sandbox.api.faults import ServerError
from bot.sandbox.model.messages import Message
from jobs.messages.layout.ids import read_rate_block
from storage.records import Digest
from tests.conftest import Company, Running
from tests.handlers.scene import lifeless, refused, rows
from tests.standing import give_news

ORDER = "digest Atlas weekly mon 09:00 Europe/Berlin"


async def say(running: Running, company: Company, words: str) -> str:
    """What the lead reads after typing words in the team's channel, its mrkdwn."""
    answer = await running.digest(company.lead, company.team, words)
    assert answer is not None
    assert lifeless(answer)
    texts = [text for block in answer.blocks for text in block.get("fields", [block.get("text", {})])]
    return "\n".join(str(text.get("text", "")) for text in texts)


async def answered(running: Running, company: Company, words: str, points: list[int]) -> Message:
    """A question that people answered and that counts by now."""
    question = await running.ask(company.lead, company.channel, words)
    for person, point in zip(company.people, points, strict=False):
        await running.click(person, question, point)
    await running.count()
    return question


async def test_set_shown_and_ended(running: Running, company: Company, tmp_path: Path) -> None:
    """The answer repeats rule, zone and sources; bare words show it; off ends it; each in plain words."""
    assert "There is no digest in this channel." in await say(running, company, "digest")
    kept = await say(running, company, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    assert "*The digest about Atlas is set up.* In <#C0TEAM>, Mondays 09:00 Europe/Berlin" in kept
    assert "from <#C0ATLAS>. First: Mon 9 Nov." in kept
    assert "Mondays 09:00 Europe/Berlin" in await say(running, company, "digest")
    assert "Tuesdays 08:00 Europe/Berlin" in await say(running, company, "digest atlas weekly tue 08:00")
    assert len(rows(tmp_path)["digest"]) == 1
    other = await running.type(company.people[0], company.channel, "digest Atlas off")
    assert other is not None
    assert "There is no digest in this channel." in other.text
    assert "has ended" in await say(running, company, "digest off")
    assert "There is no digest in this channel." in await say(running, company, "digest now")
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_only_leads_change_it(running: Running, company: Company, tmp_path: Path) -> None:
    """A member may look and preview; changing, posting and ending are for its leads and admins."""
    await running.digest(company.lead, company.channel, ORDER)
    before = rows(tmp_path)
    for words, verb in (("off", "end"), ("now", "post"), ("weekly tue 09:00", "change")):
        answer = await running.digest(company.people[0], company.channel, f"digest Atlas {words}")
        assert answer is not None
        assert answer.text == (f"Only the leads of the digest of Atlas and workspace admins can {verb} it.")
    preview = await running.type(company.people[0], company.channel, "digest preview")
    assert preview is not None
    assert preview.text.startswith("Nothing has been asked about Atlas yet, so nothing was posted.")
    assert rows(tmp_path) == before
    assert not company.channel.messages
    admin = await running.digest(company.admin, company.channel, "digest Atlas weekly tue 09:00")
    assert admin is not None
    assert "Tuesdays 09:00" in admin.text


async def test_of_two_changes_each_stands_as_it_was_shown(running: Running, company: Company) -> None:
    """What is set is what was shown beside the button; its answer says what that has replaced."""
    await running.digest(company.lead, company.channel, ORDER)
    digests, here = running.bot.store.digests, company.channel
    changes = {
        company.lead: "digest Atlas weekly tue 08:00",
        company.admin: "digest Atlas from #atlas #atlas-team",
    }
    offers = [(user, await running.type(user, here, words)) for user, words in changes.items()]
    for user, offer in offers:
        assert offer is not None
        assert "As it is now: Mondays 09:00 Europe/Berlin, from <#C0ATLAS>. " in offer.text
        await running.slack.click(user, offer, "digest_set")
        await running.bot.finish()
    (digest,) = await digests.in_channel(company.lead.team_id, here.id)
    assert (digest.cadence, digest.sources) == ("weekly mon 09:00", (here.id, company.team.id))
    assert digest.leads == (company.lead.id, company.admin.id)
    said = running.slack.ephemerals(company.admin, here)[-1].text
    assert "Before: <#C0ATLAS>, Tuesdays 08:00 Europe/Berlin, from <#C0ATLAS>." in said


CHANGES = [  # what is typed where a digest stands, and how it would be
    ("digest Atlas weekly tue 08:00", "Tuesdays 08:00 Europe/Berlin, from <#C0ATLAS>. Next: Tuesday 3 Nov"),
    ("digest Atlas daily 09:00", "09:00 Europe/Berlin, from <#C0ATLAS>. Next: Tuesday 3 Nov"),
    ("digest Atlas from #atlas-team", "Mondays 09:00 Europe/Berlin, from <#C0TEAM>."),
    ("digest add #atlas-team", "Mondays 09:00 Europe/Berlin, from <#C0ATLAS> and <#C0TEAM>."),
    ("digest Atlas add #atlas-team", "Mondays 09:00 Europe/Berlin, from <#C0ATLAS> and <#C0TEAM>."),
    ("digest add #atlas-team to Atlas", "Mondays 09:00 Europe/Berlin, from <#C0ATLAS> and <#C0TEAM>."),
]


async def test_a_change_is_shown_before_it_is_set(running: Running, company: Company) -> None:
    """By words, from other channels, or with one more; a button sets it, and nothing ends by the way."""
    await running.digest(company.lead, company.channel, ORDER)
    (before,) = await running.bot.store.digests.in_channel(company.lead.team_id, "C0ATLAS")
    for words, says in CHANGES:
        shown = await running.type(company.lead, company.channel, words)
        assert shown is not None
        assert says.casefold() in shown.text.casefold(), (words, shown.text)
        assert shown.text.endswith("Nothing is changed yet. Buttons: Set it up, Change it first."), words
        assert await running.bot.store.digests.in_channel(company.lead.team_id, "C0ATLAS") == [before]
    assert "at least one channel. Try `/pulse digest edit`" in await said_to_lead(
        running, company, "digest remove #atlas"
    )
    assert "*Nothing was changed.*" in await said_to_lead(running, company, "digest add #atlas")
    assert await running.bot.store.digests.in_channel(company.lead.team_id, "C0ATLAS") == [before]
    await running.digest(company.lead, company.channel, "digest add #atlas-team")
    assert "from <#C0TEAM>." in (await said_to_lead(running, company, "digest remove #atlas from Atlas"))


async def said_to_lead(running: Running, company: Company, words: str) -> str:
    """What the lead reads after typing words in the customers' channel, with its formatting."""
    answer = await running.type(company.lead, company.channel, words)
    assert answer is not None
    return "".join(str(block.get("text", {}).get("text", "")) for block in answer.blocks)


async def test_of_two_who_set_it_up_at_once_one_leads_it(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ask for the digest that somebody else has just set up does not make a lead of it."""
    digests, (first, second) = running.bot.store.digests, company.people[:2]
    offers = [
        (first, await running.type(first, company.channel, "digest Atlas weekly tue 08:00")),
        (second, await running.type(second, company.channel, "digest Ａtlas weekly thu 16:00")),
    ]
    read, both_have_read, readers = digests.in_channel, asyncio.Barrier(2), count()

    async def in_channel(team_id: str, channel_id: str) -> list[Digest]:
        found = await read(team_id, channel_id)
        if next(readers) < 2:
            await both_have_read.wait()
        return found

    monkeypatch.setattr(digests, "in_channel", in_channel)
    await asyncio.gather(
        *(running.slack.click(user, offer, "digest_set") for user, offer in offers if offer is not None)
    )
    await running.bot.finish()
    said = [running.slack.ephemerals(user, company.channel)[-1] for user, _ in offers]
    (digest,) = await digests.in_channel(company.lead.team_id, company.channel.id)
    (lead,) = digest.leads
    rules = {first.id: "weekly tue 08:00", second.id: "weekly thu 16:00"}
    assert digest.cadence == rules[lead]
    refused_one = said[0] if lead == second.id else said[1]
    assert refused_one.text == (
        f"Only the leads of the digest of {digest.product.name} and workspace admins can change it."
    )


async def test_sources_are_channels_of_the_lead(running: Running, company: Company, tmp_path: Path) -> None:
    """Only where lead and bot are members; a refused order leaves nothing behind."""
    slack = running.slack
    slack.add_channel("foreign", company.admin, id="C0FOREIGN")
    slack.add_channel("outside", company.lead, bot=False, id="C0OUT")
    before = rows(tmp_path)
    assert "You are not in <#C0FOREIGN>." in await say(running, company, "digest Borea from #foreign")
    assert "Bifocal is not in <#C0OUT>." in await say(running, company, "digest Borea from #atlas #outside")
    assert rows(tmp_path) == before


async def test_a_source_that_the_lead_has_left_is_read_no_more(running: Running, company: Company) -> None:
    """Checked again before each edition, on Mondays, now and in previews."""
    await answered(running, company, "nps about Atlas", [9] * 10)
    await say(running, company, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    assert "10 of 13 answered" in await say(running, company, "digest preview")
    company.channel.members.remove(company.lead.id)
    await running.step(timedelta(seconds=6))
    assert "answered" not in await say(running, company, "digest preview")
    await say(running, company, "digest now")
    await running.settle()
    assert "10 of 13" not in company.team.messages[-1].text
    await running.step(timedelta(days=7))
    assert not any("10 of 13" in message.text for message in company.team.messages)


async def test_an_edition_without_news_is_a_line_or_two(running: Running, company: Company) -> None:
    """Asked for when nothing was counted since the last one: a link to that, and what comes next."""
    await answered(running, company, "nps about Atlas", [9] * 10)
    await running.digest(company.lead, company.channel, ORDER)
    await running.step(timedelta(days=6, hours=22, minutes=40))
    assert any("NPS" in each.text for each in company.channel.messages[1:])
    for _ in range(8):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    await running.type(company.lead, company.channel, "digest now")
    await running.settle()
    line = company.channel.messages[-1]
    assert line.text.startswith(
        "Atlas: same scores as on 16 November. No question closed since, and none is planned."
    )
    assert "|16 Nov>" in line.blocks[0]["text"]["text"]
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_of_nothing_asked_no_edition_is_posted(running: Running, company: Company) -> None:
    """Who asks for one reads why there is none, and what to do."""
    await running.digest(company.lead, company.channel, ORDER)
    answer = await running.type(company.lead, company.channel, "digest now")
    assert answer is not None
    assert answer.text == (
        "Nothing has been asked about Atlas yet, so nothing was posted. "
        "Start with /pulse ask nps about Atlas."
    )
    assert not company.channel.messages


async def test_too_few_answers_are_words(running: Running, company: Company) -> None:
    """Under five on each side there is no figure, only how many, and the way to the open question."""
    await running.digest(company.lead, company.channel, ORDER)
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:3]:
        await running.click(person, question, 9)
    await running.type(company.lead, company.channel, "digest now")
    await running.settle()
    posted = company.channel.messages[-1]
    assert posted.text.startswith(
        "Atlas: customer answers are coming in; users are not asked here. Being a customer: 3 answers so far."
    )
    assert posted.text.endswith("Button: Customer question.")
    link = posted.blocks[-1]["elements"][0]
    assert link["url"].endswith(question.ts.replace(".", ""))
    assert not company.channel.thread(posted.ts)
    await running.slack.click(company.people[0], posted, "open_cx")
    wave_id, _ = read_rate_block(question.blocks[1]["block_id"])
    assert wave_id not in link["url"]
    assert not running.slack.troubles


async def test_a_digest_whose_zone_moved_is_not_stuck(running: Running, company: Company) -> None:
    """The same local time in another zone on the same day is passed over, and the next week comes."""
    await running.digest(company.lead, company.channel, ORDER)
    (digest,) = await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id)
    await give_news(running.bot.store, digest, running.clock())
    await running.step(timedelta(days=6, hours=23))
    assert len(company.channel.messages) == 1
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 America/New_York")
    await running.step(timedelta(hours=7))
    assert len(company.channel.messages) == 1
    await give_news(running.bot.store, digest, running.clock())
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 2


async def test_posting_now_wakes_a_digest_that_slack_had_refused(running: Running, company: Company) -> None:
    """After its owner did what the notice said, `now` posts it and its schedule goes on."""
    await running.digest(company.lead, company.channel, ORDER)
    (digest,) = await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id)
    await give_news(running.bot.store, digest, running.clock())
    company.channel.is_archived = True
    await running.step(timedelta(days=7))
    await running.settle()
    (told,) = running.slack.dms(company.lead)
    assert "is archived" in told.text
    assert told.text.endswith("Then `/pulse digest Atlas now` once more.")
    company.channel.is_archived = False
    await running.type(company.lead, company.channel, "digest Atlas now")
    await running.settle()
    assert len(company.channel.messages) == 1
    await give_news(running.bot.store, digest, running.clock())
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 2


async def test_of_several_digests_one_is_named(running: Running, company: Company, tmp_path: Path) -> None:
    """Where a channel has two, posting, previewing and ending ask which; nothing is changed."""
    for product in ("Atlas", "Borea"):
        await running.digest(company.lead, company.channel, f"digest {product} weekly mon 09:00")
    before = rows(tmp_path)
    for verb in ("now", "preview", "off"):
        answer = await running.digest(company.lead, company.channel, f"digest {verb}")
        assert answer is not None
        nearest = f"/pulse digest Atlas {verb}"
        assert answer.text == f"Say which product: Atlas or Borea. Try {nearest}. Nothing was changed."
    assert rows(tmp_path) == before
    ended = await running.type(company.lead, company.channel, "digest Borea off")
    assert ended is not None
    assert "Borea" in ended.text


@pytest.mark.parametrize(
    "words", ["digest preview", "digest now", "digest Atlas from #atlas weekly tue 08:00"]
)
async def test_sources_are_read_only_while_slack_says_who_is_there(
    words: str, running: Running, company: Company
) -> None:
    """While Slack does not tell who is in a source, nothing is shown, posted or set, and that is said."""
    await say(running, company, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    await running.step(timedelta(minutes=1))
    before, posted = await rows_of_digests(running), len(company.team.messages)
    running.slack.faults.add("conversations.members", ServerError(503), times=9)
    assert await say(running, company, words) == (
        "Slack does not answer Bifocal at the moment. Please try again in a minute."
    )
    await running.settle()
    assert (await rows_of_digests(running), len(company.team.messages)) == (before, posted)


async def rows_of_digests(running: Running) -> list[Digest]:
    """The digests of the team's channel, as they are kept."""
    return await running.bot.store.digests.in_channel(running.slack.workspace.team.id, "C0TEAM")
