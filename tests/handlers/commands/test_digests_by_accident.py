"""No slip makes a digest or a product; what was ended comes back, and `now` posts once."""

from datetime import timedelta

from storage.records import Digest
from tests.conftest import KNOWN_PRODUCTS, Company, Running
from tests.standing import TEAM, give_news

SLIPS = """
stop|pause|help|list|show|status|remove|delete Atlas|Atlas mon 09:00|Atlas Mon 9:00|cancel|end|disable|info
view|settings|?|usage|what|how|what?|quit|kill it
cancel Atlas|end Atlas|start|resume|restart|"stop" weekly mon 09:00|'help'|HELP!|please stop|Stop it|now off
from|weekly|about|Altas weekly mon 09:00|Altas|Atlas off|Atlas now|Atlas preview|Altas off|mon 09:00|"weekly"
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


async def here(running: Running, company: Company) -> list[Digest]:
    """The digests of the channel."""
    return await running.bot.store.digests.in_channel(TEAM, company.channel.id)


async def test_no_slip_makes_a_digest(running: Running, company: Company) -> None:
    """Typing alone sets no digest and makes no product, and each line gets an answer."""
    for words in SLIPS:
        seen = len(running.slack.ephemerals(company.lead))
        await running.type(company.lead, company.channel, f"digest {words}")
        assert len(running.slack.ephemerals(company.lead)) > seen, words
        assert await here(running, company) == [], words
    products = {each.name for each in await running.bot.store.products.everywhere(TEAM)}
    assert products == set(KNOWN_PRODUCTS)


async def test_another_channel_is_chosen_in_the_form(running: Running, company: Company) -> None:
    """It is opened with that channel and all that was typed; what acts on its digest is typed there."""
    lead, channel, slack = company.lead, company.channel, running.slack
    other = slack.add_channel("beside", lead)
    for words in (
        "Atlas in #beside tue 8:30",
        "set up a digest about Atlas in #beside",
        "move Atlas to #beside",
    ):
        await running.type(lead, channel, f"digest {words}")
        (view,) = slack.views(lead)
        assert other.id in str(view.body), words
        assert "'initial_value': 'Atlas'" in str(view.body), words
        await slack.close_view(lead, view)
    for words in ("Atlas now in #beside", "post Atlas to #beside", "stop Atlas in #beside"):
        answer = await running.type(lead, channel, f"digest {words}")
        assert answer is not None
        assert (
            answer.text == f"Type it in <#{other.id}>: a digest belongs to its channel. Nothing was changed."
        )
    here_too = await running.type(lead, channel, f"digest Atlas in #{channel.name}")
    assert here_too is not None
    assert here_too.text.startswith("Atlas, in <#")
    assert await here(running, company) == []


async def test_a_name_that_is_near_is_offered_first(running: Running, company: Company) -> None:
    """A new digest offers the product that was meant; of one that runs, the same command about it."""
    lead, channel = company.lead, company.channel
    offer = await running.type(lead, channel, "digest Altas weekly mon 09:00 Europe/Berlin")
    assert offer is not None
    assert "Altas is new here: nothing was asked about it yet. Did you mean Atlas" in offer.text
    row = offer.blocks[-1]["elements"]
    assert row[0]["text"]["text"] == "About Atlas"
    await running.slack.click(lead, offer, row[0]["action_id"])
    await running.bot.finish()
    await running.slack.click(lead, running.slack.ephemerals(lead, channel)[-1], "digest_set")
    await running.bot.finish()
    (digest,) = await here(running, company)
    assert digest.product.name == "Atlas"
    for verb in ("preview", "now", "off"):
        answer = await running.type(lead, channel, f"digest Altas {verb}")
        assert answer is not None
        assert "Did you mean Atlas?" in answer.text
    assert await here(running, company) == [digest]


async def test_the_command_that_off_tells_brings_all_back(running: Running, company: Company) -> None:
    """Sources, day, time, zone and place are those of the digest that was ended."""
    words = "digest Atlas from #atlas #atlas-team weekly thu 16:30 Asia/Tokyo"
    await running.digest(company.lead, company.channel, words)
    (before,) = await here(running, company)
    ended = await running.type(company.lead, company.channel, "digest off")
    assert ended is not None
    assert await here(running, company) == []
    again = ended.text.partition("To start it again: /pulse ")[2].partition(". Button")[0]
    await running.digest(company.lead, company.channel, again)
    (after,) = await here(running, company)
    assert (after.product, after.sources, after.cadence, after.zone, after.next_at) == (
        before.product, before.sources, before.cadence, before.zone, before.next_at
    )  # fmt: skip


ENDS = """off|stop|end|quit|cancel|cancel Atlas|off Atlas|Atlas off|delete|remove Atlas|stop it please|pause
disable|unsubscribe|turn it off|STOP!|drop Atlas""".replace("\n", "|").split("|")
SAYS = {
    "what": "The digest: customers beside users",
    "how": "The digest: customers beside users",
    "help": "The digest: customers beside users",
    "status": "Atlas",
    "resume": "Atlas",
    "start": "Atlas",
    "on": "Atlas",
    "off Altas": "Did you mean Atlas?",
    "cancel Zeppelin": "There is no digest about Zeppelin in this channel. Here is one about Atlas.",
}


async def test_every_word_does_the_near_thing(running: Running, company: Company) -> None:
    """With a digest in the channel: its words end it, start it as it was, or say it, and make no other."""
    lead, channel = company.lead, company.channel
    await running.digest(lead, channel, "digest Atlas from #atlas #atlas-team weekly thu 16:30 Asia/Tokyo")
    (digest,) = await here(running, company)
    for words, said in SAYS.items():
        answer = await running.type(lead, channel, f"digest {words}")
        assert answer is not None
        assert said in answer.text, (words, answer.text)
        assert await here(running, company) == [digest], words
    for words in ENDS:
        ended = await running.type(lead, channel, f"digest {words}")
        assert ended is not None
        assert ended.text.startswith("The digest about Atlas has ended"), (words, ended.text)
        assert await here(running, company) == [], words
        await running.digest(lead, channel, "digest resume")
        (again,) = await here(running, company)
        assert (again.sources, again.cadence, again.zone) == (digest.sources, digest.cadence, digest.zone)
    products = {each.name for each in await running.bot.store.products.everywhere(TEAM)}
    assert products == set(KNOWN_PRODUCTS)


async def test_now_posts_once(running: Running, company: Company) -> None:
    """Delivered three times it is one post; typed again within seconds, a sentence."""
    lead, channel = company.lead, company.channel
    await running.digest(lead, channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    (digest,) = await here(running, company)
    await give_news(running.bot.store, digest, running.clock())
    await running.step(timedelta(minutes=1))
    outcome = await running.slack.command(lead, channel, "/pulse", "digest now")
    for _ in range(2):
        await running.slack.redeliver(outcome)
    await running.settle()
    await running.settle()
    assert len(channel.messages) == 1
    again = await running.type(lead, channel, "digest now")
    await running.settle()
    assert again is not None
    assert "is here already, made a moment ago. Nothing more was posted." in again.text
    assert len(channel.messages) == 1


UNSET = [
    "digest Atlas weekly mon 09:00", "digest Borea daily 09:00", "digest weekly fri 10:00",
    "digest Atlas tue 9am", "digest Atlas weekly thu 16:30 Asia/Tokyo", "digest add #atlas-team",
    "digest Atlas from #atlas #atlas-team", "digest Atlas add #atlas-team", "digest start", "digest on",
    "digest set Atlas weekly mon 09:00",
]  # fmt: skip


async def test_words_set_no_digest_before_it_was_seen(running: Running, company: Company) -> None:
    """New, changed or started again: what is kept stays as it is until [Set it up] or [Save] is pressed."""
    lead, channel = company.lead, company.channel
    for state in ("none", "set", "ended"):
        if state == "set":
            await running.digest(lead, channel, "digest Atlas weekly wed 08:00 Europe/Berlin")
        if state == "ended":
            await running.type(lead, channel, "digest off")
        before = await here(running, company)
        assert bool(before) is (state == "set")
        for words in UNSET:
            await running.type(lead, channel, words)
            for view in list(running.slack.views(lead)):
                await running.slack.close_view(lead, view)
            assert await here(running, company) == before, (state, words)
    offer = await running.type(lead, channel, "digest Atlas weekly thu 16:30 Asia/Tokyo")
    assert offer is not None
    await running.slack.click(lead, offer, "digest_set")
    await running.bot.finish()
    assert [each.cadence for each in await here(running, company)] == ["weekly thu 16:30"]
