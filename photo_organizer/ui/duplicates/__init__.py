"""The view of duplicate groups, with the photos of one side by side."""
