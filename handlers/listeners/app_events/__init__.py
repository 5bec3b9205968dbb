"""What Slack tells without a click: Bifocal was invited, somebody wrote to it, its Home tab was opened.

Not here: clicks in messages, in forms and in Home (the other listeners).
"""
