"""The kit that an instructor hands out: `kit.make` writes a zip a language."""
