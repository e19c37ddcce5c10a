"""How a municipality begins: a first catalog, help in the editor, a preview."""
