"""What Slack sends: clicks, forms, the slash command. Each listener reads it, lets jobs do it, and answers.

Not here: the subcommands of `/pulse` (commands), and how the bodies of Slack are read (handlers.payloads).
"""
