"""From a comment to known words: clean text, stems, emoji, spelling, language, and the packaged word lists.

Not here: what the words say about tone and touchpoint (model, sentiment, lexicon).
"""
