"""Trains both models from labelled sets and our own lines, and measures them.

Not here: what reads a comment in the running bot (jobs/classification, models/accurate).
"""
