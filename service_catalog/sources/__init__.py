"""Where catalogs come from, and how they are kept fresh."""
