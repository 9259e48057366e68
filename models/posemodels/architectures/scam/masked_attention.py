"""SCAM's attention between latents and the feature map: each side sees only what has its own label.

The linear layers carry the names of the published state dict, where the keys come from `v_linear` and the values from
`k_linear`. No layer is applied to the feature map position by position: a projection of the map that is only
multiplied with a projection of the few latents is applied to the latents instead, which is the same product for a
fraction of the arithmetic and without projected maps in memory.

Shapes: B batch, T latents, D latent channels, C map channels, L = height * width positions, N labels, h heads,
J channels of a head, A = h * J, R latents times heads taken at a time, P positions taken at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks import attention
from posemodels.architectures.blocks.layers import flatten_positions
from posemodels.architectures.scam.label_maps import resize_nearest

HIDDEN_LOGIT = -10000.0
"""Replaces the logit of what has another label. Not minus infinity: where all is hidden, all weighs the same."""


class LabelMask:
    """Which latents and positions of a feature map belong together, for maps of one size."""

    def __init__(self, labels_BNHW: Tensor, label_of_token: Tensor, height: int, width: int) -> None:
        """labels: at full resolution, 0 where a position has not the label; label_of_token: T whole numbers."""
        self._absent_BNL = flatten_positions(resize_nearest(labels_BNHW, height, width)) == 0
        self._label_of_token = label_of_token

    def hidden_from_tokens(self, heads: int, first: int, count: int) -> Tensor:
        """B x count x L: True where a position does not have the label of the latent; latents head after head."""
        return self._absent_BNL.index_select(1, self._label_of_token.repeat(heads)[first : first + count])

    def hidden_from_positions(self, first: int, count: int) -> Tensor:
        """B x count x T: True where a latent does not have the label of the position."""
        absent_BNP = self._absent_BNL[:, :, first : first + count] if count < self.positions else self._absent_BNL
        return absent_BNP.transpose(1, 2).index_select(2, self._label_of_token)

    @property
    def positions(self) -> int:
        """L."""
        return int(self._absent_BNL.shape[2])


class _AttentionLayers(nn.Module):
    """The four linear layers that every kind of attention here has."""

    def __init__(self, to_dim: int, from_dim: int, attention_dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.scale = (attention_dim // heads) ** -0.5
        self.q_linear = nn.Linear(to_dim, attention_dim)
        self.v_linear = nn.Linear(from_dim, attention_dim)
        self.k_linear = nn.Linear(from_dim, attention_dim)
        self.out = nn.Sequential(nn.Linear(attention_dim, to_dim))

    def _split(self, x_BTA: Tensor) -> Tensor:
        """B x h x T x J; a head's channels lie together."""
        tokens, channels = int(x_BTA.shape[1]), int(x_BTA.shape[2])
        return x_BTA.reshape(-1, tokens, self.heads, channels // self.heads).transpose(1, 2)

    def _joined(self, x_BhTJ: Tensor) -> Tensor:
        """B x T x A, through the output layer: B x T x to_dim."""
        _, heads, tokens, channels = (int(side) for side in x_BhTJ.shape)
        joined: Tensor = self.out(x_BhTJ.transpose(1, 2).reshape(-1, tokens, heads * channels))
        return joined

    def _weight_of_heads(self, layer: nn.Linear) -> Tensor:
        """h x J x in."""
        return layer.weight.reshape(self.heads, -1, layer.in_features)

    def _bias_of_heads(self, layer: nn.Linear) -> Tensor:
        """h x J x 1."""
        return layer.bias.reshape(self.heads, -1, 1)


class TokenAttention(_AttentionLayers):
    """Latents gather from latents."""

    def forward(self, tokens_BTD: Tensor, hidden_TT: Tensor) -> Tensor:
        """hidden: True where the row's latent must not see the column's. Returns B x T x D."""
        query_BhTJ = self._split(self.q_linear(tokens_BTD)) * self.scale
        key_BhTJ = self._split(self.v_linear(tokens_BTD))
        logits_BhTT = torch.matmul(query_BhTJ, key_BhTJ.transpose(2, 3))
        weights_BhTT = logits_BhTT.masked_fill(hidden_TT, HIDDEN_LOGIT).softmax(dim=-1)
        return self._joined(torch.matmul(weights_BhTT, self._split(self.k_linear(tokens_BTD))))


class GatheringAttention(_AttentionLayers):
    """Latents gather from the positions of a feature map that have their label."""

    def forward(self, tokens_BTD: Tensor, map_BCL: Tensor, mask: LabelMask) -> Tensor:
        """tokens may have a batch of 1 for any batch of the map. Returns B x T x D."""
        query_BhTJ = self._split(self.q_linear(tokens_BTD)) * self.scale
        # q . (W p + b) = (q W) . p + q . b
        tokens, channels = int(tokens_BTD.shape[1]), int(map_BCL.shape[1])
        rows_in_all = self.heads * tokens
        query_BRC = torch.matmul(query_BhTJ, self._weight_of_heads(self.v_linear)).reshape(-1, rows_in_all, channels)
        offset_BR1 = torch.matmul(query_BhTJ, self._bias_of_heads(self.v_linear)).reshape(-1, rows_in_all, 1)
        parts = []
        for first, count in _chunks(rows_in_all, map_BCL.shape[0] * mask.positions):
            rows = slice(first, first + count)
            logits_BRL = torch.matmul(query_BRC[:, rows], map_BCL) + offset_BR1[:, rows]
            hidden_BRL = mask.hidden_from_tokens(self.heads, first, count)
            weights_BRL = logits_BRL.masked_fill(hidden_BRL, HIDDEN_LOGIT).softmax(dim=-1)
            parts.append(torch.matmul(weights_BRL, map_BCL.transpose(1, 2)))
        gathered_BRC = parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)
        gathered_BhTC = gathered_BRC.reshape(-1, self.heads, tokens, channels)
        # The weights of a row sum to one: values are projected after they are gathered.
        value_BhTJ = torch.matmul(gathered_BhTC, self._weight_of_heads(self.k_linear).transpose(1, 2))
        return self._joined(value_BhTJ + self._bias_of_heads(self.k_linear).transpose(1, 2))


class SpreadingAttention(_AttentionLayers):
    """Positions of a feature map gather from the latents of their label."""

    def forward(
        self, map_BCL: Tensor, tokens_BTD: Tensor, mask: LabelMask, readouts: Sequence[nn.Linear]
    ) -> tuple[Tensor, ...]:
        """Returns what every readout, a linear layer of C inputs, makes of the result: each B x out x L."""
        tokens = int(tokens_BTD.shape[1])
        key_BhTJ = self._split(self.v_linear(tokens_BTD)) * self.scale
        key_BhTC = torch.matmul(key_BhTJ, self._weight_of_heads(self.q_linear))
        key_BCR = key_BhTC.reshape(-1, self.heads * tokens, int(map_BCL.shape[1])).transpose(1, 2)
        offset_BhT = torch.matmul(key_BhTJ, self._bias_of_heads(self.q_linear)).squeeze(3)
        value_BRO, bias_O1 = self._values(tokens_BTD, readouts)
        parts = []
        for first, count in _chunks(mask.positions, map_BCL.shape[0] * self.heads * tokens):
            map_BCP = map_BCL[:, :, first : first + count] if count < mask.positions else map_BCL
            logits_BPR = torch.matmul(map_BCP.transpose(1, 2), key_BCR)
            logits_BPhT = logits_BPR.reshape(-1, count, self.heads, tokens) + offset_BhT.unsqueeze(1)
            hidden_BP1T = mask.hidden_from_positions(first, count).unsqueeze(2)
            weights_BPhT = logits_BPhT.masked_fill(hidden_BP1T, HIDDEN_LOGIT).softmax(dim=-1)
            weights_BPR = weights_BPhT.reshape(-1, count, self.heads * tokens)
            parts.append(torch.matmul(value_BRO.transpose(1, 2), weights_BPR.transpose(1, 2)))
        spread_BOL = (parts[0] if len(parts) == 1 else torch.cat(parts, dim=2)) + bias_O1
        return spread_BOL.split([readout.out_features for readout in readouts], dim=1)

    def _values(self, tokens_BTD: Tensor, readouts: Sequence[nn.Linear]) -> tuple[Tensor, Tensor]:
        """The values of every head's latents after the output layer and the readouts, and the constant beside them."""
        weight_OC = torch.cat([readout.weight for readout in readouts])
        bias_O = torch.cat([readout.bias for readout in readouts])
        output = self.out[0]
        weight_OhJ = torch.matmul(weight_OC, output.weight).reshape(len(weight_OC), self.heads, -1)
        value_BhTJ = self._split(self.k_linear(tokens_BTD))
        value_BhTO = torch.matmul(value_BhTJ, weight_OhJ.permute(1, 2, 0))
        value_BRO = value_BhTO.reshape(-1, self.heads * int(tokens_BTD.shape[1]), len(weight_OC))
        return value_BRO, (torch.mv(weight_OC, output.bias) + bias_O).unsqueeze(1)


class MaskedTransformer(nn.Module):
    """Attention and a small perceptron, each added to the latents and normalised.

    The norms have one mean and variance a sample, over all latents and channels together, and a weight for each of
    them: the number of latents is part of the checkpoint. The perceptron ends in an activation.
    """

    def __init__(self, attention: _AttentionLayers, tokens: int, dim: int) -> None:
        super().__init__()
        self.attention = attention
        self.ln_1 = nn.LayerNorm([tokens, dim])
        self.fc = latent_perceptron(dim, final_activation=True)
        self.ln_2 = nn.LayerNorm([tokens, dim])

    def forward(self, tokens_BTD: Tensor, *context: Tensor | LabelMask) -> Tensor:
        """context: what the attention takes beside the latents. Returns B x T x D."""
        attended_BTD = self.ln_1(tokens_BTD + self.attention(tokens_BTD, *context))
        updated_BTD: Tensor = self.ln_2(attended_BTD + self.fc(attended_BTD))
        return updated_BTD


def latent_perceptron(dim: int, final_activation: bool) -> nn.Sequential:
    """Two linear layers that keep the width."""
    layers: list[nn.Module] = [nn.Linear(dim, dim), nn.LeakyReLU(0.2), nn.Linear(dim, dim)]
    return nn.Sequential(*layers, nn.LeakyReLU(0.2)) if final_activation else nn.Sequential(*layers)


def _chunks(rows: int, row_elements: int) -> list[tuple[int, int]]:
    """First and count of each run of rows, so that no more than `attention.MAX_ENERGY_ELEMENTS` logits exist at once.

    With gradients all of them are needed for the backward pass anyway; while exporting, one product serves better.
    """
    most = rows
    if not (torch.is_grad_enabled() or torch.onnx.is_in_onnx_export()):
        most = max(1, min(rows, attention.MAX_ENERGY_ELEMENTS // max(1, int(row_elements))))
    return [(first, min(most, rows - first)) for first in range(0, rows, most)]
