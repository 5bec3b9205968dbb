"""Messages that were saved as feedback and words said in passing: kept, found, labelled, removed.

Not here: comments on questions (answers), and who may read what is kept (jobs).
"""
