"""Who may correct a comment."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.model.people import User
from jobs.comments.correct import correct
from jobs.permissions.refusal import Refused
from storage.records import Comment, Correction, Sentiment, Touchpoint
from tests.conftest import Company, Running


async def test_only_leads_and_admins_correct(running: Running, company: Company) -> None:
    """Anybody else is told so and nothing changes; two corrections of one comment add up."""
    question = await running.ask(company.lead, company.channel)
    writer = company.people[0]
    await running.click(writer, question, 3)
    await running.slack.submit(writer, running.slack.views(writer)[-1], {"comment": "Support is quick."})
    store, directory = running.bot.store, running.bot.context.directory
    team_id = running.slack.workspace.team.id
    (comment,) = await store.comments.outdated("another", limit=10)
    with pytest.raises(Refused, match="Only Priya Nair"):
        await correct(
            store,
            directory,
            team_id=team_id,
            user_id=writer.id,
            comment_id=comment.id,
            sentiment=Sentiment.NEGATIVE,
        )
    for user, said in (
        (company.lead, {"sentiment": Sentiment.NEUTRAL}),
        (company.admin, {"touchpoint": Touchpoint.BRAND}),
    ):
        await correct(store, directory, team_id=team_id, user_id=user.id, comment_id=comment.id, **said)
    kept = await store.comments.get(team_id, comment.id)
    assert kept is not None
    assert (kept.sentiment, kept.touchpoints) == (Sentiment.NEUTRAL, (Touchpoint.BRAND,))


async def test_two_corrections_at_once_are_both_kept(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two leads who look at the same comment and correct it at the same moment undo nothing of each other."""
    question = await running.ask(company.lead, company.channel)
    writer = company.people[0]
    await running.click(writer, question, 3)
    await running.slack.submit(writer, running.slack.views(writer)[-1], {"comment": "Support is quick."})
    store, directory = running.bot.store, running.bot.context.directory
    team_id = running.slack.workspace.team.id
    (comment,) = await store.comments.outdated("another", limit=10)
    write, both_have_read = store.comments.correct, asyncio.Barrier(2)

    async def write_after_both_have_read(team_id: str, comment_id: str, said: Correction) -> Comment | None:
        await both_have_read.wait()
        return await write(team_id, comment_id, said)

    monkeypatch.setattr(store.comments, "correct", write_after_both_have_read)
    corrections: list[tuple[User, dict[str, Any]]] = [
        (company.lead, {"sentiment": Sentiment.NEUTRAL}),
        (company.admin, {"touchpoint": Touchpoint.BRAND}),
    ]
    await asyncio.gather(
        *(
            correct(store, directory, team_id=team_id, user_id=user.id, comment_id=comment.id, **said)
            for user, said in corrections
        )
    )
    kept = await store.comments.get(team_id, comment.id)
    assert kept is not None
    assert (kept.sentiment, kept.touchpoints) == (Sentiment.NEUTRAL, (Touchpoint.BRAND,))


async def test_a_comment_that_goes_before_the_write_is_said_to_be_gone(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its writer is forgotten after it was read: nothing is kept, and nobody reads that it was corrected."""
    question = await running.ask(company.lead, company.channel)
    author, store = company.people[0], running.bot.store
    await running.click(author, question, 3)
    await running.slack.submit(author, running.slack.views(author)[-1], {"comment": "Too slow."})
    keys = running.bot.context.respondents.both(author.team_id, author.id)
    (response,) = await store.responses.responses_of_person(author.team_id, keys)
    assert response.comment is not None
    write = store.comments.correct

    async def forget_and_write(*given: Any) -> Comment | None:
        await store.erasure.forget(author.team_id, keys)
        return await write(*given)

    monkeypatch.setattr(store.comments, "correct", forget_and_write)
    assert not await correct(
        store,
        running.bot.context.directory,
        team_id=author.team_id,
        user_id=company.lead.id,
        comment_id=response.comment.id,
        hide=True,
    )


async def test_a_comment_that_is_gone_changes_nothing(running: Running, company: Company) -> None:
    """A correction of an erased comment is no fault."""
    await correct(
        running.bot.store,
        running.bot.context.directory,
        team_id=running.slack.workspace.team.id,
        user_id=company.lead.id,
        comment_id="gone",
        hide=True,
    )
