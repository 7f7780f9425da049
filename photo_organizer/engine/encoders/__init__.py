"""The models: what they are asked (`protocols`), those there are, and how one gets in and out."""
