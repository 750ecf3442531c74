"""Needs as sheets: Excel out, and Excel in."""
