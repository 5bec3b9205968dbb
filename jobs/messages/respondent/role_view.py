"""How a person knows a product: the form that changes it, what it says then, and the line about it."""

from collections.abc import Mapping
from typing import Any

from jobs.messages.layout.blocks import Block, View, button, choice, input_block, modal, option, section
from jobs.messages.layout.ids import ForgedId
from jobs.messages.layout.product_ids import (
    CHANGE_ROLE,
    NOT_SAID,
    ROLE_BLOCK,
    ROLE_FORM,
    RoleForm,
    write_role_form,
)
from jobs.messages.respondent.answer_views import ROLE_OPTIONS, ROLE_SHOWS, how_you_know
from jobs.messages.respondent.receipts import told_view
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.vocabulary import ROLES
from jobs.messages.wording.voice import MRKDWN, Voice
from storage.records import KnownProduct, Role, RoleSaid

FROM_NOW_ON = f"{ROLE_SHOWS} What you say now holds from the next count on."
NO_CHOICE = "That is none of the choices. Nothing was saved; please choose again."
RATHER_NOT = "I would rather not say"
NOT_TOLD = "You have not said."
GONE = (
    "This product is no longer here: it was removed, or it became part of another one. Nothing was changed. "
    "What is kept of me shows what holds now."
)
LONGEST_TITLE = 24  # of a form, in Slack


def role_form(known: KnownProduct, *, at_home: bool) -> View:
    """The form in which somebody changes how they know a product, or takes back what they said."""
    asked = how_you_know(known.product)
    chosen = known.role.value if known.role else NOT_SAID
    return modal(
        ROLE_FORM,
        asked if len(asked) <= LONGEST_TITLE else "How do you know it?",
        [
            input_block(
                ROLE_BLOCK,
                asked,
                choice("role", [*ROLE_OPTIONS, option(RATHER_NOT, NOT_SAID)], chosen=chosen),
                hint=FROM_NOW_ON,
            )
        ],
        close="Cancel",
        submit="Save",
        metadata=write_role_form(RoleForm(product_id=known.product.id, at_home=at_home)),
    )


def read_role(values: Mapping[str, Mapping[str, Any]]) -> RoleSaid | None:
    """What a sent form says of a role, given the state of each input; None where it does not ask.

    Raises `ForgedId` for a choice that no form of ours offers.
    """
    if ROLE_BLOCK not in values:
        return None
    chosen = values[ROLE_BLOCK].get("selected_option")
    said = chosen.get("value") if isinstance(chosen, Mapping) else chosen
    if said in (None, NOT_SAID):
        return RoleSaid(None)
    if said not in list(Role):
        raise ForgedId("no role")
    return RoleSaid(Role(said))


def role_saved(known: KnownProduct) -> View:
    """What a sent form turns into."""
    about = safe(known.product.name)
    if known.role is None:
        return told_view(f"*Erased.* Bifocal does not keep how you know {about}, and will not ask it again.")
    return told_view(f"*Saved.* How you know {about}: {ROLES[known.role]}.")


def role_gone() -> View:
    """The product was removed or merged while the form was open."""
    return told_view(GONE)


def role_line(voice: Voice, known: KnownProduct) -> str:
    """How somebody knows a product, as it is kept."""
    return f"{voice.bold(f'How you know {safe(known.product.name)}:')} {_said(known)}"


def role_section(known: KnownProduct, *, at_home: bool = False) -> Block:
    """The same beside the button that changes it; in the Home tab on two lines."""
    two_lines = f"*How you know {safe(known.product.name)}*\n{_said(known)}"
    words = two_lines if at_home else role_line(MRKDWN, known)
    return section(words, accessory=button("Change", CHANGE_ROLE, value=known.product.id))


def _said(known: KnownProduct) -> str:
    return f"{ROLES[known.role]}." if known.role else NOT_TOLD
