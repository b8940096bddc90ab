"""What the words on a screen are called in a report; findings tell by these that their times are none of capture."""

BY = "whoever made the screenshot"
SHOWN_TIME = "the time shown on the screen"
SAID_TIME = "a time in the words on the screen"
SHOWN_ADDRESS = "the number of a post in an address on the screen"
SHOWN_WORDS = "the words on the screen"
NONE_OF_CAPTURE = frozenset({SHOWN_TIME, SAID_TIME, SHOWN_ADDRESS})
