"""How the running bot is, for whoever watches it: whether it is ready, what is late, and figures of both.

Not here: how the pages are served (bot.connection), and the commands that ask the same (bot.cli).
"""
