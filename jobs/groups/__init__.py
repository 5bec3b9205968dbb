"""Groups of channels: made, changed and removed by those who lead in all of their channels.

Not here: what may be read of a group (permissions), and its figures (figures), which add whole rounds of its
channels as every other sum does.
"""
