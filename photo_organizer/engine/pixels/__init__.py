"""From a file to pixels, and what is measured on them."""
