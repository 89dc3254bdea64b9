"""The platforms' ways in and out: they translate and know no rule."""
