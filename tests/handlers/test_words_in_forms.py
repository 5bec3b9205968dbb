"""Words for a question are no product in the forms either: they stand in the question about the only one."""

from pathlib import Path

from tests.conftest import Company, Running
from tests.handlers.scene import dialog, rows

PHRASES = [
    "the support you just received",
    "your last order",
    "our new onboarding call",
    "how we handled your ticket",
    "the help you got with Atlas",
]


def initial(form: dict[str, object], field: str) -> str | None:
    """What a field of a form is filled with."""
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    (block,) = [each for each in blocks if each.get("block_id") == field]
    value = block["element"].get("initial_value")
    return value if value is None else str(value)


FILLED = {
    **{phrase: ("Atlas", phrase) for phrase in PHRASES},
    "Atlas": ("Atlas", None),
    "atlas": ("atlas", None),
    "Altas": ("Altas", None),
    "Atlas: the last release": ("Atlas", "the last release"),
    '"the support"': ("the support", None),
}
"""What is typed after "about", and with which product and words the form is filled."""


async def test_the_form_of_a_schedule_is_filled_with_words_as_such(
    running: Running, company: Company
) -> None:
    """Words go to the field for words, with the channel's only product; a name stays a name."""
    slack, lead = running.slack, company.lead
    await running.ask(lead, company.channel, "nps about Atlas")
    for typed, expected in FILLED.items():
        await running.type(lead, company.channel, f"schedule csat about {typed} weekly mon 09:00")
        form = dialog(running, lead)
        assert (initial(form, "product"), initial(form, "subject")) == expected, typed
        await slack.close_view(lead, slack.views(lead)[-1], everything=True)


async def test_words_typed_as_the_product_of_a_form_are_asked_about_the_only_one(
    running: Running, company: Company
) -> None:
    """The preview has them in the question, and the question belongs to the product that there is."""
    slack, lead = running.slack, company.lead
    await running.ask(lead, company.channel, "nps about Atlas")
    await running.type(lead, company.channel, "ask")
    typed = {"instrument": "csat", "product": PHRASES[0], "channel": company.channel.id}
    await slack.submit(lead, slack.views(lead)[-1], typed)
    await running.bot.finish()
    assert f"How satisfied are you with {PHRASES[0]}?" in str(dialog(running, lead))
    await slack.submit(lead, slack.views(lead)[-1])
    await running.settle()
    question = company.channel.messages[-1]
    assert f"How satisfied are you with {PHRASES[0]}?" in question.text
    products = await running.bot.store.products.everywhere(lead.team_id)
    assert PHRASES[0] not in [each.name for each in products]
    score = await running.type(lead, company.channel, "score csat about Atlas")
    assert score is not None
    assert "Nothing about" not in score.text


async def test_words_that_may_belong_to_several_products_are_told(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The page says what the words are and where to type them; no product is made."""
    slack, lead = running.slack, company.lead
    for product in ("Atlas", "Beacon"):
        await running.ask(lead, company.channel, f"nps about {product}")
    await running.type(lead, company.channel, "ask")
    before = rows(tmp_path)
    typed = {"instrument": "csat", "product": PHRASES[0], "channel": company.channel.id}
    await slack.submit(lead, slack.views(lead)[-1], typed)
    await running.bot.finish()
    page = str(dialog(running, lead))
    assert f"*{PHRASES[0]}* are words for the question, not a product. Go back, name the product" in page
    assert rows(tmp_path) == before
