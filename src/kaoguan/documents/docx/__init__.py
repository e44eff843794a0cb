"""Word documents: their blocks, numbered lists and heading styles."""
