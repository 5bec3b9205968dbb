"""Every button and form that only leads may use, pressed by everybody else, through one bot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.acting import payloads
from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.model.people import User
from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.comment_ids import UNDO, TopicPlace, Undo, write_topic_place, write_undo
from storage.records import Touchpoint
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import posted
from tests.handlers.scene import rows
from tests.jobs.permissions.test_may_post import OTHERS
from tests.jobs.scheduling import schedule
from tests.storage.scene import all_waves

NOT_FULL = "Only full members of this workspace"
READ_BY = "Comments on being a customer"
UNREACHED = ("unknown", "a bot", "gone", "a stranger")  # Slack takes no direct message to them
LEFT = "is not read: no lead of the digest is in it any more"
OF_ONESELF = (ids.FORGET, ids.KEPT_OF_ME)  # whatever else is sent
ERASES = (ids.TAKE_BACK, ids.FORGET)
GIVES_AN_ANSWER = ("point/7", ids.RATE_FORM)  # which anybody in the channel may do
ONLY = ("Only Priya Nair", "Only the leads of the digest of Atlas", "Only leads share", READ_BY)


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button with its value, or a form with what was put into it; `forged` is the value of nothing here."""

    action: str
    value: str
    block: str = "any"
    forged: str | None = None
    form: Mapping[str, Any] | None = None

    def of_nothing_here(self) -> "Press":
        """The same press of something that this workspace does not have."""
        return replace(self, value=self.forged or self.value.rpartition("/")[0] + "/0000")


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


async def pressed(running: Running, company: Company, user: User, press: Press, team: str = "") -> str:
    """What somebody reads who sends this press, signed, whatever a real client would let them do."""
    world = running.slack.world
    if press.form is None:
        channel_id = company.team.id if press.block.startswith("edition") else company.channel.id
        payload = {
            **payloads._common(world, user, "block_actions"),
            "container": {"type": "message", "channel_id": channel_id, "is_ephemeral": False},
            "channel": {"id": channel_id},
            "trigger_id": world.triggers.issue(user.id, channel_id=channel_id),
            "response_url": world.address + world.response_urls.issue(user.id, channel_id, None),
            "actions": [
                {
                    "type": "button",
                    "action_id": press.action,
                    "block_id": press.block,
                    "value": press.value,
                    "action_ts": world.moments.next(),
                }
            ],
        }
    else:
        payload = {
            **payloads._common(world, user, "view_submission"),
            "trigger_id": world.triggers.issue(user.id),
            "view": {
                "id": "V0",
                "type": "modal",
                "callback_id": press.action,
                "private_metadata": press.value,
                "state": {"values": press.form},
                "blocks": [],
            },
        }
    if team:
        payload["team"] = {"id": team, "domain": "elsewhere"}
    seen = len(running.slack.ephemerals(user)), len(running.slack.dms(user))
    answer = await running.slack.courier.deliver(Delivery("interactive", payload))
    await running.bot.background.drain()
    told = [*running.slack.ephemerals(user)[seen[0] :], *running.slack.dms(user)[seen[1] :]]
    return " ".join(message.text for message in told) or str(getattr(answer, "body", answer))


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
    before = _without_clicks(rows(tmp_path))
    told: dict[tuple[str, str, str], str] = {}
    for name, user in others.items():
        for press in presses:
            told[name, press.action, press.value] = await pressed(running, company, user, press)
            assert _without_clicks(rows(tmp_path)) == before, (name, press)
            await pressed(running, company, user, press.of_nothing_here())
            await pressed(running, company, user, press, team="T0OTHER")
            assert _without_clicks(rows(tmp_path)) == before, (name, press)
    for (name, action, value), said in told.items():
        if not (name in UNREACHED and action == ids.TOPIC_FORM) and name != "unknown":
            assert said.startswith((NOT_FULL, *ONLY)), (name, action, value, said)
    assert not any(running.slack.views(others[name]) for name in OTHERS)


def _without_clicks(kept: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept, without how often the buttons of a digest were pressed, which is anybody's to press."""
    return kept | {"digest": [row[:-1] for row in kept["digest"]]}


async def test_who_led_and_became_a_guest_leads_nothing(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Of their own questions and digests a former member corrects, shares, reads and ends nothing."""
    presses = await lead_presses(running, company)
    company.lead.is_guest = True
    await running.step(timedelta(minutes=2))
    before = _without_clicks(rows(tmp_path))
    for press in presses:
        said = await pressed(running, company, company.lead, press)
        assert said.startswith(NOT_FULL) or LEFT in said, (press, said)
        assert _without_clicks(rows(tmp_path)) == before, press


def presses_about(wave_id: str, edition_id: str, share_id: str, channel_id: str) -> list[Press]:
    """Every button and form of answers, of oneself and of shared results, about these ids."""
    page = ids.write_page(ids.Page(words="about Atlas", offset=0, seed=1))
    ticked = {"selected_options": [{"value": channel_id}]}
    draft = edition_ids.ShareDraft(edition_id=edition_id, where=(channel_id,), next_step="We fix it.")
    written = {ids.COMMENT_BLOCK: {"text": {"type": "plain_text_input", "value": "Not mine."}}}
    item = {ids.item_block(1): {"point": {"type": "static_select", "selected_option": {"value": "4"}}}}
    return [
        Press(action="point/7", value="7", block=ids.rate_block(wave_id, 1, 0)),
        Press(action=ids.OPEN_FORM, value="", block=ids.form_block(wave_id)),
        Press(action=ids.ADD_COMMENT, value="", block=ids.answer_block(wave_id)),
        Press(action=ids.TAKE_BACK, value=wave_id, block=ids.answer_block(wave_id)),
        Press(action=ids.COMMENT_FORM, value=ids.write_wave(wave_id), form=written),
        Press(action=ids.RATE_FORM, value=ids.write_wave(wave_id), form=item),
        Press(action=ids.PRIVACY, value=wave_id),
        Press(action=ids.KEPT_OF_ME, value=""),
        Press(action=ids.FORGET, value=""),
        Press(action=ids.MORE_ANSWERS, value=page),
        Press(action=edition_ids.HOW, value=f"edition/{edition_id}"),
        Press(action=edition_ids.HOW, value=f"share/{share_id}"),
        unshare(share_id),
        Press(
            action=edition_ids.SHARE_FORM,
            value=edition_ids.write_draft(edition_ids.ShareDraft(edition_id=edition_id)),
            form={edition_ids.WHERE_BLOCK: {"where": ticked}},
        ),
        Press(action=edition_ids.SHARE_PREVIEW, value=edition_ids.write_draft(draft), form={}),
    ]


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands in a workspace, by its true ids: somebody's open answer, an edition, shared results."""

    person: User
    wave_id: str
    edition_id: str
    share_id: str

    def presses(self, company: Company) -> list[Press]:
        """Every button and form about it."""
        return presses_about(self.wave_id, self.edition_id, self.share_id, company.channel.id)


async def all_that_stands(running: Running, company: Company, folder: Path) -> Stand:
    """An edition with a comment, its results shared back, and an open question with an answer."""
    question = await running.ask(company.lead, company.channel, "csat about Atlas")
    person = company.people[0]
    await running.click(person, question, 3)
    await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Too slow."})
    await posted(running, company)
    store, team = running.bot.store, company.lead.team_id
    (digest,) = await store.digests.in_channel(team, company.team.id)
    edition = await store.editions.last(team, digest.id)
    assert edition
    await pressed(running, company, company.lead, share_of(edition.id, company.channel.id))
    await running.step(timedelta(minutes=1))  # the results are posted before the next question
    ((_, share_id, *_),) = rows(folder)["share"]
    open_now = await running.ask(company.lead, company.channel, "seq about Atlas: send an invoice")
    await running.click(person, open_now, 5)
    await running.step(timedelta(minutes=2))
    wave = next(wave for wave in await all_waves(store) if wave.pulse.instrument == "seq")
    return Stand(person=person, wave_id=wave.id, edition_id=edition.id, share_id=str(share_id))


async def test_nobody_of_another_workspace_reaches_answers_editions_or_shares(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """With true ids from elsewhere, and with forged ids here, nothing is kept, changed, shared or shown."""
    stands = await all_that_stands(running, company, tmp_path)
    person, before = stands.person, rows(tmp_path)
    views = len(running.slack.views(person))
    for press in stands.presses(company):
        said = await pressed(running, company, person, press, team="T0OTHER")
        assert "Too slow" not in said, press
        assert _without(rows(tmp_path), "T0OTHER") == before, press
    for press in presses_about("0000", "0000", "0000", company.channel.id):
        if press.action in OF_ONESELF:
            continue
        await pressed(running, company, person, press)
        assert rows(tmp_path) == before, press
    assert len(running.slack.views(person)) == views


async def test_nobody_but_leads_shares_unshares_or_reads_answers_with_true_ids(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Guests, people of other companies and members share and remove nothing, and erase only their own."""
    stands = await all_that_stands(running, company, tmp_path)
    add = running.slack.workspace.add_user
    others = {name: add(f"Other {name}", **traits) for name, traits in OTHERS.items()}
    others["a member"] = company.people[7]
    for user in others.values():
        for channel in (company.channel, company.team):
            channel.members.extend({user.id} - set(channel.members))
    await running.step(timedelta(minutes=2))
    before = first = _without_clicks(rows(tmp_path))
    for name, user in others.items():
        for press in stands.presses(company):
            if press.action in GIVES_AN_ANSWER:
                continue
            said = await pressed(running, company, user, press)
            after = _without_clicks(rows(tmp_path))
            assert "Too slow" not in said, (name, press)
            if press.action in ERASES:  # what they have themselves; a mark of it may be new
                assert all(set(first[table]) <= set(after[table]) for table in ("rating", "comment"))
                before = after
            assert after == before, (name, press)
            if press.action == edition_ids.UNSHARE and name not in UNREACHED:
                assert said.startswith((NOT_FULL, *ONLY)), (name, press, said)
    await pressed(running, company, company.lead, unshare(stands.share_id))
    assert rows(tmp_path)["share"] != first["share"]  # so these ids were true


def unshare(share_id: str) -> Press:
    """The button that removes shared results."""
    return Press(action=edition_ids.UNSHARE, value=share_id, block=edition_ids.share_block(share_id))


def share_of(edition_id: str, channel_id: str) -> Press:
    """The last page of sharing, sent."""
    return presses_about("0", edition_id, "0", channel_id)[-1]


def _without(kept: dict[str, list[tuple[Any, ...]]], team: str) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept of all other workspaces."""
    return {name: [row for row in found if team not in row] for name, found in kept.items()}
