"""What the buttons under a digest lead to: how its figures were made, and telling them to those who answered.

Not here: the digest itself (report), who may press what (jobs/digests).
"""
