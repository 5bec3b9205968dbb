"""Training of the package in `models/languages`: what reads comments in six languages beside English.

Not here: the models of English (the folder above), what is shipped (models/languages).
"""
