"""Copies of one photograph, compared pixel by pixel: where do they differ, beyond all that saving does?"""
