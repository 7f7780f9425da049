"""What is remembered on disk: the store, the preferences, the last result of each library."""
