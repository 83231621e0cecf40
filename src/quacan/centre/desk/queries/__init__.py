"""Reads of the desk: what departments declare, as one person sees it on a day."""
