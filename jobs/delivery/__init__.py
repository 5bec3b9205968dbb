"""Messages on their way to Slack: sent, drawn as they should look now, and owners told what went wrong.

Not here: what the messages say (messages), and what asks for one (pulses, digests).
"""
