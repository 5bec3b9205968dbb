"""What runs: puts the parts together, gives each step its rhythm, takes requests in; a sandbox to try it.

Not here: what is answered (handlers), what is done (jobs), what is kept (storage).
"""
