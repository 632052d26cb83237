"""Texts made to break readers, planted wherever a user of tuiyan may write."""
