"""A local Slack: strict, in memory, on loopback. Tests and the demo drive the real bot against it."""
