"""The tables, their column types, the queries that several parts share, and the way to the newest tables.

Not here: the migrations themselves (migrations) and the verbs that read and write rows.
"""
