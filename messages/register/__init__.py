"""The register in words."""
