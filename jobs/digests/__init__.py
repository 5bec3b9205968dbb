"""A channel's digests: their editions, and what an edition would show now.

Not here: what an edition is made of (figures, contrast), its words (messages), its sending (delivery).
"""
