"""PatchXing, a generator of ours."""
