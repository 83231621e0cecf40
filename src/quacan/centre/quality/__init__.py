"""The quality system: what rests on which standard, what follows when one is wrong, nonconforming work."""
