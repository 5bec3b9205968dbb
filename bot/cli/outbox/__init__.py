"""The command `bifocal outbox`: messages that are late, in doubt or failed, and what can be done about them.

Not here: how messages are sent (jobs.delivery), and which of them need a hand (storage.watch).
"""
