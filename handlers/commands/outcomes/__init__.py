"""`/pulse outcome`, typed: figures from elsewhere. Not here: the form that enters one (listeners)."""
