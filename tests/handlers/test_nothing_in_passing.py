"""Whatever a person types, nothing is made of a name that they have not seen, and nothing is silent."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.commands.command_table import SUBCOMMANDS
from jobs.instruments import INSTRUMENTS
from storage.records.name_folding import fold
from tests.conftest import KNOWN_PRODUCTS, Company, Running
from tests.standing import TEAM

COMMANDS = st.sampled_from([*SUBCOMMANDS, "ask", "ask", "ask", "score", "scroe", "nps", ""])
NAMES = st.sampled_from(
    ["Atlas", "Altas", "atlas pro", '"Zeppelin"', "«Beacon»", "All about Us", "stop", "help", "weekly", "C++",
     "the support you just received", "send an invoice", "Atlas: our support",
     "Atlas mon 09:00", "<!channel>"]
)  # fmt: skip
PARTS = st.one_of(
    st.sampled_from(
        [*INSTRUMENTS, "30d", "3", "cx", "negative", "until fri 17:00", "for 3 days", "now", "—", ","]
    ),
    st.builds(lambda head, name: f"{head} {name}", st.sampled_from(["about", "for", "of", "about:"]), NAMES),
    NAMES,
    st.text(max_size=8),
)
SETS_A_DIGEST = ("digest",)  # its own tests hold the same rule
LINES = st.builds(lambda command, parts: " ".join([command, *parts]), COMMANDS, st.lists(PARTS, max_size=4))


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(line=LINES)
async def test_nothing_is_made_in_passing(line: str, running: Running, company: Company) -> None:
    """No product is made by typing, a question is about a product that is known, and no line is silent."""
    if line.strip().lower().startswith(SETS_A_DIGEST):
        return
    pulses = await running.bot.store.pulses.in_channel(TEAM, company.channel.id, now=running.clock())
    seen = len(running.slack.ephemerals(company.lead)), len(running.slack.views(company.lead))
    await running.type(company.lead, company.channel, line)
    answers = running.slack.ephemerals(company.lead)[seen[0] :]
    views = running.slack.views(company.lead)[seen[1] :]
    assert answers or views, line
    assert all(answer.text.strip() for answer in answers), line
    for view in list(views):
        await running.slack.close_view(company.lead, view)
    products = {each.name for each in await running.bot.store.products.everywhere(TEAM)}
    assert products == set(KNOWN_PRODUCTS), line
    after = await running.bot.store.pulses.in_channel(TEAM, company.channel.id, now=running.clock())
    named = fold(line)
    for pulse, _ in after[len(pulses) :]:
        assert fold(pulse.product.name) in named or "support" in named or "invoice" in named or len(pulses), (
            line
        )
