"""Which photos may show people, and what is judged of their faces."""
