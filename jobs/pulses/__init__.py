"""The life of a question: asked, opened when it is due, closed, counted.

Not here: its answers (answers), when it is due (cadence), its words (messages), its sending (delivery).
"""
