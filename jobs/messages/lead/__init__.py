"""What a lead reads: forms that ask, lists, comments, what became of a pulse or a digest, help. Pure.

Not here: questions and receipts (respondent), figures (report).
"""
