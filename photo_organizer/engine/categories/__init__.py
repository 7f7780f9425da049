"""Which categories there are, and which one a photo belongs to."""
