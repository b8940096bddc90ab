"""What the words on a screen are called in a report; findings tell by these that a shown time is none of capture."""

BY = "whoever made the screenshot"
SHOWN_TIME = "the time shown on the screen"
SHOWN_WORDS = "the words on the screen"
