"""Blind methods: what pixels and coding of one file betray, each with a stated number of false alarms."""
