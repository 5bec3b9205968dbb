"""The page: the fake Slack in a browser. What a person does there goes to the bot as a signed request."""
