"""The commands of the terminal, one in a file, and the sentences that say why the bot cannot start.

Not here: what people type in Slack (handlers.commands), and the settings (bot.config).
"""
