"""What is sent to one person unasked: when it may be, and the one reminder of a question.

Not here: what such a message says (messages/respondent), and what is kept for it (storage/reminders).
"""
