"""What is typed after `/pulse`, one module for each subject. A command is read, done by jobs, answered.

Not here: how its words are read (syntax), what it does (jobs), what its answer says (jobs.messages).
"""
