"""What people do with the app itself: open its Home tab, write to it, invite it, use its shortcuts.

Slack tells the bot of an act only where the app has subscribed to that event and has the scope for it.
"""

from typing import Any

from bot.sandbox.acting import acks, payloads
from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.acting.people_at_work import Acting
from bot.sandbox.acting.presence import present, somebody
from bot.sandbox.live import posting
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User

LETTERS = {Kind.PUBLIC: "C", Kind.PRIVATE: "G"}


class AppSurfaces(Acting):
    """Acts on the app. A person and a channel may be given by id."""

    async def open_home(self, user: User | str) -> Outcome:
        """Open the Home tab. What it shows is `world.homes.of`, as the bot publishes it."""
        person = self._colleague(user)
        if not self.world.app.home_tab:
            raise CannotActError("the app has no Home tab")
        home = self.world.homes.of(person.id)
        shown = {"view": self.world.homes.payload(home)} if home else {}
        return await self._opened(person, "home", **shown)

    async def open_messages(self, user: User | str) -> Outcome:
        """Open the Messages tab."""
        return await self._opened(self._colleague(user), "messages")

    async def write(self, user: User | str, text: str) -> Outcome:
        """Write to the bot in its Messages tab."""
        person = self._colleague(user)
        if not self.world.app.takes_messages:
            raise CannotActError("sending messages to this app has been turned off")
        dm = self._dm(person)
        message = posting.say(self.world, dm, person.id, text)
        self._note("wrote", person, text=text)
        if "im:history" not in self.world.app.scopes:
            return Outcome()
        inner = {
            "type": "message",
            "user": person.id,
            "text": text,
            "ts": message.ts,
            "channel": dm.id,
            "channel_type": "im",
            "event_ts": message.ts,
        }
        return await self._tell("message.im", inner)

    async def invite(self, user: User | str, channel: Channel | str, *guests: User) -> Outcome:
        """Invite people, or with nobody named the bot, into a channel that one is in."""
        person, place = present(self.world, user, channel)
        bot = self.world.workspace.users[self.world.app.bot_user_id]
        outcome = Outcome()
        for guest in guests or (bot,):
            if guest.id in place.members:
                raise CannotActError(f"{guest.real_name} is in that channel already")
            place.members.append(guest.id)
            self._note("invited", person, channel=place.id, guest=guest.id)
            if bot.id in place.members:
                outcome = await self._tell("member_joined_channel", self._joined(person, place, guest))
        return outcome

    async def shortcut(self, user: User | str, message: Message, callback_id: str) -> Outcome:
        """Use a message shortcut of the app."""
        person, _ = present(self.world, self._colleague(user), message.channel_id)
        if callback_id not in self.world.app.shortcuts:
            raise CannotActError(f"the app has no shortcut {callback_id!r}")
        if message.viewer is not None or message.deleted:
            raise CannotActError("that message has no shortcuts")
        self._note("shortcut", person, channel=message.channel_id, message_ts=message.ts)
        delivery = Delivery("interactive", payloads.shortcut(self.world, person, message, callback_id))
        answer = await self.courier.deliver(delivery)
        return self._outcome(person, delivery, answer, trouble=acks.of_click(answer))

    def _colleague(self, user: User | str) -> User:
        person = somebody(self.world, user)
        if person.is_stranger or person.team_id != self.world.workspace.team.id:
            raise CannotActError("people of another company do not see the app")
        return person

    def _dm(self, person: User) -> Channel:
        known = self.world.workspace.dm(person.id)
        return known or self.world.workspace.open_dm(person.id, self.world.app.bot_user_id)

    def _joined(self, inviter: User, channel: Channel, guest: User) -> dict[str, Any]:
        return {
            "type": "member_joined_channel",
            "user": guest.id,
            "channel": channel.id,
            "channel_type": LETTERS[channel.kind],
            "team": guest.team_id,
            "inviter": inviter.id,
            "event_ts": self.world.moments.next(),
        }

    async def _opened(self, person: User, tab: str, **shown: Any) -> Outcome:
        self._note("opened", person, tab=tab)
        inner = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._dm(person).id,
            "tab": tab,
            "event_ts": self.world.moments.next(),
            **shown,
        }
        return await self._tell("app_home_opened", inner)

    async def _tell(self, subscription: str, inner: dict[str, Any]) -> Outcome:
        if subscription not in self.world.app.events:
            return Outcome()
        return await self.event(inner)
