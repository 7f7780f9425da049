"""The engine: plain Python that knows no widget and runs without a display."""
