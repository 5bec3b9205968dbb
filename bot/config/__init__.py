"""What the operator sets: the settings with their checks, and the key of the codes for Slack ids.

The only reader of the environment. Not here: what is done with a setting (the part that is handed it).
"""
