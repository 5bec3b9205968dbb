"""The demo: a small company that lives 26 weeks through the real bot, told in the terminal.

Not here: the same company in a browser (page).
"""
