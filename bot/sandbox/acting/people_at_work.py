"""People at work: each act goes to the bot as a real client's would, and its ack is applied.

What a client would not let a person do raises CannotActError; what Slack itself would show them
stands in the Outcome.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.acting import acks, payloads, typed
from bot.sandbox.acting.delivery import Courier, Delivery
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.acting.presence import confirmed, facing, find, present
from bot.sandbox.live import posting
from bot.sandbox.live.answers import Answer
from bot.sandbox.live.world import World
from bot.sandbox.model import forms
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.clock import unix
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.json_copy import copied
from bot.sandbox.model.messages import Message, with_ids
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View

BUTTON = ("type", "action_id", "text", "value", "url", "style")  # what a click reports of it


class Acting:
    """The acts of people. A person and a channel may be given by id."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world = world
        self.courier = courier

    async def command(self, user: User | str, channel: Channel | str, name: str, text: str = "") -> Outcome:
        """Type a slash command in a channel."""
        person, place = present(self.world, user, channel)
        if person.team_id != self.world.workspace.team.id:
            raise CannotActError("people of another company have no slash commands here")
        if name not in self.world.app.commands:
            raise CannotActError(f"{name} is not a valid command")
        escape = self.world.app.commands[name]
        words = typed.escaped(self.world.workspace, person, text) if escape else typed.plain(text)
        self._note("command", person, channel=place.id, command=name, text=text)
        fields = payloads.command(self.world, person, place, name, words.strip())
        delivery = Delivery("slash_commands", fields)
        answer = await self.courier.deliver(delivery)
        trouble = acks.of_command(self.world, person, place, name, answer)
        return self._outcome(person, delivery, answer, trouble=trouble)

    async def click(
        self,
        user: User | str,
        where: Message | View,
        action_id: str,
        *,
        block_id: str | None = None,
        value: str | None = None,
        confirm: bool | None = None,
    ) -> Outcome:
        """Press a button. `block_id` and `value` tell buttons of one action_id apart.

        A button that asks first needs `confirm`: True goes on, False stops and sends nothing.
        `where` may be a `snapshot()` of a message, for a screen that has not caught up.
        """
        person = facing(self.world, user, where)
        block, element = find(where, action_id, block_id=block_id, value=value)
        if element["type"] != "button":
            raise CannotActError(f"{action_id!r} is a {element['type']}, use select")
        if not confirmed(element, confirm):
            return Outcome()
        action = {key: element[key] for key in BUTTON if key in element}
        return await self._act(person, where, action | {"block_id": block["block_id"]})

    async def select(
        self,
        user: User | str,
        where: Message | View,
        action_id: str,
        value: Any,
        *,
        block_id: str | None = None,
        confirm: bool | None = None,
    ) -> Outcome:
        """Choose in a menu, radio buttons, checkboxes or a picker; options by their value."""
        person = facing(self.world, user, where)
        block, element = find(where, action_id, block_id=block_id)
        if element["type"] == "overflow":
            chosen = {"type": "overflow", "selected_option": forms.option(element, value)}
        elif element["type"] in forms.VALUES:
            chosen = forms.entry(element, value)
        else:
            raise CannotActError(f"{action_id!r} is a {element['type']}, use click")
        if isinstance(where, View) and block["type"] == "input" and not block.get("dispatch_action"):
            self.fill(person, where, {block["block_id"]: value})
            return Outcome()
        if not confirmed(element, confirm):
            return Outcome()
        return await self._act(
            person, where, chosen | {"action_id": action_id, "block_id": block["block_id"]}
        )

    def fill(self, user: User | str, view: View, values: Mapping[str, Any]) -> None:
        """Enter values into the inputs of a view, by block_id, without sending anything."""
        facing(self.world, user, view)
        forms.put(view.state, view.blocks, values)

    async def submit(self, user: User | str, view: View, values: Mapping[str, Any] | None = None) -> Outcome:
        """Fill in `values` and press the submit button. Slack checks required inputs and lengths itself."""
        person = facing(self.world, user, view)
        if "submit" not in view.body:
            raise CannotActError("this view has no button to send it")
        self.fill(person, view, values or {})
        complaints = forms.complaints(view.blocks, view.state)
        self._note("submit", person, view_id=view.id, callback_id=view.callback_id, errors=complaints)
        if complaints:
            return Outcome(errors=complaints)
        delivery = Delivery("interactive", payloads.submission(self.world, person, view))
        answer = await self.courier.deliver(delivery)
        errors, trouble = acks.of_submission(self.world, view, answer)
        return self._outcome(person, delivery, answer, errors=errors, trouble=trouble)

    async def close_view(self, user: User | str, view: View, *, everything: bool = False) -> Outcome:
        """Press the close button, or with `everything` the cross that closes the whole stack."""
        person = facing(self.world, user, view)
        everything = everything or bool(view.body.get("clear_on_close"))
        self._note("close", person, view_id=view.id)
        delivery = Delivery("interactive", payloads.closed(self.world, person, view, cleared=everything))
        if everything:
            self.world.screens.clear(person.id, why="closed")
        else:
            self.world.screens.close(view, why="closed")
        if not view.body.get("notify_on_close"):
            return Outcome()
        return self._outcome(person, delivery, await self.courier.deliver(delivery))

    def say(self, user: User | str, channel: Channel | str, text: str) -> Message:
        """Write a message in a channel."""
        person, place = present(self.world, user, channel)
        return posting.say(self.world, place, person.id, text)

    async def event(self, inner: dict[str, Any]) -> Outcome:
        """Tell the bot of an event that it has subscribed to; `inner` has its "type"."""
        at = self.world.clock()
        payload = payloads.event(self.world, len(self.world.feed), inner, unix(at))
        delivery = Delivery("events_api", payload)
        return Outcome(await self.courier.deliver(delivery), delivery=delivery)

    async def redeliver(self, outcome: Outcome) -> Outcome:
        """Send the same payload once more, signed anew, as a repeat that Slack or a network made."""
        if outcome.delivery is None:
            raise CannotActError("nothing was sent that could be sent again")
        again = replace(outcome.delivery, attempt=outcome.delivery.attempt + 1)
        return Outcome(await self.courier.deliver(again), delivery=again)

    async def _act(self, person: User, where: Message | View, action: dict[str, Any]) -> Outcome:
        action["action_ts"] = self.world.moments.next()
        shown = {key: action[key] for key in action if key != "text"}
        self._note("click", person, action=shown, **_place(where))
        delivery = Delivery("interactive", self._payload(person, where, action))
        answer = await self.courier.deliver(delivery)
        return self._outcome(person, delivery, answer, trouble=acks.of_click(answer))

    def _payload(self, person: User, where: Message | View, action: dict[str, Any]) -> dict[str, Any]:
        if isinstance(where, View):
            _remember(where.state, action)
            return payloads.view_actions(self.world, person, where, action)
        state = forms.fresh(with_ids(where.blocks), channel_id=where.channel_id)
        _remember(state, action)
        return payloads.message_actions(self.world, person, where, action, state)

    def _note(self, act: str, person: User, **facts: Any) -> None:
        self.world.feed.note(f"person.{act}", user=person.id, **facts)

    def _outcome(
        self,
        person: User,
        delivery: Delivery,
        answer: Answer,
        *,
        errors: Mapping[str, str] | None = None,
        trouble: str | None = None,
    ) -> Outcome:
        if trouble:
            self.world.feed.note("trouble", user=person.id, words=trouble)
        return Outcome(answer, copied(dict(errors or {})), trouble, delivery)


def _remember(state: forms.State, action: dict[str, Any]) -> None:
    """A choice outside of input blocks is part of the state that goes along with it."""
    if action["type"] in forms.VALUES:
        key = forms.VALUES[action["type"]][0]
        state[action["block_id"]][action["action_id"]] = {"type": action["type"], key: action[key]}


def _place(where: Message | View) -> dict[str, Any]:
    if isinstance(where, View):
        return {"view_id": where.id}
    return {"channel": where.channel_id, "message_ts": where.ts}
