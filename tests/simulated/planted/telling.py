"""Faults in what people read, and in what is written where nobody should read it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from bot.connection.response_url import Respond
from handlers.listeners import answer_clicks, answer_forms
from handlers.replies import tell
from handlers.syntax import names
from jobs.answers.record_answer import Answerer, record_click, send_comment
from jobs.instruments import INSTRUMENTS, find
from jobs.messages.report import score_words
from jobs.messages.wording import escaping
from jobs.permissions import scope
from storage.records import NewComment
from storage.schema.delivery_tables import POST
from storage.store import Store

LOG = logging.getLogger("handlers.planted")


@contextmanager
def receipt_of_another() -> Iterator[None]:
    """A receipt goes to whoever clicked before."""
    before = list[Any]()

    async def told(respond: Any, message: Any, **more: Any) -> None:
        before.append(respond)
        await tell(before[-2] if len(before) > 1 else respond, message, **more)

    with patch.object(answer_clicks, "tell", told):
        yield


@contextmanager
def failed_answer_is_not_repeated() -> Iterator[None]:
    """What Slack did not take at first is said in no other way."""

    async def unsaid(*_: Any, **__: Any) -> None:
        pass

    with patch.object(Respond, "otherwise", unsaid):
        yield


@contextmanager
def mistyped_is_guessed() -> Iterator[None]:
    """Whatever somebody types, a question is asked."""
    with patch.object(names, "find", lambda name: find(name) or INSTRUMENTS["nps"]):
        yield


@contextmanager
def score_without_its_range() -> Iterator[None]:
    """A score stands there as if it were sure."""
    with patch.object(score_words, "likely", lambda *_: ""):
        yield


@contextmanager
def private_channel_is_read_everywhere() -> Iterator[None]:
    """A query speaks of every channel."""
    within = scope.scope

    async def everywhere(store: Store, directory: Any, *, team_id: str, channel_id: str) -> scope.Scope:
        found = await within(store, directory, team_id=team_id, channel_id=channel_id)
        channels = tuple(dict.fromkeys((*found.channels, "C0BOREA")))
        products = await store.products.in_channels(team_id, channels)
        return replace(found, channels=channels, products=tuple(products))

    with patch.object(scope, "scope", everywhere):
        yield


@contextmanager
def typed_text_is_markup() -> Iterator[None]:
    """What people have written is shown as it is."""
    with patch.object(escaping, "escape", lambda text: text):
        yield


@contextmanager
def comment_in_the_log() -> Iterator[None]:
    """The log tells what was written."""

    async def sent(*means: Any, comment: NewComment, **more: Any) -> Any:
        LOG.info("kept: %s", comment.text)
        return await send_comment(*means, comment=comment, **more)

    with patch.object(answer_forms, "send_comment", sent):
        yield


@contextmanager
def user_id_in_the_outbox() -> Iterator[None]:
    """Beside a question it is kept who has answered last."""

    async def recorded(store: Store, respondents: Any, answerer: Answerer, **more: Any) -> Any:
        kept = await record_click(store, respondents, answerer, **more)
        its = POST.update().where(POST.c.ref == answerer.wave_id).values(others=[answerer.user_id])
        await store.database.write(lambda connection: connection.execute(its))
        return kept

    with patch.object(answer_clicks, "record_click", recorded):
        yield
