"""model: what belongs here, and what does not."""
