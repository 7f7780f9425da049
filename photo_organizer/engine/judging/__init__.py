"""Facts in, the four answers out; judging again is cheap."""
