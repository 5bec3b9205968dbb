"""What people answered and wrote: keeping it, reading it, what was read in it, erasing it.

Not here: which waves count (pulses), and who may read which comment (jobs/permissions, jobs/privacy).
"""
