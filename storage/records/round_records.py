"""What is fixed about the moment at which answers begin to count."""

from datetime import timedelta

GRACE = timedelta(minutes=15)  # a form or comment that was open at the close is still taken
