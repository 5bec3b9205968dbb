"""What is said of products: their list, and what a change of one would do and has done.

Not here: names that are not known yet (lead), who may change what (permissions).
"""
