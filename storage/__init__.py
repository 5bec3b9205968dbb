"""What Bifocal remembers: takes and gives records; rows and SQL stay inside.

Not here: what a figure or a sentence is made of (jobs), and anything that reads a clock or calls Slack.
"""
