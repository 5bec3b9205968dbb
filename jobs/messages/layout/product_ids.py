"""The buttons that change products, or how one knows them, beside what reads them back."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from jobs.messages.layout.ids import ForgedId

Verb = Literal["rename", "merge", "remove", "whole", "part"]
CHANGE = re.compile(r"^product/(rename|merge|remove|whole|part)$")
KEEP = "product/keep"
BLOCK = "product_change"
CHANGE_ROLE = "change_role"  # its value is the id of a product
ROLE_FORM = "role"
ROLE_BLOCK = "role"
NOT_SAID = "none"  # the choice of no role


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOrder:
    """A change of a product as it was shown: its id and name, and the other name; `into` is that one's id."""

    verb: Verb
    id: str
    name: str
    other: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleForm:
    """What the form of a role carries along: its product, and whether it was opened in the Home tab."""

    product_id: str
    at_home: bool = False


def write_role_form(form: RoleForm) -> str:
    """The private_metadata of the form."""
    return json.dumps(asdict(form), separators=(",", ":"))


def read_role_form(private_metadata: str) -> RoleForm:
    """What a form carries along; raises ForgedId."""
    try:
        fields = json.loads(private_metadata)
        form = RoleForm(**fields)
    except (ValueError, TypeError, RecursionError) as error:
        raise ForgedId("no form of a role") from error
    if not isinstance(fields["product_id"], str) or not isinstance(fields.get("at_home", False), bool):
        raise ForgedId("no form of a role")
    return form


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
