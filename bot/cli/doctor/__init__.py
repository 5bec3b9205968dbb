"""The command `bifocal doctor` looks at everything that the bot needs, a line each, and changes nothing.

Not here: what the running bot says of itself (bot.health).
"""
