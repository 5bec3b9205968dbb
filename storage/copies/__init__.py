"""A whole database in another one, row by row.

Not here: a checked copy of a file (engine), which of them is put where (bot/cli).
"""
