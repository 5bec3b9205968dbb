"""The one composition root: builds every part from settings and a clock, and hands each its needs."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.connection.bolt_app import bolt_app
from bot.connection.clock_check import OWN
from bot.connection.pools import CountingClient, PatientClient, Pools, QuickClient, client_of
from bot.connection.slack_contact import SlackContact
from bot.health.metrics import Metrics
from bot.health.readiness import Readiness
from bot.shared_clock import SharedClock
from bot.start_checks import check_for_restore, check_secret, written_places
from bot.ticker import Step, Work
from handlers import register
from handlers.background import BackgroundTasks
from handlers.context import Context
from handlers.payloads import Clock
from jobs.answers import expire
from jobs.answers.respondent_key import Respondents
from jobs.classification import Classifier
from jobs.comments import cut_blocks, label
from jobs.comments.load_classifier import read_classifier
from jobs.delivery.look_up import look_up_due
from jobs.delivery.send import Sender
from jobs.delivery.tell_owner import tell_lost_zones
from jobs.delivery.wait_for_post import wait_for_post
from jobs.digests.draw_pictures import draw_due
from jobs.digests.publish import publish_due
from jobs.privacy.look import CountSettings, KeptFor
from jobs.pulses import close_waves, count_invited, count_rounds, open_waves
from jobs.pulses.erase_waiting import erase_waiting_due
from jobs.reminders.remind import Reminding
from jobs.slack.directory import Directory
from jobs.slack.let_in import look_whether_let_in
from jobs.slack.pacing import Pacing
from jobs.slack.upload import Uploads
from jobs.steps import StepRunner
from storage.schema.migrate import prepare
from storage.store import Store


@dataclass(kw_only=True)
class Bifocal:
    """The running bot. `steps` is what it does by itself; `close` ends what is in flight and lets go."""

    app: AsyncApp
    store: Store
    client: AsyncWebClient
    context: Context
    background: BackgroundTasks
    classifier: Classifier
    pools: Pools
    sender: Sender
    runner: StepRunner
    contact: SlackContact
    pacing: Pacing
    readiness: Readiness
    metrics: Metrics
    shared_clock: SharedClock | None = None

    @cached_property
    def steps(self) -> list[Step]:
        """What it does by itself, each step with its rhythm; what the first ones write is sent at once."""
        store, client, directory, runner = self.store, self.client, self.context.directory, self.runner
        classify, sender = self.classifier.classify, self.sender
        (k, weeks), kept = counting, _ = self.context.counting, self.context.kept_for
        opener = open_waves.WaveOpener(
            store, directory, runner, counting, opened=sender.woken.set, late=self.metrics.late.observe
        )

        people, pacing, clock = self.context.respondents, self.pacing, self.context.clock
        reminding = Reminding(store, directory, people, runner, client=client, pacing=pacing, clock=clock)

        async def close(now: datetime) -> None:
            await close_waves.close_due(store, runner, now=now)

        async def count(now: datetime) -> None:
            await count_rounds.count_due(store, runner, now=now, k=k, weeks=weeks)

        async def publish(now: datetime) -> None:
            """After an absence all is due at once; what closed before an edition is counted before it."""
            if not await store.digests.due(now):
                return
            if await store.rounds.is_behind(now):
                await close(now)
                await count(now)
            with self.metrics.digests.time():
                await publish_due(store, client, directory, runner, counting, now=now)

        async def erase_waiting(now: datetime) -> None:
            await erase_waiting_due(store, runner, now=now, weeks=kept.waiting)

        def doubts(now: datetime) -> Awaitable[object]:
            return look_up_due(store, client, self.pacing, now=now)

        def quietly(name: str, seconds: int, work: Work) -> Step:
            return Step(name=name, every=timedelta(seconds=seconds), work=work)

        def step(name: str, seconds: int, work: Work) -> Step:
            return replace(quietly(name, seconds, work), then=sender.woken.set)

        shared = self.shared_clock
        return [
            *([step("clock", 10, lambda _: shared.look())] if shared else []),
            step("open", 1, self._unless_locked(opener.open_due)),
            step("open after a look", 1, self._unless_locked(opener.open_after_look)),
            step("close", 5, close),
            step("count", 15, count),
            step("label", 30, lambda now: label.label_due(store, classify, runner, now=now)),
            step("cut", 30, lambda now: cut_blocks.cut_due(store, runner, now=now)),
            step("digests", 5, self._unless_locked(publish)),
            step("pictures", 2, lambda now: draw_due(store, self.context.uploads, runner, now=now)),
            step("waiting", 3600, erase_waiting),
            step("renew", 2, lambda _: store.renewals.ask()),
            step("recount", 60, lambda _: store.renewals.sweep()),
            step("zones", 3600, lambda _: tell_lost_zones(store)),
            step("doubts", 10, self._unless_locked(doubts)),
            step("let in", 5, lambda _: look_whether_let_in(client, self.pacing)),
            step("contact", 600, self._unless_locked(lambda _: self.contact.look())),
            step("expire", 3600, lambda now: expire.expire_due(store, now=now, kept=kept)),
            quietly("remind", 30, self._unless_locked(reminding.remind_due)),
            Step(
                name="send",
                every=timedelta(seconds=2),
                work=lambda _: sender.send_due(),
                due=sender.woken,
                listens=True,
            ),
            quietly(
                "invited",
                10,
                lambda now: count_invited.count_invited_due(store, directory, runner, now=now),
            ),
            quietly("health", 30, lambda _: self.readiness.log_change()),
        ]

    def _unless_locked(self, work: Work) -> Work:
        """What is due while Slack takes nothing counts as missed: it is caught up, not written down."""

        async def done(now: datetime) -> None:
            if not self.pacing.locked:
                await work(now)

        return done

    async def tick(self, now: datetime) -> None:
        """Run every step once, one after the other, as `now` has it: for whoever steps the clock."""
        for step in self.steps:
            await step.run(now)

    async def finish(self) -> None:
        """End what runs in the background, and send what a command has woken the sender for."""
        await self.background.drain_beside(self._send, woken=self.sender.woken)

    async def _send(self) -> None:
        await draw_due(self.store, self.context.uploads, self.runner, now=self.context.clock())
        await self.sender.send_due()

    def stop(self) -> None:
        """Claim no message and begin no item any more; what is under way goes on to its end."""
        self.sender.stop()
        self.runner.stop()

    async def close(self, *, patience: float | None = None) -> None:
        """Finish what is in flight, within `patience` seconds, then let go of Slack and the database."""
        await self.background.drain(patience=patience)
        await self.readiness.close()
        await self.store.close()
        await self.pools.close()


async def build(settings: Settings, *, clock: Clock, shared: bool = False) -> Bifocal:
    """Every part, put together; call inside the running loop.

    With `shared` it goes by the database's clock where that has one, as all replicas do, instead of `clock`.
    Raises WrongSecret, and OldDatabase or NewerDatabase (`storage.schema.migrate`).
    """
    await prepare(settings.database_url)
    store = await Store.open(settings.database_url, zone=settings.bifocal_timezone)
    await check_secret(store, settings)
    shared_clock = SharedClock(clock, store) if shared else None
    if shared_clock:
        await shared_clock.look()
        clock = shared_clock
    await check_for_restore(store, settings, clock())
    pools, token = Pools(), settings.slack_bot_token.get_secret_value()
    metrics = Metrics()
    metrics.watch(store)
    where = token, settings.slack_api_url, metrics.slack_answers
    client = client_of(CountingClient, pools.calls, *where)
    forms = client_of(PatientClient, pools.forms, *where)
    contact = SlackContact(client, clock, whose=shared_clock.whose if shared_clock else OWN)
    forms.pacing = pacing = Pacing(clock)
    directory = Directory(client, clock, pacing)
    counting = CountSettings(settings.bifocal_min_group, settings.bifocal_round_weeks)
    sender = Sender(
        store,
        client_of(QuickClient, pools.posts, *where),
        clock,
        pacing,
        counting,
        directory=directory,
        scopes=lambda: contact.scopes,
    )
    classifier = read_classifier(settings.bifocal_lexicon, **settings.readers)
    background = BackgroundTasks()
    context = Context(
        store=store,
        directory=directory,
        respondents=Respondents(settings.bifocal_secret),
        client=forms,
        classify=classifier.classify,
        background=background,
        clock=clock,
        min_group=settings.bifocal_min_group,
        round_weeks=settings.bifocal_round_weeks,
        kept_for=KeptFor(settings.bifocal_keep_waiting_weeks, settings.bifocal_keep_comments_weeks),
        zone=settings.bifocal_timezone,
        wake=sender.woken.set,
        wait_for_post=partial(wait_for_post, store, sender.awaited, clock),
        uploads=Uploads(client),
    )

    app = bolt_app(client, forms.authorize, answers=pools.answers, receipts=pools.receipts)
    register(app, context)
    return Bifocal(
        app=app,
        store=store,
        client=client,
        context=context,
        background=background,
        classifier=classifier,
        pools=pools,
        sender=sender,
        runner=StepRunner(),
        contact=contact,
        pacing=pacing,
        metrics=metrics,
        readiness=Readiness(
            store, contact, pacing, clock, shared_clock=shared_clock, places=written_places(settings)
        ),
        shared_clock=shared_clock,
    )
