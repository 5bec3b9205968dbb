"""A digest before it is set: its draft, the form, and what is shown before anything is kept.

Not here: what became of it and the lists of what runs (lead), the digest itself (report).
"""
