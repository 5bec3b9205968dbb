"""An instrument that was added is found by its name, is in the form that asks, and stands in the README."""

from jobs.instruments import INSTRUMENTS, find
from jobs.messages.lead.ask_view import ask_form
from tests.papers import has_instrument

added = find("Trust")
assert added is not None
assert "Trust" in str(ask_form(product=None, min_group=5))
assert all(has_instrument(key, each.credit) for key, each in INSTRUMENTS.items())
