"""Papers of the quality system: the draft a customer is told by."""
