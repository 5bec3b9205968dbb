"""Answers that come in as files, from other services, and rounds that go out as files.

Not here: what may become a round (privacy), who may ask for a file (permissions).
"""
