"""Loads the scores of a product: one instrument, or all that were asked."""

from dataclasses import dataclass

from jobs.contrast import Side
from jobs.contrast.side import build_side
from jobs.figures.gather_rounds import AskedRounds, Topic, load_asked_rounds, side_input
from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import subjects
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from storage.records import Lens, Period, Product
from storage.store import Store

MOST_SCORES = 6  # that one answer shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores by product, each a side without its comments; `left` are what one answer has no room for.

    `notes` are sentences about what is not read.
    """

    sides: list[tuple[Product, Side]]
    left: list[tuple[Product, Side]]
    notes: tuple[str, ...]


async def load_scores(
    store: Store,
    directory: Directory,
    requester: Requester,
    *,
    product: str | None,
    instrument: str | None,
    period: Period | None,
    counting: CountSettings,
) -> Scores:
    """Up to six scores of the named product, else of each product that is spoken of in this channel.

    Raises Refused where no such question was asked.
    """
    found: list[tuple[Product, Side]] = []
    about = await subjects(store, directory, requester, product)
    for read_about, channels in about.found:
        asked = await load_asked_rounds(
            store,
            team_id=requester.team_id,
            product=read_about,
            channels=channels,
            instrument=instrument,
            period=period,
        )
        for topic in _topics(asked, instrument):
            given = await side_input(store, topic, asked, period=period, counting=counting, now=requester.now)
            found.append((read_about, build_side(topic.lens, given, min_group=counting.k)))
    if not found:
        name = about.found[0][0].name
        nothing = why_not.nothing_asked(name, instrument)
        raise Refused(why_not.nothing_read(name, about.notes) if about.notes else nothing)
    return Scores(sides=found[:MOST_SCORES], left=found[MOST_SCORES:], notes=about.said)


def _topics(asked: AskedRounds, instrument: str | None) -> list[Topic]:
    """What was asked, side by side; what was asked with names has a figure of its own."""
    return [topic for lens in Lens for topic in asked.topics(lens) if instrument in {None, topic.instrument}]
