"""Looks into photo files in processes of their own: what crashes there harms nothing else."""
