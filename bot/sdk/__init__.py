"""The Teams door over botbuilder-core: all that imports the SDK, and nothing that knows the talk."""
