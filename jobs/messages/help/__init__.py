"""What is said to somebody who looks for the way: the help, the help on one command, an invented digest.

Not here: which commands there are and what they do (handlers/commands), a digest's own words (report).
"""
