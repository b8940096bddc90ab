"""The command line: one file per verb. Whatever a verb does, `import provenance` does."""
