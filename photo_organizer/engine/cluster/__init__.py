"""Other computers: several look into the photos of one library, one decides."""
