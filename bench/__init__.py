"""The simulator's speed beside its peers': the same model in NumPy and in Mesa, and lifetimes' generator of BG/NBD. Run `python -m bench`."""
