"""Presses a button or sends a form as anybody, signed, whatever a real client would let them do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.sandbox.acting import payloads
from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.model.people import User
from tests.conftest import Company, Running

NOT_FULL = "Only full members of this workspace"
READ_BY = "Comments on being a customer"
UNREACHED = ("unknown", "a bot", "gone", "a stranger")  # Slack takes no direct message to them
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


@contextmanager
def on_no_screen() -> Iterator[None]:
    """While forms are sent that nobody has open: Slack will know their pages at no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handlers.page_updates.AFTER_THE_ACK", (0,))
        yield


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
    with on_no_screen():
        answer = await running.slack.courier.deliver(Delivery("interactive", payload))
        await running.bot.finish()
    told = [*running.slack.ephemerals(user)[seen[0] :], *running.slack.dms(user)[seen[1] :]]
    return " ".join(message.text for message in told) or str(getattr(answer, "body", answer))


def without_clicks(kept: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept, without how often the buttons of a digest were pressed, which is anybody's to press."""
    return kept | {"digest": [row[:-1] for row in kept["digest"]]}
