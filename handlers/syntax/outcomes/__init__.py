"""What people type after `/pulse outcome`. Not here: what a figure may be (jobs.outcomes)."""

from handlers.syntax.outcomes.outcome_syntax import OutcomeVerb, OutcomeWords, read_outcome

__all__ = ["OutcomeVerb", "OutcomeWords", "read_outcome"]
