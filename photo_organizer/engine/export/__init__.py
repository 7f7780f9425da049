"""Makes something of chosen photos: copies, contact sheets, star ratings."""
