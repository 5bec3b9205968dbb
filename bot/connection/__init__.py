"""How requests come in from Slack: the web server, Socket Mode, and what every request must pass first.

Not here: what a click or a command does (handlers), nor calls to Slack (jobs.slack, jobs.delivery).
"""
