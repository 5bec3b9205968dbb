"""The judge: what was acked, what Slack shows, what the file and the log hold must agree, at every moment.

Not here: what people do and what goes wrong (`tests.simulated`).
"""
