"""What comes from files of other services, as it is kept.

Not here: rounds and comments once they are kept (pulses, answers).
"""
