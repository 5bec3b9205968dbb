"""Who was written to and may be again: one row a person, and one for each reminder of a question.

Not here: when a reminder is due and how it is sent (jobs/reminders), and what people answered (answers).
"""
