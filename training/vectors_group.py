#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Word vectors for a group of languages: vectors_group.py E5_FILE GROUP.pkl OUT.npz

Each word of the group is read alone by multilingual-e5-small (e5.py); its vector joins the means of its pieces' input
embeddings and of two inner layers, and is cut to 128 values by principal components.
"""

import pickle
import sys

import numpy as np
import torch

import e5

KEPT, LAYERS = 128, (0, 3, 6)


def main():
    torch.set_num_threads(1)
    bundle = pickle.load(open(sys.argv[2], "rb"))
    encoder = e5.Encoder(sys.argv[1])
    weights = encoder.load(max(LAYERS))
    items = [(i + 1, encoder.cut(word)[:12]) for i, (_, word) in enumerate(bundle["words"])]
    items.sort(key=lambda item: len(item[1]))
    out, first = [], 0
    with torch.no_grad():
        while first < len(items):
            last = first
            while last < len(items) and last - first < 256 and len(items[last][1]) == len(items[first][1]):
                last += 1
            ids = torch.tensor([[encoder.bos, *pieces, encoder.eos] for _, pieces in items[first:last]])
            out.append(encoder.encode(weights, ids, LAYERS))
            first = last
    vectors = torch.cat(out)
    vectors = vectors - vectors.mean(dim=0)
    values, basis = torch.linalg.eigh((vectors.T @ vectors / len(vectors)).double())
    kept = vectors @ basis[:, -KEPT:].float().flip(1)
    table = np.zeros((len(items) + 1, KEPT), dtype=np.float32)
    table[[row for row, _ in items]] = (kept / kept.std() * 0.5).numpy()
    np.savez(sys.argv[3], table=table)
    print(
        len(items),
        "words,",
        round(float(values[-KEPT:].sum() / values.sum()), 3),
        "of the variance kept",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
