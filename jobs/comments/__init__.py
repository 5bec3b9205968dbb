"""What people wrote: labelled with tone and topic, labelled anew, corrected by a lead, found for reading.

Not here: how a text is read (classification), and which comment a digest quotes (contrast).
"""
