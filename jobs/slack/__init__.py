"""Calls to Slack that post nothing: people, channels and links, and what the failure of any call means.

Not here: what posts, updates or deletes a message (delivery), and answers to one person (handlers).
"""
