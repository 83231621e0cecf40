"""Doors over all departments: Hôm nay, search, history, organisations and their scopes."""
