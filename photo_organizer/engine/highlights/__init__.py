"""Which photos are worth showing: scorers, the ranking, and what is learned from stars."""
