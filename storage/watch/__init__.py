"""What somebody asks who watches the running bot: can it write, what is late, which messages need a hand.

Not here: what is done about it by itself (delivery), nor the sentences that say it (bot.health, bot.cli).
"""
