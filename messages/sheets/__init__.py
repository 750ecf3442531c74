"""Sheets of needs in words."""
