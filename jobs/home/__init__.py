"""The Home tab of one person: what they may answer, what is kept of them, what they run.

Not here: how it looks (messages/home), and the answers and questions themselves (answers, pulses).
"""
