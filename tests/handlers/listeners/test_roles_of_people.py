"""People say once how they know a product, change it, and take it back."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.model.people import User
from storage.records import Product
from tests.conftest import Company, Running
from tests.handlers.pressing import Press, pressed
from tests.handlers.scene import dialog, refused, rows, told

HOW = "How do you know Atlas?"
GONE = (
    "This product is no longer here: it was removed, or it became part of another one. Nothing was changed."
)


def asks_role(running: Running, person: User) -> bool:
    """Whether the form on top of a person's screen asks how they know a product."""
    return any(block.get("block_id") == "role" for block in dialog(running, person)["blocks"])


def shown(running: Running, person: User) -> str:
    """All that the form on top of a person's screen says."""
    return json.dumps(dialog(running, person), ensure_ascii=False)


def at_home(running: Running, person: User) -> str:
    """All that a person's Home tab says."""
    home = running.slack.home(person)
    return json.dumps(home.body if home else {}, ensure_ascii=False)


async def send(running: Running, person: User, values: dict[str, Any]) -> None:
    """Send the form on top of a person's screen."""
    sent = await running.slack.submit(person, running.slack.views(person)[-1], values)
    assert sent.ok
    await running.bot.finish()


async def press(running: Running, person: User, button: str) -> None:
    """Press a button of the form on top of a person's screen."""
    await running.slack.click(person, running.slack.views(person)[-1], button)
    await running.bot.finish()


async def test_a_role_is_asked_in_the_first_form_until_one_is_sent(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """A closed form asks again with the next question, a sent one does not, and nobody's id is in a row."""
    one, two, three = [
        await running.ask(company.lead, company.channel, words)
        for words in ("nps about Atlas", "csat about Atlas", "ces about Atlas: the support of Atlas")
    ]
    ann, ben = company.people[:2]
    await running.click(ann, one, 9)
    role = next(block for block in dialog(running, ann)["blocks"] if block.get("block_id") == "role")
    assert (role["label"]["text"], role["optional"], role["element"]["type"]) == (HOW, True, "radio_buttons")
    assert "initial_option" not in role["element"]
    assert [each["value"] for each in role["element"]["options"]] == ["buys", "runs", "uses", "several"]
    await running.slack.close_view(ann, running.slack.views(ann)[-1])
    await running.click(ann, two, 4)
    assert asks_role(running, ann)
    await send(running, ann, {"comment": "Fine.", "role": "buys"})
    await running.click(ann, three, 4)
    assert not asks_role(running, ann)
    await running.click(ben, one, 0)
    await send(running, ben, {"comment": "Fine."})
    await running.click(ben, two, 4)
    assert not asks_role(running, ben)
    kept = rows(tmp_path)["role"]
    assert sorted(str(row[-1]) for row in kept) == ["None", "buys"]
    assert not any(person.id in repr(kept) for person in (ann, ben))
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_a_role_is_changed_and_taken_back(running: Running, company: Company, tmp_path: Path) -> None:
    """From Home, from the form and from the private message; each place says what is kept then."""
    ann = company.people[0]
    await running.click(ann, await running.ask(company.lead, company.channel), 9)
    await send(running, ann, {"comment": None, "role": "uses"})
    await running.slack.close_view(ann, running.slack.views(ann)[-1])
    await running.slack.open_home(ann)
    await running.bot.finish()
    home = running.slack.home(ann)
    assert home is not None
    assert "*How you know Atlas*\\nI use it." in at_home(running, ann)
    await running.slack.click(ann, home, "change_role")
    await running.bot.finish()
    assert dialog(running, ann)["title"]["text"] == HOW
    await send(running, ann, {"role": "runs"})
    assert "*Saved.* How you know Atlas: I run it for others." in shown(running, ann)
    assert "I run it for others." in at_home(running, ann)
    await running.slack.close_view(ann, running.slack.views(ann)[-1])
    home = running.slack.home(ann)
    assert home is not None
    await running.slack.click(ann, home, "kept_of_me")
    await running.bot.finish()
    await press(running, ann, "change_role")
    await send(running, ann, {"role": "none"})
    assert "*Erased.* Bifocal does not keep how you know Atlas, and will not ask it again." in shown(
        running, ann
    )
    await running.slack.close_view(ann, running.slack.views(ann)[-1])
    assert "*How you know Atlas:* You have not said." in shown(running, ann)  # what lay below is renewed
    assert rows(tmp_path)["role"][0][-1] is None
    mine = await running.type(ann, company.channel, "me")
    assert mine is not None
    assert "How you know Atlas: You have not said." in mine.text
    assert mine.text.endswith("Buttons: Take it back, Change, Forget me, Stop asking me.")
    await running.slack.click(ann, mine, "change_role")
    await running.bot.finish()
    await send(running, ann, {"role": "several"})
    page = await running.type(ann, company.channel, "forget")
    assert page is not None
    assert "How you know a product: erased." in page.text
    await running.slack.click(ann, page, "forget", confirm=True)
    await running.settle()
    assert told(running, ann).startswith(
        "You are forgotten. 1 open answer deleted. How you know a product is erased."
    )
    assert not rows(tmp_path)["role"]
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_a_form_of_a_role_that_is_overtaken(running: Running, company: Company, tmp_path: Path) -> None:
    """Renamed, merged, forgotten or forged meanwhile: what is kept is true, and so is what is said."""
    ann = company.people[0]
    await running.click(ann, await running.ask(company.lead, company.channel), 9)
    await send(running, ann, {"role": "uses"})
    atlas, beacon = await product(running, "Atlas"), await product(running, "Beacon")
    await change(running, company, ann)
    atlas = await running.bot.store.product_changes.rename(atlas, "Aria")
    await send(running, ann, {"role": "runs"})
    assert "*Saved.* How you know Aria: I run it for others." in shown(running, ann)
    await running.slack.close_view(ann, running.slack.views(ann)[-1])
    await change(running, company, ann)
    await running.bot.store.product_changes.merge(atlas, beacon)
    await send(running, ann, {"role": "buys"})
    assert GONE in shown(running, ann)
    assert [(each.product.name, each.role) for each in await kept(running, ann)] == [("Beacon", "runs")]
    before = rows(tmp_path)
    metadata = json.dumps({"product_id": beacon.id, "at_home": False})
    form: dict[str, Any] = {
        "role": {"role": {"type": "radio_buttons", "selected_option": {"value": "admin"}}}
    }
    for forged in (metadata, "{}", "[]", '{"product_id": 1}', '{"product_id": "x", "more": 1}'):
        said = await pressed(running, company, ann, Press(action="role", value=forged, form=form))
        assert "none of the choices" in said or "no longer" in said
    form["role"]["role"]["selected_option"] = {"value": "uses"}
    said = await pressed(
        running, company, ann, Press(action="role", value=metadata.replace(beacon.id, "x"), form=form)
    )
    assert GONE in said
    copied = Press(action="change_role", value=beacon.id, block="any")
    await pressed(running, company, company.people[1], copied)
    assert GONE in shown(running, company.people[1])
    assert "Beacon" not in shown(running, company.people[1])
    said = await pressed(running, company, company.people[1], Press(action="role", value=metadata, form=form))
    assert GONE in said
    assert rows(tmp_path) == before
    assert not running.slack.troubles


async def test_a_forged_role_saves_nothing_of_a_comment(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """A choice that no form offers is refused at its field, with the comment; a late form keeps no role."""
    ann = company.people[0]
    question = await running.ask(company.lead, company.channel)
    await running.click(ann, question, 9)
    view = running.slack.views(ann)[-1].body
    state: dict[str, Any] = {
        "comment": {"text": {"type": "plain_text_input", "value": "Fine."}},
        "role": {"role": {"type": "radio_buttons", "selected_option": {"value": "admin"}}},
    }
    press_send = Press(action="comment", value=view["private_metadata"], form=state)
    before = rows(tmp_path)
    said = await pressed(running, company, ann, press_send)
    assert "That is none of the choices. Nothing was saved; please choose again." in said
    assert rows(tmp_path) == before
    state["role"]["role"]["selected_option"] = {"value": "uses"}
    await running.step(timedelta(days=7, minutes=16))
    await pressed(running, company, ann, press_send)
    assert not rows(tmp_path)["role"]


async def product(running: Running, name: str) -> Product:
    """The product of that name."""
    found = await running.bot.store.products.find(running.slack.workspace.team.id, name)
    assert found is not None
    return found


async def kept(running: Running, person: User) -> list[Any]:
    """What is kept of a person's roles."""
    keys = running.bot.context.respondents.both(person.team_id, person.id)
    return await running.bot.store.roles.of_person(person.team_id, keys)


async def change(running: Running, company: Company, person: User) -> None:
    """Open the form of a role from what is kept of oneself."""
    mine = await running.type(person, company.channel, "me")
    assert mine is not None
    await running.slack.click(person, mine, "change_role")
    await running.bot.finish()
