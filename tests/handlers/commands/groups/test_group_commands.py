"""`/pulse group`: who makes one, who reads it, and that it adds whole rounds."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.people import User
from handlers.commands.command_table import SUBCOMMANDS
from handlers.commands.groups.group_commands import group
from tests.conftest import Company, Running

NOTHING = "Nothing was changed."


@dataclass(kw_only=True)
class Europe:
    """A lead in two channels of ten people each, counted once, in one of which a reader is too."""

    running: Running
    lead: User
    reader: User
    buyers: Channel
    users: Channel

    async def type(self, user: User, words: str, channel: Channel | None = None) -> str:
        """What somebody is answered."""
        seen = await self.running.type(user, channel or self.buyers, words)
        assert seen is not None
        return seen.text


@pytest.fixture
async def europe(running: Running, company: Company) -> Europe:
    """NPS of 10 buyers (40) and of 10 users (-20), each a whole round."""
    slack, lead = running.slack, company.lead
    buyers = slack.add_channel("buyers-eu", lead, *company.people, id="C0BUYERS")
    others = [slack.workspace.add_user(f"User {number}", id=f"U0U{number:02d}") for number in range(10)]
    users = slack.add_channel("users-eu", lead, company.people[0], *others, id="C0USERS")
    for channel, people, points in (
        (buyers, company.people, (9, 9, 3, 10, 6, 9, 7, 8, 9, 10)),
        (users, others, (9, 9, 3, 10, 6, 4, 7, 8, 2, 5)),
    ):
        question = await running.ask(lead, channel)
        for user, point in zip(people, points, strict=True):
            await running.click(user, question, point)
    await running.count()
    return Europe(running=running, lead=lead, reader=company.people[0], buyers=buyers, users=users)


async def test_a_group_adds_whole_rounds(europe: Europe) -> None:
    """Its score is that of both rounds together, says which channels it has, and is the same everywhere."""
    assert SUBCOMMANDS["group"].run is group
    made = await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    assert made.startswith("eu is <#C0BUYERS> and <#C0USERS> now. To read it: /pulse score group eu")
    score = await europe.type(europe.lead, "score nps group eu")
    assert "20 answers, 2 rounds" in score
    assert "Of the group eu: <#C0BUYERS> and <#C0USERS>." in score
    assert await europe.type(europe.lead, "score nps group EU", europe.users) == score
    assert await europe.type(europe.reader, "score nps group eu") == score
    for words in (
        "contrast group eu",
        "trend group eu",
        "why nps group eu",
        "trend nps group eu about Atlas",
    ):
        assert "Of the group eu" in await europe.type(europe.lead, words), words
    assert "10 of 11 answered" in await europe.type(europe.lead, "score nps")
    assert "2 rounds" in await europe.type(europe.lead, "export group eu")
    assert "1 round." in await europe.type(europe.lead, "export")
    none = await europe.type(europe.lead, "score nps group eu about Borea")
    assert none.startswith("Nothing about Borea in the group eu. Asked about there: Atlas.")
    unasked = await europe.type(europe.lead, "score sus group eu")
    assert "SUS has not been asked here yet." in unasked


async def test_comments_of_a_group_are_for_the_leads_of_its_questions(europe: Europe) -> None:
    """A batch of each channel is listed, as in the channel itself; a member who leads none reads none."""
    await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    slack = europe.running.slack
    for channel in (europe.buyers, europe.users):
        question = await europe.running.ask(europe.lead, channel, "csat about Atlas")
        people = [user for user in slack.workspace.users.values() if user.id in channel.members]
        for user in [each for each in people if each.id.startswith(("U0P", "U0U"))][:6]:
            await europe.running.click(user, question, 4)
            await slack.submit(user, slack.views(user)[-1], {"comment": f"from {channel.name}"})
    await europe.running.count()
    assert "12 comments" in await europe.type(europe.lead, "comments group eu")
    assert "6 comments" in await europe.type(europe.lead, "comments")
    refused = await europe.type(europe.reader, "comments group eu")
    assert refused == "Comments on being a customer are read by Priya Nair and workspace admins."


async def test_a_digest_reads_the_channels_of_a_group(europe: Europe) -> None:
    """They are shown before it is set; after a change its leads are told that it reads those of before."""
    await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    seen = await europe.running.digest(
        europe.lead, europe.buyers, "digest Atlas from group eu weekly mon 09:00 Europe/Berlin"
    )
    assert seen is not None
    (digest,) = await europe.running.bot.store.digests.everywhere()
    assert digest.sources == ("C0BUYERS", "C0USERS")
    more = europe.running.slack.add_channel("partners-eu", europe.lead, europe.reader, id="C0PARTNERS")
    await europe.running.ask(europe.lead, more)
    told = await europe.type(europe.lead, "group eu add #partners-eu")
    assert "eu is <#C0BUYERS>, <#C0USERS> and <#C0PARTNERS> now, <#C0BUYERS> and <#C0USERS> before." in told
    assert "The digest about Atlas reads the channels of before" in told
    unknown = await europe.type(europe.lead, "digest Atlas from group us weekly mon 09:00")
    assert unknown.startswith("There is no group us here. Did you mean eu?")


async def test_who_may_read_a_group(europe: Europe, company: Company) -> None:
    """Whoever is in all of its channels, and admins; to others who are in none of them there is none."""
    await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    one_of_two = company.people[1]
    refused = await europe.type(one_of_two, "score nps group eu")
    assert refused.startswith("The group eu has a channel that you are not in")
    assert "C0BUYERS" not in await europe.type(one_of_two, "group")
    in_none = await europe.type(company.people[2], "score nps group eu", company.channel)
    assert in_none.startswith("The group eu has a channel"), "they are in one of them"
    stranger = europe.running.slack.workspace.add_user("Sam", id="U0SAM")
    company.channel.members.append(stranger.id)
    assert (await europe.type(stranger, "score group eu", company.channel)).startswith(
        "There is no group eu here. To make it:"
    )
    assert "20 answers" in await europe.type(company.admin, "score nps group eu", company.team)
    assert "eu: <#C0BUYERS> and <#C0USERS>" in await europe.type(europe.reader, "group")
    assert (await europe.type(one_of_two, "group remove eu")).startswith("Only those who lead a question")
    assert (await europe.type(one_of_two, "group eu add #atlas")).startswith("Only those who lead a question")


async def test_a_group_with_an_archived_channel(europe: Europe) -> None:
    """It is listed, shown and read as before; who drops the channel is not told that they are not in it."""
    await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    europe.users.is_archived = True
    await europe.running.step(timedelta(hours=2))
    for words in ("group", "group eu"):
        assert "eu: <#C0BUYERS> and <#C0USERS>" in await europe.type(europe.lead, words)
    assert "20 answers" in await europe.type(europe.lead, "score nps group eu")


async def test_a_private_channel_of_a_group_is_not_named_to_others(europe: Europe) -> None:
    """Not by its list, by a change or by its removal; a name that is taken unseen is only not free."""
    slack, lead, reader = europe.running.slack, europe.lead, europe.reader
    secret = slack.add_channel("secret", lead, id="C0SECRET", kind=Kind.PRIVATE)
    hidden = slack.add_channel("hidden", lead, id="C0HIDDEN", kind=Kind.PRIVATE)
    for channel in (secret, hidden):
        await europe.running.ask(lead, channel)
    await europe.running.ask(reader, europe.buyers, "csat about Atlas")
    await europe.running.ask(reader, europe.users, "csat about Atlas")
    await europe.type(lead, "group eu = #buyers-eu #secret")
    await europe.type(lead, "group both = #secret #hidden")
    shown = await europe.type(reader, "group eu")
    assert shown == "The group eu has a channel that you are not in, so its channels are not shown to you."
    for words in ("eu remove #buyers-eu", "eu add #users-eu", "remove eu", "eu = #buyers-eu #users-eu"):
        told = await europe.type(reader, f"group {words}")
        assert "in one that you are not in you lead none. Nothing was changed." in told, (words, told)
    taken = await europe.type(reader, "group both = #buyers-eu #users-eu")
    assert taken.startswith("both cannot be used as a name here."), taken


async def test_bad_input(europe: Europe, company: Company) -> None:
    """Each gets one sentence with the nearest right form, and changes nothing."""
    slack, lead = europe.running.slack, europe.lead
    slack.add_channel("secret", company.admin, id="C0SECRET", kind=Kind.PRIVATE)
    slack.add_channel("elsewhere", company.admin, id="C0ELSE")
    await europe.type(lead, "group eu = #buyers-eu #users-eu")
    for words, said in {
        "group us = #buyers-eu": "A group has two channels or more. <#C0BUYERS> alone is read there",
        "group us = #buyers-eu #nowhere": '"#nowhere" is not a channel that you can see here.',
        "group us = #buyers-eu #secret": '"#secret" is not a channel that you can see here.',
        "group us = #buyers-eu #elsewhere": "You are not in <#C0ELSE>. Join it",
        "group users-eu = #buyers-eu #users-eu": "<#C0USERS> has that name.",
        "group atlas = #buyers-eu #users-eu": "atlas is a product.",
        "group digest = #buyers-eu #users-eu": '"digest" is a word of /pulse; a group has a name of its own.',
        "group all = #buyers-eu #users-eu": '"all" is a word of /pulse',
        "group big = eu #buyers-eu #users-eu": "eu is a group, and a group holds channels only.",
        "group big = other #buyers-eu": "other is not a channel: type #",
        "group eu remove #users-eu": "A group has two channels or more.",
        "group eu remove #atlas": "<#C0ATLAS> is not in the group eu.",
        "group us remove": "There is no group us here. Did you mean eu?",
        "group us = #buyers-eu #atlas-team": "Only those who lead a question or a digest in each channel",
    }.items():
        told = await europe.type(lead, words)
        assert told.startswith(said), (words, told)
        assert NOTHING in told, words
    (kept,) = await europe.running.bot.store.groups.everywhere(company.lead.team_id)
    assert kept.channels == ("C0BUYERS", "C0USERS")


async def test_a_channel_that_is_gone(europe: Europe) -> None:
    """Where Bifocal was removed nothing new comes, of a private one nothing is read; both are said."""
    await europe.type(europe.lead, "group eu = #buyers-eu #users-eu")
    europe.users.members.remove(europe.running.slack.bot.id)
    await europe.running.step(timedelta(minutes=1))
    told = await europe.type(europe.lead, "score nps group eu")
    assert "20 answers" in told
    assert "Bifocal is not in <#C0USERS>, so nothing new comes from there." in told
    europe.users.kind = Kind.PRIVATE
    await europe.running.step(timedelta(minutes=1))
    told = await europe.type(europe.lead, "score nps group eu")
    assert "10 of 11 answered" in told
    assert "<#C0USERS> is not read: Bifocal does not see it any more." in told
    assert "eu: <#C0BUYERS> and <#C0USERS>" in await europe.type(europe.reader, "group")
    removed = await europe.type(europe.lead, "group remove eu")
    assert removed.startswith("eu is no group any more.")
    assert "put it back, type /pulse group eu = and <#C0BUYERS> and <#C0USERS>." in removed
    assert "There is no group of channels that you may read." in await europe.type(europe.lead, "group")
