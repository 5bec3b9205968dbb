"""How a person knows a product: the question in the first form, the form that changes it, what it says."""

from dataclasses import replace

import pytest

from jobs.messages.layout.ids import ForgedId
from jobs.messages.layout.product_ids import RoleForm, read_role_form, write_role_form
from jobs.messages.respondent.answer_views import comment_form
from jobs.messages.respondent.role_view import read_role, role_form, role_gone, role_saved
from storage.records import KnownProduct, Role, RoleSaid
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

LONG = "The whole organisation & its <subsidiaries> abroad"


def test_the_first_form_asks_without_a_choice_made() -> None:
    """Four choices, none chosen, optional, below the comment; it promises nothing that is not built."""
    built = comment_form(examples.wave(), 3, comment=None, ask_role=True)
    check(built)
    (role,) = (block for block in built["blocks"] if block.get("block_id") == "role")
    assert role["label"]["text"] == "How do you know Atlas?"
    assert [each["text"]["text"] for each in role["element"]["options"]] == [
        "I choose or pay for it",
        "I run it for others",
        "I use it",
        "More than one of these",
    ]
    assert role["optional"]
    assert "initial_option" not in role["element"]
    assert role["hint"]["text"] == (
        "Asked once. It shows whether buyers or users answered, and their scores, in groups of ten or more. "
        "You can change it under What is kept of me."
    )
    plain = comment_form(examples.wave(), 3, comment=None)
    assert [block for block in built["blocks"] if block is not role] == plain["blocks"]


@pytest.mark.parametrize("role, chosen", [(Role.RUNS, "runs"), (None, "none")])
@pytest.mark.parametrize("name, title", [("Atlas", "How do you know Atlas?"), (LONG, "How do you know it?")])
def test_the_form_that_changes_it_shows_what_is_kept(
    role: Role | None, chosen: str, name: str, title: str
) -> None:
    """What was said is chosen, else that one would rather not say; a long name leaves the title."""
    known = KnownProduct(replace(examples.ATLAS, name=name), role)
    built = role_form(known, at_home=True)
    check(built)
    assert built["title"]["text"] == title
    assert built["blocks"][0]["label"]["text"] == f"How do you know {name}?"
    assert built["blocks"][0]["element"]["initial_option"]["value"] == chosen
    assert built["blocks"][0]["element"]["options"][-1]["text"]["text"] == "I would rather not say"
    assert read_role_form(built["private_metadata"]) == RoleForm(product_id="p1", at_home=True)
    for told in (role_saved(known), role_gone()):
        check(told)


@pytest.mark.parametrize(
    "state, said",
    [
        ({}, None),
        ({"role": {"selected_option": None}}, RoleSaid(None)),
        ({"role": {}}, RoleSaid(None)),
        ({"role": {"selected_option": {"value": "none"}}}, RoleSaid(None)),
        ({"role": {"selected_option": {"value": "several"}}}, RoleSaid(Role.SEVERAL)),
    ],
)
def test_a_sent_form_is_read(state: dict[str, dict[str, object]], said: RoleSaid | None) -> None:
    """A form without the question says nothing; one in which nothing was chosen says that."""
    assert read_role(state) == said


@pytest.mark.parametrize("value", ["admin", "", "BUYS", "buys ", 7, ["buys"], {"buys": 1}, True])
def test_a_forged_choice_is_refused(value: object) -> None:
    """Nothing but the choices of the form is read as one."""
    with pytest.raises(ForgedId):
        read_role({"role": {"selected_option": {"value": value}}})


@pytest.mark.parametrize("text", ["", "{}", "[]", "7", '{"product_id":7}', '{"product_id":"p","at_home":1}'])
def test_forged_metadata_of_a_role_is_refused(text: str) -> None:
    """Only what a form of ours carries is read."""
    assert read_role_form(write_role_form(RoleForm(product_id="p"))) == RoleForm(product_id="p")
    with pytest.raises(ForgedId):
        read_role_form(text)
