"""From a module to `model.onnx`, `manifest.json` and `golden.bin`."""
