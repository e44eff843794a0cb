"""Lines of a document that belong to the site it comes from, not to its text."""
