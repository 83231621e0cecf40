"""Formulas of the disciplines, one file each; all take floats or arrays and say their units and their
source.
"""
