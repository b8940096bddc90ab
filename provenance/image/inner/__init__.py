"""The photographs inside a picture: in a screenshot of a post, between bars, in the panes of a collage."""
