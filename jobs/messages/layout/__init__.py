"""Blocks, modals and their ids, as Slack takes and returns them. Pure.

Not here: anything that knows a pulse or a digest (respondent, lead, report), how things are said (wording).
"""
