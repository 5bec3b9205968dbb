"""What is seen of saved messages: the form, the word to the author, the list for leads, the receipt of `say`.

Not here: comments on questions (lead), and what is kept of one person (respondent).
"""
