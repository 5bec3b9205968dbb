"""The buttons that change products, beside what reads them back."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from jobs.messages.layout.ids import ForgedId

Verb = Literal["rename", "merge", "remove"]
CHANGE = re.compile(r"^product/(rename|merge|remove)$")
KEEP = "product/keep"
BLOCK = "product_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOrder:
    """A change of a product as it was shown: its id and name, and the other name; `into` is that one's id."""

    verb: Verb
    id: str
    name: str
    other: str = ""
    into: str = ""


def write_order(order: ProductOrder) -> str:
    """The value of the button that does it."""
    return json.dumps(asdict(order), ensure_ascii=False)


def read_order(value: str) -> ProductOrder:
    """The change that a button stands for; raises ForgedId."""
    try:
        fields = json.loads(value)
        order = ProductOrder(**fields)
    except (ValueError, TypeError) as error:
        raise ForgedId("no change of a product") from error
    if order.verb not in get_args(Verb) or not all(isinstance(each, str) for each in fields.values()):
        raise ForgedId("no change of a product")
    return order
