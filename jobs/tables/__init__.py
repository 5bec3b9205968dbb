"""Files of rows as other programs write and read them, to cells of text and back. Pure.

Not here: what the cells mean (files, outcomes).
"""
