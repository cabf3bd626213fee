"""Klear's transformer in plain PyTorch, as src/Klear.Model/Model describes it: to compare results and speed with.

b batch, l tokens, s streams, m modulations, d hidden, n heads, h width of a head
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

STREAMS = ["video", "video_text", "audio_text", "audio"]
MODULATIONS = 6
TIME_FEATURES = 256
EPSILON = 1e-6


def attend(q, k, v, keys):
    """One softmax over all tokens; keys [b, 1, 1, l] is true where a token may be looked at."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, keys)
    scores = (q @ k.transpose(-2, -1)) / math.sqrt(q.shape[-1])
    if keys is not None:
        scores = scores.masked_fill(~keys, -math.inf)
    return scores.softmax(-1) @ v


def rope_angles(ids, head, theta=10_000.0):
    """ids [l, 3] (time, height, width) -> angles [l, head / 2]; pair i of an axis with c channels turns by theta^(-2i/c) a step."""
    side = head // 6 * 2
    parts = []
    for axis, channels in enumerate([head - 2 * side, side, side]):
        frequency = torch.tensor([theta ** (-2 * i / channels) for i in range(channels // 2)], dtype=torch.float64)
        parts.append(ids[:, axis, None].double() * frequency)
    return torch.cat(parts, 1)


def turn(x, angles):
    """Neighbouring channels are a complex number, multiplied by e^(i angle)."""
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2))
    turns = torch.polar(torch.ones_like(angles), angles).to(pairs.dtype)
    return torch.view_as_real(pairs * turns).flatten(-2)


def modulate(x, shift, scale):
    return F.layer_norm(x, [x.shape[-1]], eps=EPSILON) * (1 + scale) + shift


def sinusoids(values, width):
    half = width // 2
    frequencies = torch.exp(torch.arange(half, dtype=values.dtype) * (-math.log(10_000.0) / half))
    angles = values[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], -1)


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + EPSILON) * self.weight


class StreamWeights(nn.Module):
    def __init__(self, hidden, heads, feed_forward):
        super().__init__()
        self.heads, self.head = heads, hidden // heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.q_norm = RmsNorm(self.head)
        self.k_norm = RmsNorm(self.head)
        self.project = nn.Linear(hidden, hidden)
        self.up = nn.Linear(hidden, hidden * feed_forward)
        self.down = nn.Linear(hidden * feed_forward, hidden)

    def attend(self, x):
        q, k, v = [part.unflatten(2, (self.heads, self.head)).transpose(1, 2) for part in self.qkv(x).chunk(3, 2)]
        return self.q_norm(q), self.k_norm(k), v

    def feed(self, x):
        return self.down(F.gelu(self.up(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, hidden, heads, feed_forward=4):
        super().__init__()
        self.offsets = nn.Parameter(torch.zeros(len(STREAMS), MODULATIONS, hidden))
        for name in STREAMS:
            self.add_module(name, StreamWeights(hidden, heads, feed_forward))

    def forward(self, hidden, modulations, streams, angles, keys):
        """hidden: [b, l, d] of each stream; modulations: [b, 1 or l, m, d]; streams: their indices in STREAMS, ascending."""
        weights = [getattr(self, STREAMS[stream]) for stream in streams]
        modulations = [(given + self.offsets[stream]).unbind(2) for stream, given in zip(streams, modulations)]
        attended = [w.attend(modulate(x, m[0], m[1])) for w, x, m in zip(weights, hidden, modulations)]
        q, k, v = [torch.cat(parts, 2) for parts in zip(*attended)]
        mixed = attend(turn(q, angles), turn(k, angles), v, keys)
        out = []
        for w, x, m, part in zip(weights, hidden, modulations, mixed.split([x.shape[1] for x in hidden], 2)):
            x = x + m[2] * w.project(part.transpose(1, 2).flatten(2))
            out.append(x + m[5] * w.feed(modulate(x, m[3], m[4])))
        return out


class TextInput(nn.Module):
    def __init__(self, hidden, width, buckets):
        super().__init__()
        self.project = nn.Linear(width or hidden, hidden)
        if buckets:
            self.pieces = nn.Embedding(buckets, hidden, padding_idx=0)

    def forward(self, tokens):
        if not hasattr(self, "pieces"):
            return self.project(tokens)
        words = self.pieces(tokens).sum(2)
        places = sinusoids(torch.arange(tokens.shape[1], dtype=words.dtype), words.shape[2])
        return self.project(words + places)


class VelocityOutput(nn.Module):
    def __init__(self, hidden, outputs):
        super().__init__()
        self.offsets = nn.Parameter(torch.zeros(2, hidden))
        self.project = nn.Linear(hidden, outputs)

    def forward(self, x, time):
        return self.project(modulate(x, time + self.offsets[0], time + self.offsets[1]))


class Transformer(nn.Module):
    """Sound's ids go on after the pictures' (the paper's arrangement)."""

    def __init__(self, layers, hidden, heads, feed_forward=4, video_channels=96, patch=1, audio_channels=512, text_width=0, text_buckets=4096):
        super().__init__()
        self.head, self.patch, self.width = hidden // heads, patch, hidden
        cell = video_channels * patch * patch
        self.video_in = nn.Linear(cell, hidden)
        self.audio_in = nn.Linear(audio_channels, hidden)
        self.video_text_in = TextInput(hidden, text_width, text_buckets)
        self.audio_text_in = TextInput(hidden, text_width, text_buckets)
        self.time_in = nn.Sequential(nn.Linear(TIME_FEATURES, hidden), nn.SiLU(), nn.Linear(hidden, hidden))
        self.modulation = nn.Linear(hidden, MODULATIONS * hidden)
        self.blocks = nn.ModuleList([Block(hidden, heads, feed_forward) for _ in range(layers)])
        self.video_out = VelocityOutput(hidden, cell)
        self.audio_out = VelocityOutput(hidden, audio_channels)

    def embed(self, time):
        embedded = self.time_in(sinusoids(time * 1000, TIME_FEATURES))
        return embedded[:, None], self.modulation(F.silu(embedded)).reshape(-1, 1, MODULATIONS, self.width)

    def forward(self, video, audio, video_text, audio_text, time, video_text_keys=None, audio_text_keys=None, first_frame_is_clean=False):
        """video [b, c, t, h, w], audio [b, c, l], text [b, l, width] or [b, l, pieces], time [b], keys [b, l]."""
        b, c, frames, rows, columns = video.shape
        p = self.patch
        rows, columns = rows // p, columns // p
        # A cell's channels, then its rows, then its columns are the channels of a token.
        cells = video.reshape(b, c, frames, rows, p, columns, p).permute(0, 2, 3, 5, 1, 4, 6).reshape(b, frames * rows * columns, -1)
        hidden = [self.video_in(cells), self.video_text_in(video_text), self.audio_text_in(audio_text), self.audio_in(audio.transpose(1, 2))]
        lengths = [x.shape[1] for x in hidden]

        places = [(t, y, x) for t in range(frames) for y in range(rows) for x in range(columns)]
        places += [(0, 0, 0)] * (lengths[1] + lengths[2]) + [(frames + i, 0, 0) for i in range(lengths[3])]
        angles = rope_angles(torch.tensor(places, dtype=torch.float64), self.head).to(video.dtype)

        keys = None
        if video_text_keys is not None or audio_text_keys is not None:
            given = [None, video_text_keys, audio_text_keys, None]
            keys = torch.cat([torch.ones(b, n, dtype=torch.bool) if k is None else k for k, n in zip(given, lengths)], 1)[:, None, None]

        embedded, modulation = self.embed(time)
        video_time, video_modulation = embedded, modulation
        if first_frame_is_clean:
            clean, clean_modulation = self.embed(torch.ones_like(time))
            frame = rows * columns
            rest = lengths[0] - frame
            video_time = torch.cat([clean.expand(-1, frame, -1), embedded.expand(-1, rest, -1)], 1)
            video_modulation = torch.cat([clean_modulation.expand(-1, frame, -1, -1), modulation.expand(-1, rest, -1, -1)], 1)

        for block in self.blocks:
            hidden = block(hidden, [video_modulation, modulation, modulation, modulation], range(4), angles, keys)

        cells = self.video_out(hidden[0], video_time).reshape(b, frames, rows, columns, c, p, p)
        return cells.permute(0, 4, 1, 2, 5, 3, 6).reshape(video.shape), self.audio_out(hidden[3], embedded).transpose(1, 2)
