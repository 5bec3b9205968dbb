"""The whole bot on a loop whose time, network, disk and chance come from one seed; a judge watches outside.

`make simulate SEEDS=20` runs it. Not here: attacks on what is shown (`tests.simulation`).
"""
