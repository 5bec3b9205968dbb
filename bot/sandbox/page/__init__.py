"""The fake Slack in a browser, on loopback. What a person does there goes to the bot as a signed request.

Not here: what the requests look like (acting), nor what the demo's people say and do (demo).
"""
