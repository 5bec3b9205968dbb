"""The first words of Bifocal to a workspace and to a channel.

Not here: the help that `/pulse help` shows (help), and what people read of a question (respondent).
"""
