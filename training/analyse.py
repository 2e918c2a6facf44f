# SPDX-License-Identifier: Apache-2.0
"""The reference reader of a .casm analyser, in numpy alone: slow and plain, it is what the C++ runtime is compared
with."""

import numpy as np

import casm
import decode
import lemma as lemmas
from features import norm_check, word_rows

TABLES = ("norm", "prefix", "suffix", "shape", "chars")


def gate(z):
    u = np.clip(z * np.float32(0.5), -3, 3).astype(np.float32)
    return np.float32(0.5) + np.float32(0.5) * u * (27 + u * u) / (27 + 9 * u * u)


class Analyser:
    def __init__(self, path):
        self.manifest, self.t = casm.read(path)
        self._cache = {}

    def linear(self, name, x):
        return x @ self.t[name + ".weight"].T + self.t[name + ".bias"]

    def layer_norm(self, name, x):
        mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + np.float32(self.manifest["layer_norm_epsilon"]))
        return (scaled * self.t[name + ".norm.gain"] + self.t[name + ".norm.bias"]).astype(np.float32)

    def word(self, form):
        """The concatenated embeddings and the vector after the mix."""
        if form not in self._cache:
            if len(self._cache) > 65536:
                self._cache.clear()
            fixed, grams = word_rows(form, self.manifest["features"])
            parts = [self.t[f"embed.{table}"][row] for table, row in zip(TABLES, fixed)]
            if "embed.check" in self.t and self.t["embed.check"][0, fixed[0]] % 256 != norm_check(form):
                parts[0] = np.zeros_like(parts[0])
            chars = self.t["embed.chars"]
            parts.append(
                chars[grams].sum(axis=0) / np.float32(len(grams)) if grams else np.zeros(chars.shape[1], np.float32)
            )
            embedded = np.concatenate(parts)
            z = self.linear("mix", embedded)
            self._cache[form] = embedded, self.layer_norm("mix", z.reshape(-1, 2).max(axis=1))
        return self._cache[form]

    def layer(self, number, x):
        hidden = self.manifest["hidden"]
        u = (x @ self.t[f"sru{number}.weight"].T).reshape(len(x), 2, 4, hidden)
        rec, bias = (self.t[f"sru{number}.{part}"].reshape(2, 2, hidden) for part in ("recurrent", "bias"))
        h, state = np.zeros((len(x), 2, hidden), np.float32), np.zeros((2, hidden), np.float32)
        for step in range(len(x)):
            for d, w in ((0, step), (1, len(x) - 1 - step)):
                before = state[d].copy()
                f, r = gate(u[w, d, 1] + rec[d, 0] * before + bias[d, 0]), gate(
                    u[w, d, 2] + rec[d, 1] * before + bias[d, 1]
                )
                state[d] = f * before + (1 - f) * u[w, d, 0]
                h[w, d] = r * state[d] + (1 - r) * u[w, d, 3]
        return self.layer_norm(f"sru{number}", h.reshape(len(x), 2 * hidden))

    def scores(self, forms):
        m = self.manifest
        x = [np.stack([self.word(form)[1] for form in forms])]
        for number in range(1, m["layers"] + 1):
            x.append(self.layer(number, x[-1]))
        p = np.maximum(self.linear("parse", x[m["parse_layer"]]), 0)
        arc, label = m["arc_dim"], m["label_dim"]
        ad, ah, ld, lh = np.split(p, [arc, 2 * arc, 2 * arc + label], axis=1)
        n, D = len(forms), m["distance"]
        arcs = self.linear("arc", ad) @ np.concatenate([self.t["arc.root"][None], ah]).T
        place = np.arange(n)
        arcs[:, 1:] += self.t["arc.distance"][np.clip(place[None] - place[:, None], -D, D) + D]
        arcs[place, place + 1] = -1e9
        return {
            "layers": x,
            "tags": self.linear("tags", x[m["tag_layer"]]),
            "ner": self.linear("ner", x[m["ner_layer"]]),
            "arcs": arcs,
            "label_dependent": ld,
            "label_head": np.concatenate([self.t["label.root"][None], lh]),
        }

    def labels(self, scores, heads):
        m = self.manifest["labels"]
        ld, lh = scores["label_dependent"], scores["label_head"][heads]
        out = self.linear("label", np.concatenate([ld * lh, ld, lh], axis=1))
        root = m.index("root")
        out[:, root] = -np.inf
        return ["root" if head == 0 else m[int(row.argmax())] for head, row in zip(heads, out)]

    def analyse(self, forms):
        """A list of {upos, xpos, feats, lemma, head, deprel, ner, confidence}, one per word."""
        m, s = self.manifest, self.scores(forms)
        sizes = [len(m[key]) for key in ("upos", "xpos", "feats", "lemma_scripts")]
        upos, xpos, feats, script, flag = np.split(s["tags"], np.cumsum(sizes), axis=1)
        heads = decode.tree(s["arcs"])
        labels = self.labels(s, heads)
        tags = decode.names(s["ner"], self.t["ner.transition"])
        sure = np.exp(decode.log_softmax(s["arcs"].astype(np.float64) / m["arc_temperature"]))
        return [
            {
                "upos": m["upos"][int(upos[i].argmax())],
                "xpos": m["xpos"][int(xpos[i].argmax())],
                "feats": m["feats"][int(feats[i].argmax())],
                "lemma": lemmas.apply(m["lemma_scripts"][int(script[i].argmax())], form, bool(flag[i, 0] > 0)),
                "head": int(heads[i]),
                "deprel": labels[i],
                "ner": m["ner"][tags[i]],
                "confidence": float(sure[i, heads[i]]),
            }
            for i, form in enumerate(forms)
        ]
