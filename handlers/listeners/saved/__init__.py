"""Messages saved as feedback: the shortcut, its form, the buttons of authors and leads; the form of `say`.

Not here: the command itself (commands), and comments on questions (the other listeners).
"""
