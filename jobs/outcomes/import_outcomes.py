"""Keeps the figures of a CSV file, none where a line is wrong; however often, each is kept once."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from jobs.outcomes.csv_format import CsvRow, read_csv
from storage.digests.outcomes import Change, ProductGone
from storage.records import Outcome, Product
from storage.records.name_folding import fold
from storage.store import Store

AT_ONCE = 200  # figures in one write, so that the bot's own writes do not wait long


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file: how many figures are new, corrected, or were kept so before.

    `refused` has the number of each line that is wrong, with what is wrong: then nothing was kept. Line 0 is
    the whole file, of which a part may be kept.
    """

    changes: Counter[Change]
    refused: tuple[tuple[int, str], ...] = ()


async def import_outcomes(store: Store, data: bytes, *, now: datetime, zone: str) -> Imported:
    """Keep the figures of a file about products that there are; days are those of a zone (an IANA name).

    Raises InvalidFile for what is no table of figures.
    """
    read = read_csv(data, today=now.astimezone(ZoneInfo(zone)).date())
    products: dict[str, Product | str] = {}
    refused = list(read.refused)
    said: dict[tuple[object, ...], CsvRow] = {}
    for row in read.rows:
        if row.product not in products:
            products[row.product] = await _product(store, row.product)
        found = products[row.product]
        if isinstance(found, str):
            refused.append((row.line, found))
            continue
        figure = row.figure
        kind = (found.id, figure.lens, fold(figure.metric), figure.day, figure.whole_month)
        first = said.setdefault(kind, row)
        if (first.figure.value, first.figure.unit, first.figure.currency, first.figure.source) != (
            figure.value,
            figure.unit,
            figure.currency,
            figure.source,
        ):
            refused.append((row.line, f"Line {first.line} has this figure of that day otherwise: keep one."))
    if refused:
        return Imported(changes=Counter(), refused=tuple(sorted(refused)))
    entered = [
        Outcome(
            team_id=product.team_id,
            id=token_hex(8),
            product_id=product.id,
            figure=row.figure,
            entered_by=None,
            entered_at=now,
        )
        for row in read.rows
        if isinstance(product := products[row.product], Product)
    ]
    changes: Counter[Change] = Counter()
    try:
        for at in range(0, len(entered), AT_ONCE):
            kept = await store.outcomes.keep(entered[at : at + AT_ONCE])
            changes.update(each.change for each in kept)
    except ProductGone:
        return Imported(changes=changes, refused=((0, "A product was removed meanwhile."),))
    return Imported(changes=changes)


async def _product(store: Store, name: str) -> Product | str:
    """The product of a name, or why there is not one."""
    found = await store.outcomes.products_called(name)
    if len(found) == 1:
        return found[0]
    if found:
        return f"Several workspaces have a product {name}."
    return f"There is no product {name}. `/pulse products` lists those that there are."
