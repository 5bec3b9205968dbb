"""A machine inside one loop: its time, network, disk, chance, and processes of the bot that can be killed.

Not here: what people do and what goes wrong there (`tests.simulated`).
"""
