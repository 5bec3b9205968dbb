"""The small trained model: its file, what it looks at in the words of a comment, and why it decided.

Not here: how a text becomes words (words), what is told of the scores (sentiment, touchpoint).
"""
