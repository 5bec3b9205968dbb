"""What runs: settings, wiring, command line, sandbox."""
