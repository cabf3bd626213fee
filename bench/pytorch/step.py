"""A training step (forward, backward, clipping, AdamW) in PyTorch eager: the other side of bench/Klear.Bench's "pytorch".

python3 bench/pytorch/step.py [--layers 2] [--hidden 768] [--frames 8] [--batch 4]
"""
import argparse
import statistics
import time

import torch

from klear import Transformer

parser = argparse.ArgumentParser()
for name, value in [("layers", 2), ("hidden", 768), ("frames", 8), ("batch", 4), ("rounds", 5)]:
    parser.add_argument(f"--{name}", type=int, default=value)
options = parser.parse_args()

torch.manual_seed(1)
model = Transformer(options.layers, options.hidden, options.hidden // 64)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01)
b = options.batch
# As in bench/Klear.Bench/BenchShape.cs: 2 latent pictures and 44100 / 1024 sounds a second.
sounds = int(options.frames / 2 * 44_100 / 1024)
video, audio = torch.randn(b, 96, options.frames, 8, 12), torch.randn(b, 512, sounds)
texts = [torch.randint(1, 4096, (b, 32, 4)) for _ in range(2)]
times = torch.rand(b)
tokens = b * (options.frames * 96 + 64 + sounds)


def step():
    optimizer.zero_grad()
    v, a = model(video, audio, *texts, times)
    ((v - video).square().mean() + (a - audio).square().mean()).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
    optimizer.step()


seconds = []
for round in range(-2, options.rounds):
    started = time.perf_counter()
    step()
    if round >= 0:
        seconds.append(time.perf_counter() - started)
median = statistics.median(seconds)
count = sum(parameter.numel() for parameter in model.parameters())
print(f"PyTorch {torch.__version__}: {count / 1e6:.1f} M parameters, {tokens} tokens, {torch.get_num_threads()} threads: {median * 1000:.0f} ms a step, {tokens / median:.0f} tokens/s")
