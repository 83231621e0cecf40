"""Doors of reports, figures, the book and plans with their results."""
