"""Doors of the quality system."""
