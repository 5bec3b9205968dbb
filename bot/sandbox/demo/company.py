"""The company of the demo: its people and channels, and how they ask and answer."""

from datetime import timedelta

from bot.sandbox.demo.cast import Member
from bot.sandbox.demo.stage import Stage
from bot.sandbox.demo.telling import Telling
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View

PAUSE = 47  # seconds between two people who answer


class Company:
    """Everybody of the cast in a fresh workspace: two leads, customers, users, three channels."""

    def __init__(self, stage: Stage, members: list[Member]) -> None:
        self._stage = stage
        slack = stage.slack
        self._people = [(member, slack.workspace.add_user(member.name)) for member in members]
        leads = [user for member, user in self._people if member.lead]
        self.priya, self.jonas = leads
        everybody = self._people
        self.customers = slack.add_channel("atlas-customers", *leads, *_users(everybody, "customer"))
        self.users = slack.add_channel("atlas-users", *leads, *_users(everybody, "user"))
        self.team = slack.add_channel("atlas-team", *leads)
        self.someone = next(user for member, user in everybody if member.quote)
        self.newcomer = [user for member, user in everybody if member.customer and member.user][-1]

    async def answer_nps(self, telling: Telling) -> None:
        """Customers click a number; many write why."""
        question = self.customers.messages[-1]
        telling.message(question, self.customers)
        for member, user in self._people:
            if member.nps is not None:
                await self._click(telling, user, question, member.nps, member.why, quote=member.quote)
        telling.counted(question, self.customers)

    async def ask_again(self, telling: Telling) -> None:
        """Priya asks the customers once more; some have answered when the page is opened."""
        await telling.command(self.priya, self.customers, "ask nps about Atlas until fri 17:00")
        question = self.customers.messages[-1]
        for member, user in self._people:
            if member.nps_again is not None:
                await self._click(telling, user, question, member.nps_again, None)

    def invite_guest(self) -> None:
        """Somebody of another company, in another zone, joins the customers' channel."""
        workspace = self._stage.slack.workspace
        company = workspace.add_team("Lumen Labs")
        guest = workspace.add_user("Gil Fontaine", team_id=company.id, tz="America/New_York")
        self.customers.members.append(guest.id)
        self.customers.is_ext_shared = True

    def roles(self) -> dict[str, str]:
        """What everybody is in the story, by id: lead, both, buyer, user; external for the guest."""
        told = {user.id: _role(member) for member, user in self._people}
        workspace = self._stage.slack.workspace
        outside = [user for user in workspace.users.values() if user.team_id != workspace.team.id]
        return told | {user.id: "external" for user in outside}

    async def answer_csat(self, telling: Telling) -> None:
        """Customers say how the support was, without a comment."""
        question = self.customers.messages[-1]
        telling.message(question, self.customers)
        for member, user in self._people:
            if member.csat is not None:
                await self._click(telling, user, question, member.csat, None)
        telling.counted(question, self.customers)

    async def answer_umux(self, telling: Telling, *, again: bool) -> None:
        """Users answer two statements in a form."""
        question = self.users.messages[-1]
        telling.message(question, self.users)
        for member, user in self._people:
            points = member.umux_again if again else member.umux
            if points is not None:
                why = None if again else member.umux_why
                await self._fill_in(telling, user, question, points, why, quote=member.quote)
        telling.counted(question, self.users)

    async def schedule_usability(self, telling: Telling) -> None:
        """Jonas fills in the form of `/pulse schedule`."""
        await telling.command(self.jonas, self.users, "schedule", answer=False)
        await self._ask(
            telling,
            self.jonas,
            {
                "instrument": "umux_lite",
                "product": "Atlas",
                "channel": self.users.id,
                "often": "monthly 12",
                "at": "10:00",
                "zone": "Europe/Berlin",
                "open_for": "3d",
            },
        )

    async def ask_support(self, telling: Telling) -> None:
        """Priya fills in the form of `/pulse ask`."""
        await telling.command(self.priya, self.customers, "ask", answer=False)
        await self._ask(
            telling,
            self.priya,
            {
                "instrument": "csat",
                "product": "Atlas",
                "subject": "the support you just received",
                "channel": self.customers.id,
                "open_for": "3d",
            },
        )

    async def _ask(self, telling: Telling, user: User, values: dict[str, str]) -> None:
        slack = self._stage.slack
        await slack.submit(user, slack.views(user)[-1], values)
        await self._stage.settle()
        telling.form(slack.views(user)[-1], user)
        await slack.submit(user, slack.views(user)[-1])
        await self._stage.settle()
        telling.private(user, slack.channel(values["channel"]))

    async def _click(
        self,
        telling: Telling,
        user: User,
        question: Message,
        point: int,
        comment: str | None,
        *,
        quote: bool = False,
    ) -> None:
        slack = self._stage.slack
        await slack.click(user, question, f"point/{point}")
        await self._stage.settle()
        form = slack.views(user)[-1]
        telling.answered(user, str(point), form)
        await self._comment(telling, user, form, {}, comment, quote=quote)

    async def _fill_in(
        self,
        telling: Telling,
        user: User,
        question: Message,
        points: tuple[int, ...],
        comment: str | None,
        *,
        quote: bool = False,
    ) -> None:
        slack = self._stage.slack
        await slack.click(user, question, "open_form")
        await self._stage.settle()
        form = slack.views(user)[-1]
        telling.answered(user, " and ".join(map(str, points)), form)
        values = {f"item/{item}": str(point) for item, point in enumerate(points, 1)}
        await self._comment(telling, user, form, values, comment, quote=quote, send=True)
        await slack.close_view(user, slack.views(user)[-1])

    async def _comment(
        self,
        telling: Telling,
        user: User,
        form: View,
        values: dict[str, str],
        comment: str | None,
        *,
        quote: bool,
        send: bool = False,
    ) -> None:
        slack = self._stage.slack
        words = {"comment": comment} if comment else {}
        ticks = {"allow": ["quote"]} if comment and quote else {}
        if comment or send:
            await slack.submit(user, form, {**values, **words, **ticks})
        else:
            await slack.close_view(user, form)
        if comment:
            telling.classified(comment, self._stage.bot.classifier.classify(comment))
        self._stage.clock.step(timedelta(seconds=PAUSE))
        await self._stage.settle()


def _role(member: Member) -> str:
    if member.lead:
        return "lead"
    if member.customer:
        return "both" if member.user else "buyer"
    return "user"


def _users(people: list[tuple[Member, User]], group: str) -> list[User]:
    return [user for member, user in people if getattr(member, group)]
