"""What is wrong with the assets."""

from posemodels.errors import PoseModelsError


class AssetError(PoseModelsError):
    """An asset is absent or cannot be read; the message names the file and what to do."""
