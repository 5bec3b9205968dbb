"""What is typed after `/pulse`, a module a subject: each command is read, done by jobs, and answered.

Not here: how its words are read (syntax), what it does (jobs), what its answer says (jobs.messages).
"""
