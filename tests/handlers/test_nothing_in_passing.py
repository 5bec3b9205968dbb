"""Whatever a person types, nothing is made of a name that they have not read, and nothing is silent."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.model.messages import Message
from handlers.commands.command_table import SUBCOMMANDS
from jobs.instruments import INSTRUMENTS
from storage.records.name_folding import fold
from tests.conftest import Company, Running
from tests.standing import TEAM

COMMANDS = st.sampled_from(
    [*SUBCOMMANDS, *["ask"] * 6, *["digest"] * 6, "score", "scroe", "nps", "", "products rename"]
)
NAMES = st.sampled_from(
    ["Atlas", "Altas", "atlas pro", '"Zeppelin"', "«Beacon»", "All about Us", "stop", "help", "weekly", "C++",
     "the support you just received", "send an invoice", "Atlas: our support", "Atlas mon 09:00",
     "<!channel>", "Hindenburg", "“Zeppelin NT”", "what", "Atlas :rocket:"]
)  # fmt: skip
DIGEST_WORDS = st.sampled_from(
    ["off", "stop", "now", "preview", "resume", "setup", "quit", "show", "weekly mon 09:00", "mon 09:00",
     "monthly 1 09:00 GMT+1", "from #atlas #atlas-team", "from", "every fornight", "weekly"]
)  # fmt: skip
PARTS = st.one_of(
    st.sampled_from(
        [*INSTRUMENTS, "30d", "3", "cx", "negative", "until fri 17:00", "for 3 days", "now", "—", ","]
    ),
    st.builds(lambda head, name: f"{head} {name}", st.sampled_from(["about", "for", "of", "about:"]), NAMES),
    NAMES,
    DIGEST_WORDS,
    st.text(max_size=8),
)
PLAIN = st.builds(
    lambda instrument, name, end: f"ask {instrument} about {name}{end}",
    st.sampled_from(list(INSTRUMENTS)),
    NAMES,
    st.sampled_from(["", " until fri 17:00", ", please", " for 3 days"]),
)
DIGESTS = st.builds(lambda name, end: f"digest {name} {end}", NAMES, DIGEST_WORDS)
ANY = st.builds(lambda command, parts: " ".join([command, *parts]), COMMANDS, st.lists(PARTS, max_size=4))
LINES = st.one_of(PLAIN, DIGESTS, ANY)


@dataclass(frozen=True)
class Made:
    """What is kept: the names of products, and those of each pulse and digest by its id."""

    products: frozenset[str]
    pulses: dict[str, str]
    digests: dict[str, str]

    def since(self, before: "Made") -> set[str]:
        """The folded names of what was made after another moment."""
        names = {
            *(self.products - before.products),
            *(name for key, name in self.pulses.items() if key not in before.pulses),
            *(name for key, name in self.digests.items() if key not in before.digests),
        }
        return {fold(name) for name in names}


async def kept(running: Running, company: Company) -> Made:
    """What is kept at this moment."""
    store, pulses, digests = running.bot.store, {}, {}
    for channel in (company.channel, company.team):
        for pulse, _ in await store.pulses.in_channel(TEAM, channel.id, now=running.clock()):
            pulses[pulse.id] = pulse.product.name
        for digest in await store.digests.in_channel(TEAM, channel.id):
            digests[digest.id] = digest.product.name
    products = {each.name for each in await store.products.everywhere(TEAM)}
    return Made(frozenset(products), pulses, digests)


def buttons(answers: list[Message]) -> list[tuple[Message, str]]:
    """The buttons of private answers, each with its message; not those that lead to a page or ask first."""
    return [
        (answer, element["action_id"])
        for answer in answers
        for block in answer.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button" and not {"url", "confirm"} & element.keys()
    ]


async def finish(running: Running, company: Company) -> None:
    """Let the bot finish, and close the forms that it opened."""
    await running.bot.finish()
    for view in list(running.slack.views(company.lead)):
        await running.slack.close_view(company.lead, view)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(line=LINES, press=st.integers(0, 5))
async def test_nothing_is_made_in_passing(line: str, press: int, running: Running, company: Company) -> None:
    """Typing makes no product and no digest; a button makes only what stood in the answers read before."""
    lead, slack = company.lead, running.slack
    before, seen, opened = await kept(running, company), len(slack.ephemerals(lead)), len(slack.views(lead))
    await running.type(lead, company.channel, line)
    answers = slack.ephemerals(lead)[seen:]
    assert answers or len(slack.views(lead)) > opened, line
    assert all(answer.text.strip() and answer.blocks for answer in answers), line
    await finish(running, company)
    typed = await kept(running, company)
    assert typed.products == before.products, line
    assert typed.digests.keys() <= before.digests.keys(), line
    assert typed.since(before) <= {fold(name) for name in before.products}, line

    found = buttons(answers)
    if press >= len(found):
        return
    read = fold(" ".join(answer.text for answer in slack.ephemerals(lead)))
    message, action = found[press]
    seen = len(slack.ephemerals(lead))
    await slack.click(lead, message, action)
    await finish(running, company)
    pressed = await kept(running, company)
    for name in pressed.since(typed):
        assert name in read, (line, action, name)
    assert all(answer.text.strip() for answer in slack.ephemerals(lead)[seen:]), (line, action)


def test_the_check_sees_what_is_made() -> None:
    """The property rests on this: each kind of thing that is new is told by its name, however it is spelt."""
    before = Made(frozenset({"Atlas"}), {"P1": "Atlas"}, {})
    after = Made(frozenset({"Atlas", "Altas"}), {"P1": "Atlas", "P2": "ATLAS"}, {"D1": "Borea."})
    assert after.since(before) == {"altas", "atlas", "borea"}
    assert before.since(before) == set()
