"""Figures from elsewhere: the form that enters one, what is said of it, their list and their history.

Not here: how they stand in a digest (report), and what a figure may be (jobs.outcomes).
"""
