"""What Bifocal does: it asks, counts, scores, compares, puts into words, and sends.

At the bottom are the sciences (inference, scoring, privacy), above them the messages, on top what reads and
writes. Not here: what Slack sends us (handlers), what is kept and how (storage).
"""
