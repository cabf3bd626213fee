"""Records what PyTorch makes of the block and of the whole transformer: weights, inputs, outputs and gradients.

python3 bench/pytorch/block.py tests/Klear.Model.Tests/Model

Weights and inputs are drawn in half precision, so that they are small and exact everywhere; the arithmetic is double precision, so that
what a comparison shows is the other side's rounding.
"""
import json
import os
import struct
import sys

import torch

from klear import MODULATIONS, STREAMS, Block, Transformer, rope_angles

HALF, SINGLE, WHOLE, TRUTH = ("F16", "e"), ("F32", "f"), ("I64", "q"), ("BOOL", "?")


def save(path, tensors):
    """tensors: name -> (tensor, type)."""
    header, chunks, offset = {"__metadata__": {"torch": torch.__version__}}, [], 0
    for name, (tensor, (type_name, letter)) in sorted(tensors.items()):
        values = tensor.detach().flatten().tolist()
        data = struct.pack(f"<{len(values)}{letter}", *values)
        header[name] = {"dtype": type_name, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))
    print(f"{path}: {os.path.getsize(path)} bytes")


def draw(*shape, scale=1.0):
    return (torch.randn(shape) * scale).half().double()


def draw_weights(module):
    """Like fresh ones in size, but none of them zero or one."""
    module.double()
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            base = 1.0 if name.endswith("norm.weight") else 0.0
            scale = parameter.shape[-1] ** -0.5 if parameter.dim() == 2 else 0.2
            parameter.copy_((base + draw(*parameter.shape, scale=scale)).half().double())


def keep_module(kept, module):
    for name, parameter in module.named_parameters():
        kept[f"weight.{name}"] = (parameter, HALF)
        # What the last block does to text reaches no output.
        if parameter.grad is not None:
            kept[f"gradient.{name}"] = (parameter.grad, SINGLE)


def record_block(folder):
    torch.manual_seed(20)
    batch, hidden, heads = 2, 32, 2
    block = Block(hidden, heads, feed_forward=2)
    draw_weights(block)
    kept = {}
    # All streams; some keys hidden and the pictures' modulation given for each token; two streams alone.
    for case, streams, lengths, per_token, masked in [("all", [0, 1, 2, 3], [6, 3, 2, 4], False, False), ("masked", [0, 1, 2, 3], [4, 3, 3, 2], True, True), ("two", [0, 3], [4, 5], False, False)]:
        ids = torch.randint(0, 9, (sum(lengths), 3))
        keys = None
        if masked:
            keys = torch.ones(batch, 1, 1, sum(lengths), dtype=torch.bool)
            keys[0, 0, 0, lengths[0] + 1:lengths[0] + 3] = False
            keys[1, 0, 0, lengths[0] + 3:lengths[0] + 5] = False
            kept[f"{case}.keys"] = (keys, TRUTH)
        inputs = [draw(batch, n, hidden) for n in lengths]
        modulations = [draw(batch, n if per_token and i == 0 else 1, MODULATIONS, hidden, scale=0.5) for i, n in enumerate(lengths)]
        leaves = [x.requires_grad_() for x in inputs + modulations]
        outputs = block(inputs, modulations, streams, rope_angles(ids, hidden // heads), keys)
        # The scalar: a fixed weight for each output.
        factors = [draw(*y.shape) for y in outputs]
        sum((y * f).sum() for y, f in zip(outputs, factors)).backward()
        kept[f"{case}.ids"] = (ids, WHOLE)
        for i, stream in enumerate(streams):
            name = f"{case}.{STREAMS[stream]}"
            kept[f"{name}.input"] = (inputs[i], HALF)
            kept[f"{name}.input_gradient"] = (inputs[i].grad, SINGLE)
            kept[f"{name}.modulation"] = (modulations[i], HALF)
            kept[f"{name}.modulation_gradient"] = (modulations[i].grad, SINGLE)
            kept[f"{name}.output"] = (outputs[i], SINGLE)
            kept[f"{name}.factor"] = (factors[i], HALF)
        assert all(leaf.grad is not None for leaf in leaves)
    keep_module(kept, block)
    save(os.path.join(folder, "klear-block.safetensors"), kept)


def record_transformer(folder):
    torch.manual_seed(21)
    batch = 2
    model = Transformer(layers=2, hidden=16, heads=2, feed_forward=2, video_channels=3, patch=2, audio_channels=5, text_width=0, text_buckets=12)
    draw_weights(model)
    video, audio = draw(batch, 3, 2, 4, 2), draw(batch, 5, 4)
    # Piece 0 is none.
    video_text, audio_text = torch.randint(0, 12, (batch, 3, 2)), torch.randint(0, 12, (batch, 4, 2))
    time = torch.tensor([0.25, 0.8125], dtype=torch.float64)
    keys = torch.tensor([[True, True, False], [True, True, True]])
    given = {"video": video.requires_grad_(), "audio": audio.requires_grad_(), "video_text": video_text, "audio_text": audio_text, "time": time}
    kept = {name: (value, HALF if value.is_floating_point() else WHOLE) for name, value in given.items()}
    kept["video_text_keys"] = (keys, TRUTH)
    for case, options in [("plain", {}), ("first_frame", {"video_text_keys": keys, "first_frame_is_clean": True})]:
        outputs = model(**given, **options)
        loss = 0
        for name, y in zip(["video", "audio"], outputs):
            factor = draw(*y.shape)
            loss = loss + (y * factor).sum()
            kept[f"{case}.{name}"] = (y, SINGLE)
            kept[f"{case}.{name}.factor"] = (factor, HALF)
        loss.backward()
    kept["gradient_of.video"] = (video.grad, SINGLE)
    kept["gradient_of.audio"] = (audio.grad, SINGLE)
    keep_module(kept, model)
    save(os.path.join(folder, "klear-transformer.safetensors"), kept)


if __name__ == "__main__":
    torch.set_num_threads(1)
    record_block(sys.argv[1])
    record_transformer(sys.argv[1])
