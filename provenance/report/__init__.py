"""A Report in each form: lines in a terminal, JSON for machines, HTML, Markdown and PDF for a desk and its readers."""
