"""What Bifocal remembers: pulses, waves, responses, digests, editions."""
