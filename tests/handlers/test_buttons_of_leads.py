"""Every button and form that only leads may use, pressed by everybody else, through one bot."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.comment_ids import UNDO, TopicPlace, Undo, write_topic_place, write_undo
from storage.records import Touchpoint
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import posted
from tests.handlers.pressing import NOT_FULL, ONLY, UNREACHED, Press, pressed, without_clicks
from tests.handlers.scene import rows
from tests.jobs.permissions.test_may_post import OTHERS
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

LEFT = "is not read: no lead of the digest is in it any more"


async def lead_presses(running: Running, company: Company) -> list[Press]:
    """What a lead could press now, each of something that stands and that it would change."""
    question = await running.ask(company.lead, company.channel, "csat about Atlas")
    for person in company.people[:6]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Too slow."})
    await posted(running, company)
    await schedule(running, company)
    store, team = running.bot.store, company.lead.team_id
    (digest,) = await store.digests.in_channel(team, company.team.id)
    edition = await store.editions.last(team, digest.id)
    assert edition
    (batch,) = await store.listed_comments.batches(
        team, [company.channel.id], product_id=digest.product.id, lens=None
    )
    comment = batch.comments[0]
    wave = next(wave for wave in await all_waves(store) if wave.pulse.instrument == "nps")
    page = ids.Page(words="about Atlas", offset=0, seed=1)
    menu = ids.comment_block(0, page)
    place = TopicPlace(comment_id=comment.id, channel_id=company.channel.id, page=page)
    undo = Undo(comment_id=comment.id, said="positive", before=None, page=page)
    share = f"edition/{edition.id}"
    topic = {ids.TOPIC_BLOCK: {"topic": {"type": "static_select", "selected_option": {"value": "billing"}}}}
    return [
        Press(action=ids.TAKE_DOWN, value=wave.id, forged="0000"),
        Press(action=ids.END_SCHEDULE, value="3", forged="99"),
        Press(action=ids.CORRECT, value=ids.correction(comment.id, "positive"), block=menu),
        Press(action=ids.CORRECT, value=ids.correction(comment.id, "hide"), block=menu),
        Press(action=ids.CORRECT, value=ids.correction(comment.id, "topic"), block=menu),
        Press(
            action=ids.TOPIC_FORM,
            value=write_topic_place(place),
            forged=write_topic_place(replace(place, comment_id="0000")),
            form=topic,
        ),
        Press(action=UNDO, value=write_undo(undo), forged=write_undo(replace(undo, comment_id="0000"))),
        Press(action=ids.MORE_COMMENTS, value=ids.write_page(page), forged=""),
        Press(action=edition_ids.COMMENTS, value=Touchpoint.BILLING, block=share, forged=""),
        Press(action=edition_ids.SHARE, value=share),
        *(Press(action=wish, value=digest.id, forged="0000") for wish in ids.WISHES),
    ]


async def test_nobody_but_leads_changes_anything_by_a_button(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Guests, bots, people and admins of other companies, strangers and members read one true sentence."""
    presses = await lead_presses(running, company)
    add = running.slack.workspace.add_user
    others = {
        name: add(f"Other {number}", id=f"U0OTHER{number}", **traits)
        for number, (name, traits) in enumerate(OTHERS.items())
    }
    others |= {"a member": company.people[7], "unknown": replace(company.people[7], id="U0NOBODY")}
    for user in others.values():
        for channel in (company.channel, company.team):
            channel.members.extend({user.id} - set(channel.members))
    await running.step(timedelta(minutes=2))
    before = without_clicks(rows(tmp_path))
    told: dict[tuple[str, str, str], str] = {}
    for name, user in others.items():
        for press in presses:
            told[name, press.action, press.value] = await pressed(running, company, user, press)
            await pressed(running, company, user, press.of_nothing_here())
            await pressed(running, company, user, press, team="T0OTHER")
            assert without_clicks(rows(tmp_path)) == before, (name, press)
    for (name, action, value), said in told.items():
        if not (name in UNREACHED and action == ids.TOPIC_FORM) and name != "unknown":
            assert said.startswith((NOT_FULL, *ONLY)), (name, action, value, said)
    assert not any(running.slack.views(others[name]) for name in OTHERS)


async def test_who_led_and_became_a_guest_leads_nothing(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Of their own questions and digests a former member corrects, shares, reads and ends nothing."""
    presses = await lead_presses(running, company)
    company.lead.is_guest = True
    await running.step(timedelta(minutes=2))
    before = without_clicks(rows(tmp_path))
    for press in presses:
        said = await pressed(running, company, company.lead, press)
        assert said.startswith(NOT_FULL) or LEFT in said, (press, said)
        assert without_clicks(rows(tmp_path)) == before, press
