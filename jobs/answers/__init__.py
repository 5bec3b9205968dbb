"""One person's own: their answer is recorded, what is kept of them is shown and erased.

Not here: what many answers give (figures, scoring), and what becomes of their comments (comments).
"""
