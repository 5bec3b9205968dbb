"""Figures for whoever watches: counters, times and ages. A label has a few known values, never an id."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.health.readiness import Readiness
from storage.records import DueKind, PostKind, PostState
from storage.store import Store

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # seconds; after three Slack gives up
_COMMIT = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5)
_DIGEST = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_LATE = (1, 2, 5, 15, 60, 300, 900, 3600, 86_400)
_WAITING = (PostState.PENDING, PostState.SENDING, PostState.UNKNOWN)
_KINDS: Mapping[str, DueKind | PostKind] = {
    **{f"{kind} post": kind for kind in PostKind},
    **{kind.value: kind for kind in DueKind},
}


class Metrics:
    """Counts in memory as it happens; what stands in the database is asked for when somebody reads."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.acks = Histogram(
            "bifocal_ack_seconds",
            "From the arrival of a request of Slack's to the answer, by kind and by whether it was taken",
            ["kind", "taken"],
            buckets=_ACK,
            registry=registry,
        )
        self.slack_answers = Counter(
            "bifocal_slack_answers", "Calls of Slack by how they ended", ["method", "kind"], registry=registry
        )
        self.digests = Histogram(
            "bifocal_digest_seconds",
            "How long it took to make the digests that were due at one time",
            buckets=_DIGEST,
            registry=registry,
        )
        self.late = Histogram(
            "bifocal_wave_late_seconds",
            "How late the questions of schedules were opened",
            buckets=_LATE,
            registry=registry,
        )
        self._commits = Histogram(
            "bifocal_commit_seconds", "How long a commit took", buckets=_COMMIT, registry=registry
        )
        self._lost_leases = Counter(
            "bifocal_lease_losses", "Messages whose sender did not come back in time", registry=registry
        )
        self._ready = Gauge("bifocal_ready", "1 when /readyz says ready, else 0", registry=registry)
        self._due = Gauge("bifocal_due", "What is due now", ["kind"], registry=registry)
        self._age = Gauge(
            "bifocal_due_age_seconds", "For how long the oldest is due", ["kind"], registry=registry
        )
        self._outbox = Gauge("bifocal_outbox_messages", "Messages by state", ["state"], registry=registry)

    def watch(self, store: Store) -> None:
        """Have the store tell of its commits, and of leases that were lost."""
        store.database.time_commits(self._commits.observe)
        store.doubts.count_lost = self._lost_leases.inc

    async def page(self, readiness: Readiness) -> bytes:
        """All figures in Prometheus' text format; those of the database are of the last seconds."""
        self._ready.set(await readiness.why_not() is None)
        look = await readiness.look()
        if look.trouble is None:
            due = {work.kind: work for work in look.due}
            for name, kind in _KINDS.items():
                work = due.get(kind)
                self._due.labels(name).set(work.count if work else 0)
                self._age.labels(name).set(readiness.age(work).total_seconds() if work else 0)
            for state in _WAITING:
                self._outbox.labels(state.value).set(look.sizes.get(state, 0))
        return generate_latest(self.registry)
