"""Loads what a contrast is made of, and makes it: both sides of a product for a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from jobs.contrast import Contrast, SideInput, contrast, from_json
from jobs.figures.gather_answers import AskedWaves, Question, load_asked_waves, side_input
from storage.records import Edition, Lens, Period, Product
from storage.store import Store

WINDOW = timedelta(weeks=6)  # how far back a digest or a query looks, where nobody says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastResult:
    """A contrast and what it was made from.

    `metrics` says which instrument spoke for each side, `asked` what was asked in the channels.
    """

    contrast: Contrast
    metrics: Mapping[Lens, str | None]
    asked: AskedWaves


async def load_contrast(
    store: Store,
    client: AsyncWebClient,
    *,
    team_id: str,
    product: Product,
    channels: tuple[str, ...],
    period: Period,
    min_group: int,
    now: datetime,
    metrics: Mapping[Lens, str | None] | None = None,
    last: Edition | None = None,
    cuts: bool = False,
) -> ContrastResult:
    """The contrast of a product for a period, as these channels see it.

    `metrics` names the instrument that speaks for a side; where it names none that was asked, the first by
    rank speaks. `last` is the last full edition of the digest, None where there is none. Without `cuts`,
    comments are not counted.
    """
    asked = await load_asked_waves(store, team_id=team_id, product=product, channels=channels)
    chosen = {lens: _speaks_for(lens, asked, metrics or {}) for lens in Lens}
    sides: dict[Lens, SideInput] = {}
    for lens, key in chosen.items():
        if key is None:
            sides[lens] = SideInput()
            continue
        question = Question(team_id=team_id, product=product, channels=channels, instrument=key, lens=lens)
        sides[lens] = await side_input(store, question, asked, period=period, client=client, now=now)
    made = contrast(
        product.name,
        period,
        min_group=min_group,
        cx=sides[Lens.CX],
        ux=sides[Lens.UX],
        first=last is None,
        cuts=cuts,
        last=from_json(last.figures) if last else None,
    )
    return ContrastResult(contrast=made, metrics=chosen, asked=asked)


def _speaks_for(lens: Lens, asked: AskedWaves, metrics: Mapping[Lens, str | None]) -> str | None:
    """The instrument of a side: the one named for it if it was asked, else the first by rank; or None."""
    keys, named = asked.instruments(lens), metrics.get(lens)
    return named if named in keys else next(iter(keys), None)
