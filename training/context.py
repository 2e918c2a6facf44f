#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a small public encoder makes of each word in its sentence: context.py MODEL_DIR DATA.pkl OUT.npz

The teacher (distil.py) reads these beside a word's own features; the released model does not, it is far too slow for
that. MODEL_DIR as for vectors.py. Two inner layers of all-MiniLM-L6-v2, the mean over a word's pieces, cut to 256
values by principal components.
"""

import math
import pickle
import sys
from pathlib import Path

import json
import numpy as np
import torch
import torch.nn.functional as F

from vectors import load_safetensors, pieces, strip_accents
from features import lower, mapped

LAYERS, KEPT, LONGEST = (3, 5), 256, 500


def forward(weights, ids, mask):
    def linear(name, x):
        return F.linear(x, weights[name + ".weight"], weights[name + ".bias"])

    def norm(name, x):
        return F.layer_norm(x, (x.shape[-1],), weights[name + ".weight"], weights[name + ".bias"], 1e-12)

    n, length = ids.shape
    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][:length]
    x = norm("embeddings.LayerNorm", words + places + weights["embeddings.token_type_embeddings.weight"][0])
    outside = torch.where(mask, 0.0, -1e9)[:, None, None, :]
    out = []
    for layer in range(max(LAYERS)):
        base = f"encoder.layer.{layer}."
        q, k, v = (
            linear(base + f"attention.self.{part}", x).view(n, length, 12, 32).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(32) + outside, dim=-1) @ v
        mixed = mixed.transpose(1, 2).reshape(n, length, 384)
        x = norm(base + "attention.output.LayerNorm", x + linear(base + "attention.output.dense", mixed))
        inner = linear(base + "output.dense", F.gelu(linear(base + "intermediate.dense", x)))
        x = norm(base + "output.LayerNorm", x + inner)
        if layer + 1 in LAYERS:
            out.append(x)
    return torch.cat(out, dim=2)


class Reader:
    def __init__(self, folder):
        self.vocabulary = json.load(open(folder / "tokenizer.json", encoding="utf-8"))["model"]["vocab"]
        self.weights = load_safetensors(folder / "model.safetensors")
        self.known = {}

    def cut(self, form):
        if form not in self.known:
            text = strip_accents(lower(mapped(form)))
            found = pieces(text, self.vocabulary) or [self.vocabulary["[UNK]"]]
            self.known[form] = found[:8]
        return self.known[form]

    def read(self, forms, offset):
        """[words, 768] as f16"""
        out = np.zeros((offset[-1], 384 * len(LAYERS)), dtype=np.float16)
        items = []
        for s in range(len(offset) - 1):
            a, b = int(offset[s]), int(offset[s + 1])
            ids, owner = [], []
            for w in range(a, b):
                cut = self.cut(forms[w])
                if len(ids) + len(cut) > LONGEST:
                    break
                ids += cut
                owner += [w] * len(cut)
            items.append((ids, owner))
        items.sort(key=lambda item: len(item[0]))
        first = 0
        begin, end, pad = (self.vocabulary[key] for key in ("[CLS]", "[SEP]", "[PAD]"))
        with torch.no_grad():
            while first < len(items):
                last = first + 1
                while last < len(items) and (last + 1 - first) * (len(items[last][0]) + 2) <= 3000:
                    last += 1
                length = len(items[last - 1][0]) + 2
                ids = torch.full((last - first, length), pad)
                mask = torch.zeros(last - first, length, dtype=torch.bool)
                for i, (own, _) in enumerate(items[first:last]):
                    ids[i, : len(own) + 2] = torch.tensor([begin, *own, end])
                    mask[i, : len(own) + 2] = True
                states = forward(self.weights, ids, mask)
                for i, (own, owner) in enumerate(items[first:last]):
                    words, place = np.unique(owner, return_inverse=True)
                    total = torch.zeros(len(words), states.shape[2])
                    total.index_add_(0, torch.from_numpy(place), states[i, 1 : len(own) + 1])
                    out[words] = (total / torch.from_numpy(np.bincount(place))[:, None]).numpy()
                first = last
        return out


def main():
    torch.set_num_threads(1)
    bundle = pickle.load(open(sys.argv[2], "rb"))
    reader, sets = Reader(Path(sys.argv[1])), {}
    for name, part in bundle["sets"].items():
        sets[name] = reader.read([bundle["forms"][i] for i in part["form"]], part["offset"])
        print(name, len(sets[name]), "words", file=sys.stderr, flush=True)
    sample = torch.from_numpy(sets["en_ewt-train"][::4].astype(np.float32))
    mean = sample.mean(dim=0)
    values, basis = torch.linalg.eigh(((sample - mean).T @ (sample - mean) / len(sample)).double())
    basis = basis[:, -KEPT:].float().flip(1)
    scale = float(((sample - mean) @ basis).std())
    out = {}
    for name, states in sets.items():
        parts = [
            (torch.from_numpy(block.astype(np.float32)) - mean) @ basis / scale * 0.5
            for block in np.array_split(states, 20)
        ]
        out[name] = torch.cat(parts).numpy().astype(np.float16)
    np.savez(sys.argv[3], **out)
    print(round(float(values[-KEPT:].sum() / values.sum()), 3), "of the variance kept", file=sys.stderr)


if __name__ == "__main__":
    main()
