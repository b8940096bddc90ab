"""A report as a PDF: its parts as plain values, and the run of Typst that sets them."""
