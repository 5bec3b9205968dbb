"""Commands on the database as a whole: migrate, backup, restore, copy.

Not here: how a row is read or written (storage), and what the running bot does with it.
"""
