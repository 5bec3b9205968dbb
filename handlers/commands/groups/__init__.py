"""Groups of channels as they are typed: `/pulse group`. Not here: what is read of them (scores, digests)."""
