"""The networks' shapes, what flows back through them, and what they do with a flow that is known."""

from __future__ import annotations

import pytest
import torch

from posemodels.architectures.flow_transfer.color_net import carry
from posemodels.architectures.flow_transfer.config import LABELS, FlowTransferConfig
from posemodels.data.render_pairs.frames import pixel_centres
from posemodels.errors import ConfigError
from tests.flow_transfer.tiny import SIZE, generator, inputs


@pytest.mark.parametrize("batch", [1, 3])
def test_outputs_have_the_sizes_and_ranges_that_the_manifest_names(batch: int) -> None:
    with torch.no_grad():
        image, flow, visibility, labels = generator()(*inputs(batch).values())
    height, width = SIZE[0] // 2, SIZE[1] // 2
    assert image.shape == (batch, 3, *SIZE) and image.abs().max() <= 1
    assert flow.shape == (batch, 2, height, width)
    assert visibility.shape == (batch, 1, height, width) and 0 <= visibility.min() <= visibility.max() <= 1
    assert labels.shape == (batch, len(LABELS), height, width)
    assert torch.allclose(labels.sum(dim=1), torch.ones(1), atol=1e-5)


def test_gradients_reach_every_parameter() -> None:
    network = generator().train()
    outputs = network(*inputs(2).values())
    sum(output.square().mean() for output in outputs).backward()
    assert [name for name, parameter in network.named_parameters() if parameter.grad is None] == []


def test_the_geometry_does_not_see_colours() -> None:
    given = inputs(1)
    other = given | {"source_image": -given["source_image"]}
    with torch.no_grad():
        network = generator()
        _, *geometry = network(*given.values())
        _, *again = network(*other.values())
    assert all(torch.equal(one, two) for one, two in zip(geometry, again))


def test_a_pixel_is_carried_by_the_flow_that_names_it() -> None:
    image = torch.rand(1, 3, 16, 12)
    person = torch.zeros(1, 9, 8, 6)
    person[:, 3] = 1
    moved = pixel_centres((8, 6)).permute(2, 0, 1)[None] + torch.tensor([2 / 6, 0.0])[:, None, None]
    carried = carry(image, person, moved, torch.ones(1, 1, 8, 6))
    # One cell of the flow is two pixels of the picture.
    assert torch.allclose(carried.image_B3HW[:, :, 2:-2, 2:7], image[:, :, 2:-2, 4:9], atol=1e-5)


def test_the_wall_is_not_trusted() -> None:
    parsing = torch.zeros(1, 9, 8, 6)
    parsing[:, LABELS.index("background")] = 1
    still = pixel_centres((8, 6)).permute(2, 0, 1)[None]
    carried = carry(torch.rand(1, 3, 16, 12), parsing, still, torch.ones(1, 1, 8, 6))
    assert carried.trust_B1hw.max() < 1e-6


def test_a_picture_of_another_size_is_refused() -> None:
    wrong = inputs(1)
    wrong["source_pose"] = wrong["source_pose"][:, :, :-4]
    with pytest.raises(ValueError, match="source_pose must be B x 18"):
        generator()(*wrong.values())


def test_widths_that_make_no_network_are_refused() -> None:
    with pytest.raises(ConfigError, match="geometry must be 5 widths"):
        FlowTransferConfig(geometry=(8, 8))
