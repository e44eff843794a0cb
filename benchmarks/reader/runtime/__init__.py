"""What is to read in the product: the form of a text, its pieces, the layers run by onnxruntime, the reader itself."""
