"""The view of photos by category, and the editor of categories."""
