"""How anything is read and written: one database behind two verbs, read and write.

The only place that knows which database it is. Not here: tables (schema) and what is kept of a subject.
"""
