"""Messages on their way to Slack (the outbox) and the due times that were kept or skipped (the ledger).

Not here: sending, and what a message says (jobs/delivery).
"""
