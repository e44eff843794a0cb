"""What can be told from words alone: facets, markup, orders to whoever reads."""
