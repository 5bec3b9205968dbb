"""The things that a Slack workspace holds: people, channels, messages, views, the app, and the clock.

Not here: rules of the Web API (api), of open modals and sockets (live), and of people's acts (acting).
"""
