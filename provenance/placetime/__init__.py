"""Geolocation and chronolocation: what bounds the place and the time of capture."""
