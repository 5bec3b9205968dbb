"""Reads what a figure is made of: the answers that count, the waves that were asked, both sides together.

Not here: the formulas (scoring, contrast), the words (messages), who may ask (permissions).
"""
