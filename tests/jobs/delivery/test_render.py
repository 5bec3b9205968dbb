"""A message as it should look now, from what is stored."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.sandbox.model.channels import Kind
from bot.sandbox.model.messages import Message, elements
from jobs.contrast import from_json
from jobs.delivery.render import render
from jobs.privacy.look import CountSettings
from storage.records import Post, PostKind, PostState
from storage.schema.delivery_tables import DIGEST
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

COUNTING = CountSettings()


def post(team_id: str, kind: PostKind, ref: str, text: str | None = None) -> Post:
    """A message of the outbox."""
    return Post(
        team_id=team_id,
        key=ref,
        kind=kind,
        ref=ref,
        part=0,
        channel_id="C1",
        state=PostState.PENDING,
        text=text,
    )


async def test_what_is_gone_is_not_shown(running: Running) -> None:
    """A wave or edition that is not there has nothing to show; a notice has its words."""
    store, now, team = running.bot.store, running.clock(), running.slack.workspace.team.id
    assert await render(store, post(team, PostKind.WAVE, "x"), COUNTING, now=now) is None
    assert await render(store, post(team, PostKind.EDITION, "x"), COUNTING, now=now) is None
    said = await render(store, post(team, PostKind.NOTICE, "x", "Words."), COUNTING, now=now)
    assert said == {"text": "Words."}


async def test_a_closed_question_says_where_its_results_will_be(running: Running, company: Company) -> None:
    """Only from a group on, and only where a digest reads it."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    few = await running.ask(company.lead, company.channel)
    many = await running.ask(company.lead, company.channel, "seq about Atlas: send an invoice")
    other = await running.ask(company.lead, company.team, "csat about Atlas")
    for number, person in enumerate(company.people):
        await running.click(person, many, 5)
        if number < 4:
            await running.click(person, few, 9)
    await running.step(timedelta(days=7, minutes=1))
    await running.step(timedelta(seconds=6))
    assert "Results: Monday's digest, in this channel." in many.text
    assert "4 answered, thank you. A word needs 5 people, a score 10. These answers wait" in few.text
    assert "Results" not in few.text
    assert "Results" not in other.text


async def test_the_next_digest_is_not_promised_for_what_is_counted_after_it(
    running: Running, company: Company
) -> None:
    """Of two questions that close on Monday, only what is counted by nine is in that morning's digest."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    early = await running.ask(company.lead, company.channel, "nps about Atlas until 2026-11-09 08:44")
    late = await running.ask(
        company.lead, company.channel, "seq about Atlas: send an invoice until 2026-11-09 08:50"
    )
    for number, person in enumerate(company.people):
        await running.click(person, early, (9, 8, 3)[number % 3])
        await running.click(person, late, 1 + number % 5)
    await running.step(timedelta(days=6, hours=22, minutes=51))  # Monday 08:51
    await running.step(timedelta(seconds=6))
    assert "Results: Monday's digest, in this channel." in early.text
    assert "Results: the digest of 16 November, in this channel." in late.text
    await running.step(timedelta(minutes=9))
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    posted = next(each.text for each in company.channel.messages if each.text.startswith("Atlas: "))
    assert "NPS plus 10" in posted
    assert "SEQ" not in posted


async def test_a_question_within_its_four_weeks_says_when_it_is_counted(
    running: Running, company: Company
) -> None:
    """Asked again after a week, its answers wait for the day that the count gives; then they are counted."""
    for _ in range(2):
        question = await running.ask(company.lead, company.channel)
        for number, person in enumerate(company.people):
            await running.click(person, question, (9, 8, 3)[number % 3])
        await running.count()
    await running.step(timedelta(seconds=6))
    assert (
        "10 answered, thank you. This question is counted every four weeks, next on 6 Dec." in question.text
    )
    await running.step(timedelta(days=20))
    waves = await running.bot.store.rounds.about(
        company.lead.team_id,
        [company.channel.id],
        product_id=(await running.bot.store.products.in_channels(company.lead.team_id, ["C0ATLAS"]))[0].id,
    )
    assert [str(one.counted_on) for one in waves] == ["2026-11-09", "2026-12-06"]


async def test_a_digest_is_promised_only_for_the_score_that_it_shows(
    running: Running, company: Company
) -> None:
    """Of two questions about one side a digest shows one; under the other no digest is named."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    shows = await running.ask(company.lead, company.channel)
    other = await running.ask(company.lead, company.channel, "csat about Atlas")
    for number, person in enumerate(company.people):
        await running.click(person, shows, (9, 8, 3)[number % 3])
        await running.click(person, other, 1 + number % 5)
    await running.step(timedelta(days=7, minutes=1))
    await running.step(timedelta(seconds=6))
    assert "Results: Monday's digest, in this channel." in shows.text
    assert other.text.endswith("10 answered, thank you.")


async def test_a_question_counted_late_names_the_digest_after_its_count(
    running: Running, company: Company
) -> None:
    """What waited until 6 December is not promised for a digest of November."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    for _ in range(2):
        question = await running.ask(company.lead, company.channel)
        for number, person in enumerate(company.people):
            await running.click(person, question, (9, 8, 3)[number % 3])
        await running.count()
        for _ in range(6):  # a channel takes one message a second
            await running.step(timedelta(seconds=2))
    await running.step(timedelta(days=20))
    for _ in range(6):
        await running.step(timedelta(seconds=2))
    assert "Results: the digest of 7 December, in this channel." in question.text


async def test_a_new_reader_is_named_with_another_question_about_that_side(
    running: Running, company: Company
) -> None:
    """A question that is asked once names it too, where the same side was asked about before it began."""
    lead, channel = company.lead, company.channel
    await running.ask(lead, channel, "nps about Atlas")
    running.clock.step(timedelta(minutes=5))
    await running.digest(lead, company.team, "digest Atlas from #atlas weekly mon 09:00")
    running.clock.step(timedelta(minutes=5))
    told = []
    for words in ("csat about Borea", "csat about Atlas", "nps about Atlas"):
        question = await running.ask(lead, channel, words)
        told.append("New: <#C0TEAM> now sees the scores." in question.text)
        running.clock.step(timedelta(minutes=5))
    assert told == [False, True, False]


async def test_a_new_reader_is_named_with_the_next_question(running: Running, company: Company) -> None:
    """A digest that began to read a question since it was last asked stands in its small print, once."""
    first = await _weekly(running, company)
    assert "New: <#" not in first.text
    running.clock.step(timedelta(minutes=5))
    await running.digest(company.lead, company.team, "digest Atlas")
    running.clock.step(timedelta(minutes=5))
    await running.digest(company.lead, company.team, "digest Atlas from #atlas #atlas-team")
    await running.step(timedelta(days=7))
    assert "New: <#C0TEAM> now sees the scores." in company.channel.messages[-1].text
    await running.step(timedelta(days=7))
    assert "New: <#" not in company.channel.messages[-1].text


async def _weekly(running: Running, company: Company) -> Message:
    await schedule(running, company)
    await running.step(timedelta(days=7))
    return company.channel.messages[-1]


async def test_a_broken_digest_holds_up_no_question(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a digest cannot be read, its question is posted and closed without the lines about digests."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    first = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, first, 9)
    await _spoil(running, cadence="no rule")
    await running.type(company.lead, company.channel, "close 1")
    await running.step(timedelta(minutes=1))
    assert not any(elements(block) for block in first.blocks)
    assert "Results" not in first.text
    assert "is shown without what its digests add" in caplog.text
    assert not running.slack.dms(company.lead)


async def test_a_broken_list_of_sources_holds_up_no_question(running: Running, company: Company) -> None:
    """The digest of one channel is broken: the next question of another is posted all the same."""
    await _weekly(running, company)
    await running.digest(company.lead, company.team, "digest Atlas")
    await _spoil(running, sources=text("'[broken'"))
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 2
    (told,) = running.slack.dms(company.lead)
    assert "reads cannot be found in the database any more" in told.text


async def _spoil(running: Running, **values: object) -> None:
    """Write into every digest what Bifocal never writes."""
    spoil = DIGEST.update().values(values)
    await running.bot.store.database.write(lambda connection: connection.execute(spoil))


async def test_an_edition_shows_its_own_figures(running: Running, company: Company) -> None:
    """What was posted is rendered from what was kept, whatever was answered since."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await running.type(company.lead, company.channel, "digest now")
    await running.settle()
    store, team = running.bot.store, company.lead.team_id
    (digest,) = await store.digests.in_channel(team, company.channel.id)
    edition = await store.editions.last(team, digest.id)
    assert edition is not None
    assert from_json(edition.figures, edition.quotes).product == "Atlas"
    before = next(each.text for each in company.channel.messages if each.text.startswith("Atlas: "))
    await store.erasure.forget(team, running.bot.context.respondents.both(team, company.people[0].id))
    again = await render(store, post(team, PostKind.EDITION, edition.id), COUNTING, now=running.clock())
    assert again is not None
    assert again["text"] == before


async def test_results_elsewhere_are_named_as_far_as_all_may_know(running: Running, company: Company) -> None:
    """A public channel has its name; of a digest in a private one the question says who gets the results."""
    secret = running.slack.add_channel("secret", company.lead, id="C0SECRET", kind=Kind.PRIVATE)
    for place, words in (
        (secret, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"),
        (company.team, "digest Beacon from #atlas weekly tue 09:00 Europe/Berlin"),
    ):
        await running.digest(company.lead, place, words)
    private = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    public = await running.ask(company.lead, company.channel, "nps about Beacon until fri 17:00")
    alone = await running.ask(company.lead, company.channel, "nps about Calypso until fri 17:00")
    for question in (private, public, alone):
        for number, person in enumerate(company.people):
            await running.click(person, question, (9, 8, 3)[number % 3])
    await running.step(timedelta(days=4, hours=8))
    for _ in range(4):
        await running.step(timedelta(seconds=6))
    assert private.text.endswith("Priya Nair gets the results on Monday 9 November and can share them here.")
    assert public.text.endswith("Results: in the digest on Tuesday 10 November in <#C0TEAM>.")
    assert alone.text.endswith("10 answered, thank you.")


@pytest.mark.parametrize(
    "change,said",
    [
        ("digest off", ""),
        ("digest Atlas weekly wed 10:00", "Results: Wednesday's digest, in this channel."),
        ("digest Atlas monthly 1 09:00", "Results: the digest of 1 December, in this channel."),
    ],
)
async def test_a_closed_question_says_what_is_true_of_its_digest_now(
    running: Running, company: Company, change: str, said: str
) -> None:
    """When the digest ends or moves, its closed question is renewed."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    for number, person in enumerate(company.people):
        await running.click(person, question, (9, 8, 3)[number % 3])
    await running.step(timedelta(days=4, hours=8))
    await running.step(timedelta(seconds=6))
    assert question.text.endswith("Results: Monday's digest, in this channel.")
    await running.digest(company.lead, company.channel, change)
    await running.step(timedelta(seconds=6))
    assert question.text.endswith(said or "10 answered, thank you.")


async def test_what_was_in_an_edition_keeps_its_day(running: Running, company: Company) -> None:
    """A digest that moves afterwards takes nothing to another day."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    for number, person in enumerate(company.people):
        await running.click(person, question, (9, 8, 3)[number % 3])
    await running.step(timedelta(days=4, hours=8))
    await running.step(timedelta(days=3))
    await running.digest(company.lead, company.channel, "digest Atlas weekly wed 10:00")
    ref = next(iter(await all_waves(running.bot.store))).id
    shown = await render(
        running.bot.store,
        post(company.lead.team_id, PostKind.WAVE, ref),
        COUNTING,
        now=running.clock(),
        directory=running.bot.context.directory,
    )
    assert shown is not None
    assert shown["text"].endswith("Results: Monday's digest, in this channel.")


async def test_a_count_that_fails_promises_the_digest_after_it(running: Running, company: Company) -> None:
    """Where the count is late and the edition went without it, the next edition is named."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    for number, person in enumerate(company.people):
        await running.click(person, question, (9, 8, 3)[number % 3])
    await running.step(timedelta(days=4, hours=8))
    (wave,) = await all_waves(running.bot.store)
    shown = await render(
        running.bot.store,
        post(company.lead.team_id, PostKind.WAVE, wave.id),
        COUNTING,
        now=running.clock() + timedelta(days=3),
        directory=running.bot.context.directory,
    )
    assert shown is not None
    assert shown["text"].endswith("Results: the digest of 16 November, in this channel.")


async def test_a_channel_that_grew_says_what_is_made_of_what_waits(
    running: Running, company: Company
) -> None:
    """As long as answers wait from when it was small, a word is made from five on: each question says so."""
    few = running.slack.add_channel("few", company.lead, *company.people[:7], id="C0FEW")
    await schedule(running, company, channel=few.id, open_for="3d")
    await running.step(timedelta(days=7))
    for person in company.people[:3]:
        await running.click(person, few.messages[-1], 9)
    await running.step(timedelta(days=3, minutes=20))
    for number in range(9):
        few.members.append(running.slack.workspace.add_user(f"New {number}", id=f"U0NEW{number}").id)
    await running.step(timedelta(days=4))
    await running.step(timedelta(minutes=1))
    question = few.messages[-1]
    assert "Confidential: a word only from 5 people on, scores from 10" in question.text
    for person in company.people[3:6]:
        await running.click(person, question, 9)
    await running.step(timedelta(days=3, minutes=20))
    for wave in await all_waves(running.bot.store):
        assert wave.round_id
    await running.step(timedelta(days=4))
    await running.step(timedelta(minutes=1))
    assert "Confidential: scores only from 10 people on" in few.messages[-1].text
