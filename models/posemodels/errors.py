"""Errors a caller can cause; the command line prints their message and exits with 2."""


class PoseModelsError(Exception):
    """Base of every error with a message meant for the user."""


class ConfigError(PoseModelsError):
    """A configuration file or value makes no sense; the message names the value."""


class CheckpointError(PoseModelsError):
    """A checkpoint cannot be read, or does not fit the network it is loaded into."""


class ParityCaseError(PoseModelsError):
    """A parity case is incomplete or describes an architecture that is not known."""


class ExportError(PoseModelsError):
    """An exported graph does not agree with the module or the manifest it came from."""
