"""The form that enters a figure from elsewhere. Not here: what is typed (commands)."""
