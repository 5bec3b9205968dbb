"""Digests, which are standing orders, and their editions as they were posted.

Not here: what an edition is made of (jobs/digests) and the message that shows it (delivery).
"""
