"""The version of this package. A new model is a new version."""

VERSION = "0.1.0"
