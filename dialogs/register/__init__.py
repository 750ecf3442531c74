"""The register in the chat: its care, deputies, and the way in for strangers."""
