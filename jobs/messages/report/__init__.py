"""Figures in people's words: the digest with its thread, and scores as an answer to one person. Pure.

Not here: computing them (scoring, contrast), the settings of a digest (lead).
"""
