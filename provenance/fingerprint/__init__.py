"""Pixels -> fingerprints: short codes that stay nearly the same when a picture is saved, scaled or turned again."""
