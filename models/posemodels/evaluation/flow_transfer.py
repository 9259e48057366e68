"""The generator for photographs, measured as it ships: its graph in ONNX Runtime on held-out renders."""

from __future__ import annotations

from pathlib import Path

import torch

from posemodels.architectures.flow_transfer.color_net import carry
from posemodels.architectures.flow_transfer.config import LABELS
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import EXACT
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.transfer_figures import ColorFigures, GeometryFigures
from posemodels.export.flow_transfer import OUTPUTS, generator_inputs
from posemodels.export.manifest import GRAPH_FILE
from posemodels.export.runtime import Session
from posemodels.training.flow_transfer.config import HEIGHT, WIDTH

_CHUNK = 8
_THREADS = 2


def evaluate(folder: Path, held_out: Path, pairs: int) -> dict[str, float]:
    """Figures of the model in `folder` on pairs of the data set in `held_out`, from true labels and joints."""
    stream = PairStream(held_out)
    random = torch.Generator().manual_seed(0)
    geometry, color = GeometryFigures(len(LABELS)), ColorFigures()
    with Session(folder / GRAPH_FILE, [tensor.name for tensor in OUTPUTS], threads=_THREADS) as session:
        for chunk in stream.spread(pairs, _CHUNK):
            batch = framed(stream.pairs(chunk, images=True), EXACT, (HEIGHT, WIDTH), (HEIGHT // 2, WIDTH // 2), random)
            inputs = generator_inputs(batch)
            arrays = session.run({name: tensor.contiguous().numpy() for name, tensor in inputs.items()})
            image, flow, visibility, labels = map(torch.from_numpy, arrays)
            geometry.add(batch, flow, visibility[:, 0] > 0.5, labels.argmax(1))
            color.add(batch, image)
            assert batch.source_image is not None
            parsing = torch.nn.functional.avg_pool2d(inputs["source_parsing"], 2)
            color.add(batch, carry(batch.source_image, parsing, flow, visibility).image_B3HW, "_of_warp")
    figures = {"pairs": float(min(pairs, len(stream)))} | geometry.figures() | color.figures()
    return {name: round(value, 4) for name, value in figures.items()}
