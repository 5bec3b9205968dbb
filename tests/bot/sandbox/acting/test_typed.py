import pytest

from bot.sandbox.acting import typed
from bot.sandbox.model.channels import Kind
from bot.sandbox.model.people import Team
from bot.sandbox.model.workspace import Workspace


@pytest.mark.parametrize(
    "text,escaped",
    [
        ("ask nps about Atlas", "ask nps about Atlas"),
        ("ask nps #atlas", "ask nps <#C1|atlas>"),
        ("from #atlas #buyers", "from <#C1|atlas> #buyers"),
        ("to #inside", "to <#C2|>"),
        ("to #hidden", "to #hidden"),
        ("hi @ana.lima", "hi <@U1|ana.lima>"),
        ("hi @nobody, me@x", "hi @nobody, me@x"),
        ("@here @channel", "<!here> <!channel>"),
        ("see https://example.com/a?b=1", "see <https://example.com/a?b=1>"),
        ("a < b & <!channel>", "a &lt; b &amp; &lt;!channel&gt;"),
    ],
)
def test_references_are_made_of_what_the_typist_can_see(text: str, escaped: str) -> None:
    """Names become ids, private channels without their name, markup typed by hand becomes harmless."""
    workspace = Workspace(Team("T1", "Acme", "acme"))
    ana = workspace.add_user("Ana Lima", id="U1")
    workspace.add_channel("atlas", id="C1")
    workspace.add_channel("inside", id="C2", members=[ana], kind=Kind.PRIVATE)
    workspace.add_channel("hidden", id="C3", kind=Kind.PRIVATE)
    assert typed.escaped(workspace, ana, text) == escaped


def test_without_should_escape_only_the_markup_is() -> None:
    """A command that does not ask for references gets the words."""
    assert typed.plain("#atlas <b>") == "#atlas &lt;b&gt;"
