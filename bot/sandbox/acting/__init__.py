"""People at work in the fake Slack: what they click, fill in and type goes to the bot as signed requests.

Here too: what Slack makes of the bot's answer. Not here: calls that the bot makes by itself (api).
"""
