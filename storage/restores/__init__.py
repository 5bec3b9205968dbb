"""A database whose ties to before are cut: one put back from a copy, and one that gets another secret.

Not here: how a copy is made (engine, copies), what one person has erased (answers).
"""
