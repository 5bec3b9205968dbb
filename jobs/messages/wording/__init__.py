"""How things are said: numbers and dates in words, escaping, names of sides and topics, why not. Pure.

Not here: blocks and buttons (layout), whole messages (respondent, lead, report).
"""
