"""The commands that read and write files of answers and rounds.

Not here: what may be counted and shown (jobs), whole databases (cli/database).
"""
