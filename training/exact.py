#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The runtime's arithmetic once more in numpy, bit for bit: exact.py MODEL.casm SENTENCES.txt OUT.json

analyse.py computes with 32-bit floats; the runtime rounds activations to 16 bits and multiplies integers, and orders
its sums so that every instruction set gives the same bits (src/casus/language/kernels.h). Here the same is done in
Python. OUT.json holds the beginning of a SHA-256 of each layer's bytes for each sentence; model_test.cc compares.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

import casm
from features import norm_check, word_rows

f32 = np.float32
LANES = 16
TABLES = ("norm", "prefix", "suffix", "shape", "chars")


def gate(z):
    u = np.minimum(np.maximum(z * f32(0.5), f32(-3)), f32(3))
    square = u * u
    return f32(0.5) + f32(0.5) * u * (f32(27) + square) / (f32(27) + f32(9) * square)


def add_lanes(x):
    """x [rows, 16]: the sum of the lanes in the kernels' order."""
    half = x[:, :8] + x[:, 8:]
    half = half[:, :4] + half[:, 4:]
    return (half[:, 0] + half[:, 2]) + (half[:, 1] + half[:, 3])


def in_lanes(x):
    total = np.zeros((len(x), LANES), f32)
    for first in range(0, x.shape[1], LANES):
        total = total + x[:, first : first + LANES]
    return add_lanes(total)


def layer_norm(x, gain, bias, epsilon):
    n = f32(x.shape[1])
    away = x - (in_lanes(x) / n)[:, None]
    deviation = np.sqrt(in_lanes(away * away) / n + epsilon)
    return away / deviation[:, None] * gain + bias


def quantise(x):
    """16-bit integers and a scale for each row"""
    top = np.maximum(np.abs(x).max(axis=1), f32(1e-30))
    v = np.clip(x * (f32(32767) / top)[:, None], f32(-32767), f32(32767))
    return np.trunc(v + np.where(v < 0, f32(-0.5), f32(0.5))).astype(np.int64), top / f32(32767)


class Exact:
    def __init__(self, path):
        self.manifest, self.t = casm.read_raw(path)
        self.epsilon = f32(self.manifest["layer_norm_epsilon"])

    def product(self, name, x, bias=True):
        (weight, scale), (values, row_scale) = self.t[name + ".weight"], quantise(x)
        sums = values @ weight.astype(np.int64).T
        assert np.abs(sums).max() < 2**31
        add = self.t[name + ".bias"] if bias else f32(0)
        return sums.astype(f32) * (row_scale[:, None] * scale[None]) + add

    def norm(self, name, x):
        return layer_norm(x, self.t[name + ".norm.gain"], self.t[name + ".norm.bias"], self.epsilon)

    def embedded(self, form):
        rows, grams = word_rows(form, self.manifest["features"])
        parts = []
        for table, row in zip(TABLES, rows):
            values, scale = self.t[f"embed.{table}"]
            if table == "norm" and "embed.check" in self.t:
                if int(self.t["embed.check"][0][0, row]) % 256 != norm_check(form):
                    parts.append(np.zeros(values.shape[1], f32))
                    continue
            parts.append(f32(0) + scale[row] * values[row].astype(f32))
        values, scale = self.t["embed.chars"]
        total = np.zeros(values.shape[1], f32)
        for row in grams:
            total = total + scale[row] * values[row].astype(f32)
        parts.append(total * (f32(1) / f32(len(grams)) if grams else f32(0)))
        return np.concatenate(parts)

    def layer(self, number, x):
        name, hidden = f"sru{number}", self.manifest["hidden"]
        u = self.product(name, x, bias=False).reshape(len(x), 2, 4, hidden)
        recurrent, bias = (self.t[f"{name}.{part}"].reshape(2, 2, hidden) for part in ("recurrent", "bias"))
        h = np.zeros((len(x), 2, hidden), f32)
        for d in (0, 1):
            state = np.zeros(hidden, f32)
            for w in range(len(x)) if d == 0 else range(len(x) - 1, -1, -1):
                f = gate(u[w, d, 1] + recurrent[d, 0] * state + bias[d, 0])
                r = gate(u[w, d, 2] + recurrent[d, 1] * state + bias[d, 1])
                state = f * state + (f32(1) - f) * u[w, d, 0]
                h[w, d] = r * state + (f32(1) - r) * u[w, d, 3]
        return self.norm(name, h.reshape(len(x), 2 * hidden))

    def run(self, forms):
        """name of a stage -> f32 array"""
        m = self.manifest
        z = self.product("mix", np.stack([self.embedded(form) for form in forms]))
        x = [self.norm("mix", np.maximum(z[:, 0::2], z[:, 1::2]))]
        for number in range(1, m["layers"] + 1):
            x.append(self.layer(number, x[-1]))
        out = {f"layer{i}": value for i, value in enumerate(x)}
        out["tags"], out["ner"] = self.product("tags", x[m["tag_layer"]]), self.product("ner", x[m["ner_layer"]])
        parse = np.maximum(self.product("parse", x[m["parse_layer"]]), f32(0))
        out["heads"] = parse[:, m["arc_dim"] : 2 * m["arc_dim"]]
        out["dependents"] = self.product("arc", parse[:, : m["arc_dim"]])
        return out


def main():
    model, out = Exact(sys.argv[1]), []
    for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
        stages = {
            # 0 is added so that a negative zero, which equals zero, has its bits too.
            key: hashlib.sha256((np.ascontiguousarray(value, dtype="<f4") + f32(0)).tobytes()).hexdigest()[:16]
            for key, value in model.run(line.split()).items()
        }
        out.append({"text": line, "stages": stages})
    digest = hashlib.sha256(Path(sys.argv[1]).read_bytes()).hexdigest()
    text = json.dumps({"model_sha256": digest, "sentences": out}, ensure_ascii=False, indent=1)
    Path(sys.argv[3]).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
