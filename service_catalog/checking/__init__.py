"""What is wrong with a catalog, or worth a look, and how to mend it."""
