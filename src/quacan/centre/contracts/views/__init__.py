"""Doors of contracts, orders and jobs."""
