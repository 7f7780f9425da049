"""Photos in a grid, in the preview and over the whole screen: what several views show."""
