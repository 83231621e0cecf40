"""Organisations on screen: the tree, units, sites, predecessors and successors."""
