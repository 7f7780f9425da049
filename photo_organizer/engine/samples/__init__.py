"""Sample photos: those that dependencies ship, and calculated landscapes."""
