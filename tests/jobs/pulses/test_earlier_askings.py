"""What was asked lately of the same people decides what may be asked, and what its asker is told first."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import RateLimited
from bot.sandbox.model.channels import Channel, Kind
from storage.records import OccasionState, Pulse
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, told
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

ALWAYS = "Some members may have been asked elsewhere lately; their answers would not count again."
MANY = "6 of the members were asked the same in the last four weeks; "
SOME = "Some of the members were asked the same in the last four weeks; "
APART = (
    "People in this channel were asked about the same side of Atlas with names lately. "
    "It may be asked without names from 29 Nov 2026 on. Nothing was asked."
)


def others(running: Running, company: Company, *, common: int, kind: Kind = Kind.PUBLIC) -> Channel:
    """A second channel of the admin with the first people of the company and nobody else in common."""
    people = company.people[:common]
    return running.slack.add_channel("others", company.admin, *people, id="C0OTHER", kind=kind)


async def ask(running: Running, company: Company, words: str = "ask nps about Atlas") -> str:
    """What the lead reads after asking by words in the channel."""
    answer = await running.type(company.lead, company.channel, f"{words} for 7 days")
    assert answer is not None
    await running.settle()
    return answer.text


async def ask_by_form(running: Running, company: Company, **fields: str) -> str:
    """Fill in the form, and what its last page says; it is sent if it can be."""
    await running.type(company.lead, company.channel, "ask")
    form = running.slack.views(company.lead)[-1]
    await running.slack.submit(company.lead, form, {"product": "Atlas", "open_for": "7d", **fields})
    await running.bot.finish()
    page = running.slack.views(company.lead)[-1]
    if page.body.get("submit"):
        await running.slack.submit(company.lead, page)
        await running.settle()
    return str(page.body)


@pytest.mark.parametrize("common, said", [(6, MANY), (3, SOME)])
async def test_the_asker_reads_how_many_were_asked_the_same(
    common: int, said: str, running: Running, company: Company
) -> None:
    """Counted by who is in a channel, whoever answered there; fewer than five are "some"."""
    company.channel.members.remove(company.admin.id)
    await running.ask(company.admin, others(running, company, common=common))
    assert said in await ask(running, company)
    assert ALWAYS in await ask(running, company, "ask csat about Atlas")


@pytest.mark.parametrize("inside", [True, False])
async def test_a_private_channel_counts_only_for_those_in_it(
    inside: bool,  # noqa: FBT001
    running: Running,
    company: Company,
) -> None:
    """Whoever is not in a private channel learns nothing of it, also not that something was asked there."""
    company.channel.members.remove(company.admin.id)
    channel = others(running, company, common=6, kind=Kind.PRIVATE)
    if inside:
        channel.members.append(company.lead.id)
    await running.ask(company.admin, channel)
    told = await ask(running, company)
    assert ("were asked the same" in told) is inside
    assert (ALWAYS if inside else "Atlas is new here.") in told


async def test_another_subject_or_long_ago_is_not_the_same(running: Running, company: Company) -> None:
    """Only the same question within four weeks is counted."""
    channel = others(running, company, common=6)
    await running.ask(company.admin, channel, "nps about Beacon")
    assert "were asked the same" not in await ask(running, company)
    await running.ask(company.admin, channel, "csat about ATLAS!")
    await running.step(timedelta(days=28))
    assert "were asked the same" not in await ask(running, company, "ask csat about Atlas")


async def test_when_slack_does_not_tell_what_is_always_true_is_said(
    running: Running, company: Company
) -> None:
    """A channel of which Slack does not say who is in it stops nobody from asking."""
    await running.ask(company.admin, others(running, company, common=6))
    running.slack.faults.add("conversations.members", RateLimited(60), times=9)
    told = await ask(running, company)
    assert "were asked the same" not in told
    assert ALWAYS in told
    assert len(company.channel.messages) == 1


async def test_asking_again_too_soon_says_from_when_on_answers_are_counted(
    running: Running, company: Company
) -> None:
    """The preview and the answer to words name both days; after the four weeks they do not."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    note = "This question was counted on 9 Nov; new answers are counted from 6 Dec on."
    assert note.replace("Nov", "November").replace("Dec", "December") in await ask(running, company)
    assert note in await ask_by_form(running, company)
    assert note not in await ask_by_form(running, company, subject="the new editor")
    await running.step(timedelta(days=27))
    assert "This question was counted on" not in await ask_by_form(running, company)


async def test_without_names_is_not_asked_soon_after_with_names(running: Running, company: Company) -> None:
    """By words and by form it is refused with the day from which it may be asked; nothing is asked."""
    await ask_by_form(running, company, names="named")
    await running.step(timedelta(days=7))
    assert await ask(running, company) == APART
    assert APART in await ask_by_form(running, company, instrument="csat")
    assert len(company.channel.messages) == 1
    assert len(await all_waves(running.bot.store)) == 1
    await ask(running, company, "ask umux about Atlas")
    await ask(running, company, "ask nps about Beacon")
    assert len(company.channel.messages) == 3
    await running.step(timedelta(days=20))
    assert "Asked in" in await ask(running, company)


async def test_with_names_is_not_asked_soon_after_without(running: Running, company: Company) -> None:
    """The other way round it is the same; while the first is open its day is today."""
    await ask(running, company)
    await running.step(timedelta(days=2))
    page = await ask_by_form(running, company, names="named")
    assert "without names lately. It may be asked with names from 1 Dec 2026 on. Nothing was asked." in page
    assert len(company.channel.messages) == 1


@pytest.mark.parametrize("common, asked", [(1, False), (0, True)])
async def test_who_is_in_both_channels_decides(
    common: int,
    asked: bool,  # noqa: FBT001
    running: Running,
    company: Company,
) -> None:
    """One person in common is enough; the bot, which is everywhere, is nobody."""
    company.channel.members.remove(company.admin.id)
    await ask_by_form(running, company, names="named")
    channel = others(running, company, common=common)
    add = running.slack.workspace.add_user
    channel.members += [add(f"Other {number}").id for number in range(10)]
    answer = await running.type(company.admin, channel, "ask nps about Atlas")
    assert answer is not None
    assert answer.text.startswith("Asked in") is asked


async def test_a_channel_that_bifocal_has_left_may_hold_the_same_people(
    running: Running, company: Company
) -> None:
    """Where nobody can say who was asked with names, nothing is asked without."""
    channel = others(running, company, common=0)
    company.admin, company.lead = company.lead, company.admin
    channel.members.append(company.lead.id)
    await ask_by_form(running, company, names="named", channel=channel.id)
    channel.members.remove("U0BIFOCAL")
    running.clock.step(timedelta(minutes=1))
    assert "with names lately" in await ask(running, company)


async def test_a_schedule_skips_what_it_may_not_ask(running: Running, company: Company) -> None:
    """Nothing is posted, the lead reads why and from when on, and the ledger has the reason."""
    await schedule(running, company)
    await ask_by_form(running, company, names="named", instrument="csat")
    before = len(company.channel.messages)
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == before
    (told,) = [message.text for message in running.slack.dms(company.lead)]
    assert told == (
        "Question 1 (NPS about Atlas) was not asked in <#C0ATLAS> this time: people there were asked about "
        "the same side of Atlas with names lately. It may be asked without names from 29 Nov 2026 on."
    )
    pulse = await running.bot.store.pulses.numbered(company.lead.team_id, 1)
    assert pulse is not None
    (skipped,) = await running.bot.store.ledger.occasions_of(pulse.team_id, pulse.id)
    assert skipped.state is OccasionState.SKIPPED
    assert skipped.reason == "the same people were asked with and without names within four weeks"
    await running.step(timedelta(days=21))
    assert "NPS" in str(await running.type(company.lead, company.channel, "list"))
    assert len(company.channel.messages) == before + 1


async def test_others_are_asked_when_one_schedule_skips(running: Running, company: Company) -> None:
    """Questions of the same minute are asked all the same, and the one that skipped goes on as planned."""
    await schedule(running, company)
    await schedule(running, company, instrument="umux_lite")
    await ask_by_form(running, company, names="named", instrument="csat")
    before = len(company.channel.messages)
    for minutes in (7 * 24 * 60, 1, 5):  # later ticks neither ask it nor tell it again
        await running.step(timedelta(minutes=minutes))
        assert len(company.channel.messages) == before + 1
        assert "UMUX-Lite" in str(await running.type(company.lead, company.channel, "list"))
        (told,) = [message.text for message in running.slack.dms(company.lead)]
        assert told.startswith("Question 1 (NPS about Atlas) was not asked in <#C0ATLAS> this time")
    skips, asked = [
        await running.bot.store.pulses.numbered(company.lead.team_id, number) for number in (1, 2)
    ]
    assert skips is not None
    assert asked is not None
    assert skips.next_at == asked.next_at == datetime(2026, 11, 16, 8, tzinfo=UTC)
    wave = await running.bot.store.waves.newest(asked.team_id, asked.id)
    assert wave is not None
    assert await running.bot.store.waves.newest(skips.team_id, skips.id) is None


async def test_a_schedule_is_not_set_up_where_its_first_question_may_not_be_asked(
    running: Running, company: Company
) -> None:
    """The page before Schedule says so, and has no button; a later first day may be."""
    await ask_by_form(running, company, names="named")
    await running.type(company.lead, company.channel, "schedule")
    form = running.slack.views(company.lead)[-1]
    fields = {"product": "Atlas", "often": "weekly", "zone": "Europe/Berlin", "channel": "C0ATLAS"}
    await running.slack.submit(company.lead, form, fields)
    await running.bot.finish()
    assert APART in str(dialog(running, company.lead))
    assert "submit" not in dialog(running, company.lead)


async def ask_at_once(
    running: Running, company: Company, channel: Channel, patch: pytest.MonkeyPatch
) -> None:
    """The admin asks with names there, the lead without in the channel; both look before either asks."""
    await running.type(company.admin, channel, "ask")
    form = running.slack.views(company.admin)[-1]
    await running.slack.submit(company.admin, form, {"product": "Atlas", "open_for": "7d", "names": "named"})
    await running.bot.finish()
    page, together = running.slack.views(company.admin)[-1], asyncio.Barrier(2)
    pulses = running.bot.store.pulses
    create = pulses.create

    async def create_together(**given: Any) -> Pulse:
        pulse = await create(**given)
        await together.wait()
        return pulse

    patch.setattr(pulses, "create", create_together)
    await asyncio.gather(
        running.slack.submit(company.admin, page),
        running.slack.command(company.lead, company.channel, "/pulse", "ask nps about Atlas"),
    )
    await running.settle()


async def test_of_two_who_ask_at_the_same_moment_one_is_refused(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked and found nothing; the write that comes second refuses, and leaves nothing behind."""
    await ask_at_once(running, company, company.channel, monkeypatch)
    assert len(company.channel.messages) == 1
    (wave,) = await all_waves(running.bot.store)
    here, late = ("without", company.lead) if wave.pulse.named else ("with", company.admin)
    said = f"lately. It may be asked {here} names from 29 Nov 2026 on. Nothing was asked."
    assert said in told(running, late)
    listed = await running.type(company.lead, company.channel, "list")
    assert listed is not None
    assert "ended" not in listed.text
    assert not running.slack.troubles


async def test_who_asks_others_at_the_same_moment_is_not_refused(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody is in both channels, the second looks again and asks."""
    company.channel.members.remove(company.admin.id)
    other = running.slack.add_channel("others", company.admin, id="C0OTHER")
    await ask_at_once(running, company, other, monkeypatch)
    assert (len(company.channel.messages), len(other.messages)) == (1, 1)
    assert not running.slack.troubles
