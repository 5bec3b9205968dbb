"""What a person reads who is asked: the question, receipts, forms, who sees what, what is kept of them. Pure.

Not here: what leads read (lead), figures (report).
"""
