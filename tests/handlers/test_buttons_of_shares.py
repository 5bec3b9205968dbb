"""The buttons of answers and of shared results, pressed with true ids by everybody else."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.model.people import User
from jobs.messages.layout import edition_ids, ids
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import posted
from tests.handlers.pressing import NOT_FULL, ONLY, UNREACHED, Press, pressed, without_clicks
from tests.handlers.scene import rows
from tests.jobs.permissions.test_may_post import OTHERS
from tests.storage.scene import all_waves

OF_ONESELF = (ids.FORGET, ids.KEPT_OF_ME)  # whatever else is sent
ERASES = (ids.TAKE_BACK, ids.FORGET)
GIVES_AN_ANSWER = ("point/7", ids.RATE_FORM)  # which anybody in the channel may do


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
    before = first = without_clicks(rows(tmp_path))
    for name, user in others.items():
        for press in stands.presses(company):
            if press.action in GIVES_AN_ANSWER:
                continue
            said = await pressed(running, company, user, press)
            after = without_clicks(rows(tmp_path))
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
