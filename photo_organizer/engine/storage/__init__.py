"""What is remembered on disk: the store, and the last result of each library."""
