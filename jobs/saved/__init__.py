"""Messages that are saved as feedback, and what people say in passing: kept, found for reading, removed.

Not here: comments on questions (comments), and being forgotten (answers).
"""
