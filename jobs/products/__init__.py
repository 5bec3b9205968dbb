"""Products of a workspace: which somebody may know of, and renaming, merging, removing them.

Not here: new names, which asking and digests make after a yes (permissions), and how it is worded (messages).
"""
