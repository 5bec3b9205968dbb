"""Who may do what where: who leads, who may post in a channel, which channels and products one may read.

Not here: which groups are large enough to be shown (privacy), and the words of a refusal (messages).
"""
