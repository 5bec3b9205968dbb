"""The company of the demo: its people and channels, and how they ask and answer."""

from collections.abc import Sequence
from datetime import timedelta

from bot.sandbox.demo.cast import Cast, Member
from bot.sandbox.demo.choices import Answer, answers_to_csat, answers_to_nps, answers_to_umux, role_of
from bot.sandbox.demo.stage import Stage
from bot.sandbox.demo.telling import BERLIN, Telling
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from jobs.messages.layout import digest_ids
from jobs.messages.layout.product_ids import ROLE_BLOCK

NEW_NAME = "new_name"  # the page that comes before a first question about a product
SUNDAY = 7
PAUSE = 47  # seconds between two people who answer
ANEW = (  # what customers are asked about when no question is open, and the week whose answers they repeat
    ("your last invoice", 16),
    ("the last training", 24),
    ("the help pages", 16),
    ("the last renewal", 24),
    ("the last call with us", 24),
)


class Company:
    """Everybody of the cast in a fresh workspace: two leads, customers, users, six channels."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self._stage = stage
        self._cast = cast
        slack = stage.slack
        self._people = [(member, slack.workspace.add_user(member.name)) for member in cast.person]
        self._user = {member.name: user for member, user in self._people}
        leads = [user for member, user in self._people if member.lead]
        self.priya, self.jonas = leads
        self.visitor = next(user for member, user in self._people if member.visitor)
        self.someone = next(user for member, user in self._people if member.quotes)
        self.customers = slack.add_channel("atlas-customers", *leads, *_users(self._people, "customer"))
        self.users = slack.add_channel("atlas-users", *leads, *_users(self._people, "user"))
        self.team = slack.add_channel("atlas-team", *leads)
        self.beacon = slack.add_channel("beacon-users", *leads, *_users(self._people, "user"))
        self.clients = slack.add_channel("northwind-customers", *leads, *_users(self._people, "customer"))
        self.whole = slack.add_channel("northwind-leads", *leads)
        self._asked_anew = 0

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

    async def set_digest(self, telling: Telling) -> None:
        """Priya sets the digest of the team's channel."""
        await self._set_digest(telling, self.team, "Atlas from #atlas-customers #atlas-users")

    async def be_the_whole(self, telling: Telling, week: int) -> None:
        """Customers are asked about Northwind as a whole, users about its other product, for one digest."""
        about_all = answers_to_nps(self._cast, week, whole=True)
        await self._ask_once(telling, self.priya, "nps about Northwind", self.clients, about_all)
        await telling.command(self.priya, self.whole, "products whole Northwind")
        await self._press(telling, self.whole, "product/whole")
        about_other = answers_to_umux(self._cast, week, other=True)
        await self._ask_once(telling, self.jonas, "umux_lite about Beacon", self.beacon, about_other)
        sources = "#northwind-customers #atlas-users #beacon-users"
        await self._set_digest(telling, self.whole, f"Northwind from {sources}")
        figure = "churn 2.1% last month for customers about Northwind"
        await telling.command(self.priya, self.whole, f"outcome {figure}")

    async def _ask_once(
        self, telling: Telling, lead: User, words: str, channel: Channel, answers: Sequence[Answer]
    ) -> None:
        """A lead fills in the form of `/pulse ask`, and everybody answers."""
        instrument, product = words.split(" about ")
        await telling.command(lead, channel, "ask", answer=False)
        values = {"instrument": instrument, "product": product, "channel": channel.id, "open_for": "3d"}
        await self._ask(telling, lead, values)
        await self._answer(telling, channel, answers, told=False)

    async def _set_digest(self, telling: Telling, channel: Channel, words: str) -> None:
        await telling.command(self.priya, channel, f"digest {words} weekly mon 09:00 Europe/Berlin")
        await self._press(telling, channel, digest_ids.KEEP)

    async def _press(self, telling: Telling, channel: Channel, action: str) -> None:
        """Priya presses a button of what she was answered."""
        slack = self._stage.slack
        await slack.click(self.priya, slack.ephemerals(self.priya, channel)[-1], action)
        await self._stage.settle()
        telling.private(self.priya, channel)

    async def schedule(
        self, telling: Telling, lead: User, instrument: str, channel: Channel, day: str
    ) -> None:
        """A lead fills in the form of `/pulse schedule`: every four weeks from that day on."""
        await telling.command(lead, channel, "schedule", answer=False)
        values = {
            "instrument": instrument,
            "product": "Atlas",
            "channel": channel.id,
            "words": f"every 4 weeks mon 10:00 from {day}",
            "zone": "Europe/Berlin",
            "open_for": "3d",
        }
        await self._ask(telling, lead, values)

    async def ask_support(self, telling: Telling) -> None:
        """Priya fills in the form of `/pulse ask`: how was the support?"""
        await telling.command(self.priya, self.customers, "ask", answer=False)
        values = {
            "instrument": "csat",
            "product": "Atlas",
            "subject": "the support you just received",
            "channel": self.customers.id,
            "open_for": "3d",
        }
        await self._ask(telling, self.priya, values)

    async def ask_anew(self, telling: Telling) -> None:
        """Priya asks the customers about something new until Sunday evening, and they answer at once.

        Each time about something else, so that the answers are counted before the next Monday.
        """
        subject, week = ANEW[self._asked_anew % len(ANEW)]
        self._asked_anew += 1
        before = len(self.customers.messages)
        is_sunday = self._stage.clock().astimezone(BERLIN).isoweekday() == SUNDAY
        how_long = "for 1 day" if is_sunday else "until sun 20:00"
        await telling.command(self.priya, self.customers, f"ask csat about Atlas: {subject} {how_long}")
        if len(self.customers.messages) == before:  # refused, for instance because Atlas has another name now
            return
        await self._answer(telling, self.customers, answers_to_csat(self._cast, week))

    async def enter_outcome(self, telling: Telling) -> None:
        """Priya enters a figure that Bifocal does not ask for: it stands beside the two sides."""
        await telling.command(self.priya, self.team, "outcome retention 94% last month")

    async def answer_nps(self, telling: Telling, week: int) -> None:
        """Customers click a number; some write why."""
        await self._answer(telling, self.customers, answers_to_nps(self._cast, week))

    async def answer_csat(self, telling: Telling, week: int) -> None:
        """Customers say how the support was, without a comment."""
        await self._answer(telling, self.customers, answers_to_csat(self._cast, week))

    async def answer_umux(self, telling: Telling, week: int) -> None:
        """Users answer two statements in a form."""
        await self._answer(telling, self.users, answers_to_umux(self._cast, week))

    async def _ask(self, telling: Telling, user: User, values: dict[str, str]) -> None:
        slack = self._stage.slack
        await slack.submit(user, slack.views(user)[-1], values)
        await self._stage.settle()
        if slack.views(user)[-1].body["callback_id"] == NEW_NAME:
            await slack.submit(user, slack.views(user)[-1])
            await self._stage.settle()
        telling.form(slack.views(user)[-1], user)
        await slack.submit(user, slack.views(user)[-1])
        await self._stage.settle()
        telling.private(user, slack.channel(values["channel"]))

    async def _answer(
        self, telling: Telling, channel: Channel, answers: Sequence[Answer], *, told: bool = True
    ) -> None:
        """Everybody answers the newest question of a channel, one after the other."""
        question = channel.messages[-1]
        telling.message(question, channel, known=not told)
        for answer in answers:
            user = self._user[answer.member.name]
            form = await self._opened(user, question, answer.points)
            telling.answered(user, " and ".join(map(str, answer.points)), form)
            await self._fill_in(telling, user, form, answer)
            self._stage.clock.step(timedelta(seconds=PAUSE))
        await self._stage.settle()
        telling.counted(question, channel)

    async def _opened(self, user: User, question: Message, points: tuple[int, ...]) -> View:
        """The form that a click opens: on the one point, or on the button of a question with several."""
        slack = self._stage.slack
        await slack.click(user, question, f"point/{points[0]}" if len(points) == 1 else "open_form")
        await self._stage.bot.background.drain()
        return slack.views(user)[-1]

    async def _fill_in(self, telling: Telling, user: User, form: View, answer: Answer) -> None:
        """Send the form with what there is to say, or close it."""
        slack = self._stage.slack
        several = len(answer.points) > 1
        values = {f"item/{item}": str(point) for item, point in enumerate(answer.points, 1) if several}
        words = {"comment": answer.comment} if answer.comment else {}
        ticks = {"allow": ["quote"]} if answer.quote else {}
        asked = any(block.get("block_id") == ROLE_BLOCK for block in form.body["blocks"])
        told = {ROLE_BLOCK: role_of(self._cast, answer.member).value} if asked else {}
        if several or words or told:
            await slack.submit(user, form, {**values, **words, **ticks, **told})
            await self._stage.bot.background.drain()
        if slack.views(user):  # nothing to send, or the word that all is saved
            await slack.close_view(user, slack.views(user)[-1])
        if answer.comment:
            telling.classified(answer.comment, self._stage.bot.classifier.classify(answer.comment))


def _role(member: Member) -> str:
    if member.lead:
        return "lead"
    if member.customer:
        return "both" if member.user else "buyer"
    return "user"


def _users(people: list[tuple[Member, User]], group: str) -> list[User]:
    return [user for member, user in people if getattr(member, group)]
