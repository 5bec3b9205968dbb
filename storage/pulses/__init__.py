"""What is asked: products, pulses, their waves, and which waves count.

Not here: what people answered (answers).
"""
