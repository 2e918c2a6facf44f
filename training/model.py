# SPDX-License-Identifier: Apache-2.0
"""The analyser's network (docs/format-casm.md, section 4). Tensors carry the names that they have in the model file.

A batch is packed: the words of all sentences one after the other, with `offset` saying where each begins, so nothing
is computed on padding but the arc scores.
"""

import numpy as np
import torch
import torch.nn.functional as F

from features import norm_check
from kernels import Scan

HIDDEN, MIX, ARC, LABEL, DISTANCE, EPSILON = 128, 192, 128, 96, 32, 1e-5
SHIFTED = ("mix", "tags", "ner", "parse", "label")
TABLES = ("norm", "prefix", "suffix", "shape", "chars")


def initial(labels, sizes, generator, vector_dim, banks=0):
    """name -> tensor, all of a fresh model. `norm.projection` takes the ready word vectors into the `norm` table, and
    `bank.*` holds what each treebank adds to a layer's bias; see `folded`."""

    def normal(rows, columns, deviation):
        return torch.randn(rows, columns, generator=generator) * deviation

    def glorot(rows, columns):
        return normal(rows, columns, (2.0 / (rows + columns)) ** 0.5)

    def recurrent_input(columns):
        return normal(8 * HIDDEN, columns, columns**-0.5)

    width = sum(sizes[table]["dim"] for table in TABLES) + sizes.get("context", 0)
    tags = sum(len(labels[key]) for key in ("upos", "xpos", "feats", "lemma_scripts")) + 1
    ner = len(labels["ner"])
    out = {
        f"embed.{table}": normal(sizes[table]["rows"], sizes[table]["dim"], 0.3 if table != "chars" else 0.5)
        for table in TABLES
    }
    out["embed.norm"] = out["embed.norm"] * 0.1
    out["norm.projection"] = normal(sizes["norm"]["dim"], vector_dim, 0.6 * vector_dim**-0.5)
    out["mix.weight"], out["mix.bias"] = normal(2 * MIX, width, width**-0.5), torch.zeros(2 * MIX)
    out["mix.norm.gain"], out["mix.norm.bias"] = torch.ones(MIX), torch.zeros(MIX)
    for layer in (1, 2, 3):
        out[f"sru{layer}.weight"] = recurrent_input(MIX if layer == 1 else 2 * HIDDEN)
        out[f"sru{layer}.recurrent"] = normal(4, HIDDEN, 0.3)
        out[f"sru{layer}.bias"] = torch.zeros(4, HIDDEN)
        out[f"sru{layer}.norm.gain"], out[f"sru{layer}.norm.bias"] = torch.ones(2 * HIDDEN), torch.zeros(2 * HIDDEN)
    out["tags.weight"], out["tags.bias"] = glorot(tags, 2 * HIDDEN), torch.zeros(tags)
    out["ner.weight"], out["ner.bias"] = glorot(ner, 2 * HIDDEN), torch.zeros(ner)
    out["parse.weight"], out["parse.bias"] = glorot(2 * ARC + 2 * LABEL, 2 * HIDDEN), torch.zeros(2 * ARC + 2 * LABEL)
    out["arc.weight"], out["arc.bias"] = normal(ARC, ARC, 0.5 / ARC**0.5), torch.zeros(ARC)
    out["arc.root"], out["label.root"] = torch.rand(ARC, generator=generator), torch.rand(LABEL, generator=generator)
    out["arc.distance"] = torch.zeros(2 * DISTANCE + 1)
    out["label.weight"], out["label.bias"] = glorot(len(labels["labels"]), 3 * LABEL), torch.zeros(
        len(labels["labels"])
    )
    for name in SHIFTED if banks else ():
        out[f"bank.{name}"] = torch.zeros(banks, len(out[f"{name}.bias"]))
    return out


def folded(tensors, vectors, shares=(1.0,)):
    """The tensors of the file: the projected word vectors become part of the `norm` table, and the shifts of the
    treebanks whose conventions are wanted, each by its share, part of the biases."""
    out = {name: tensor for name, tensor in tensors.items() if name != "norm.projection" and name[:5] != "bank."}
    if "norm.projection" in tensors:
        out["embed.norm"] = tensors["embed.norm"] + vectors @ tensors["norm.projection"].T
    for name in SHIFTED:
        if f"bank.{name}" in tensors:
            out[f"{name}.bias"] = (
                tensors[f"{name}.bias"] + torch.tensor(shares) @ tensors[f"bank.{name}"][: len(shares)]
            )
    return out


def is_quantised(name):
    return name.endswith(".weight") or name.startswith("embed.")


def levels(name):
    return 127 if name.startswith("embed.") else 63


def quantise(name, tensor):
    """(s8 values, f32 scale per row)"""
    scale = (tensor.abs().amax(dim=1) / levels(name)).clamp(min=1e-12)
    return torch.round(tensor / scale[:, None]).clamp(-levels(name), levels(name)).to(torch.int8), scale


def rounded(name, tensor):
    values, scale = quantise(name, tensor)
    return values.float() * scale[:, None]


class Words:
    """Feature rows by form id, gathered for a batch. Forms that share a norm row by their hash alone are unknown and
    get no vector of it; `check` is the byte of each row's owner, -1 where there is none."""

    def __init__(self, bundle, check=None):
        self.fixed, self.grams, self.gram_offset = bundle["fixed"], bundle["grams"], bundle["gram_offset"]
        self.known = None
        if check is not None:
            checks = np.array([norm_check(form) for form in bundle["forms"]])
            self.known = (check[self.fixed[:, 0]] == checks).astype(np.float32)

    def gather(self, ids):
        start, count = self.gram_offset[ids], self.gram_offset[ids + 1] - self.gram_offset[ids]
        offset = np.concatenate([[0], np.cumsum(count)])
        flat = self.grams[np.arange(offset[-1]) - np.repeat(offset[:-1] - start, count)]
        return (
            torch.from_numpy(self.fixed[ids].astype(np.int64)),
            torch.from_numpy(flat.astype(np.int64)),
            torch.from_numpy(offset[:-1].astype(np.int64)),
            None if self.known is None else torch.from_numpy(self.known[ids]),
        )


class Network:
    def __init__(self, tensors, labels, vectors=None):
        self.t, self.labels, self.vectors = tensors, labels, vectors
        self.fake_quantise = False
        self.dropout, self.training = 0.0, False
        self.sizes = [len(labels["upos"]), len(labels["xpos"]), len(labels["feats"]), len(labels["lemma_scripts"]), 1]
        self.layers = {"tag": 2, "ner": 2, "parse": 3}
        self.bank = None  # the treebank of each word of the batch, where treebanks have shifts of their own
        self.context = None  # a teacher's further input for each word of the batch

    def weight(self, name):
        tensor = self.t[name]
        if self.fake_quantise and not name.startswith("embed."):
            return tensor + (rounded(name, tensor.detach()) - tensor.detach())
        return tensor

    def linear(self, name, x):
        out = F.linear(x, self.weight(name + ".weight"), self.t[name + ".bias"])
        if self.bank is not None and f"bank.{name}" in self.t:
            out = out + F.embedding(self.bank, self.t[f"bank.{name}"])
        return out

    def layer_norm(self, name, x):
        return F.layer_norm(x, (x.shape[-1],), self.t[name + ".norm.gain"], self.t[name + ".norm.bias"], EPSILON)

    def drop(self, x, sentence_of, sentences, rate=None):
        """One mask per sentence, shared by its words."""
        rate = self.dropout if rate is None else rate
        if not self.training or rate == 0:
            return x
        mask = (torch.rand(sentences, x.shape[1]) >= rate).float() / (1 - rate)
        return x * mask[sentence_of]

    def trunk(self, features, offset, norm_rows=None, norm_keep=None, own_keep=None):
        fixed, flat, gram_offset, known = features
        sentences = len(offset) - 1
        sentence_of = torch.repeat_interleave(torch.arange(sentences), (offset[1:] - offset[:-1]).long())
        rows = fixed[:, 0] if norm_rows is None else norm_rows
        norm = F.embedding(rows, self.t["embed.norm"])
        if own_keep is not None:
            norm = norm * own_keep[:, None]
        if self.vectors is not None:
            norm = norm + F.linear(F.embedding(rows, self.vectors), self.t["norm.projection"])
        if known is not None:
            norm = norm * known[:, None]
        if norm_keep is not None:
            norm = norm * norm_keep[:, None]
        others = [F.embedding(fixed[:, i], self.t[f"embed.{table}"]) for i, table in enumerate(TABLES[:4]) if i]
        chars = F.embedding_bag(flat, self.t["embed.chars"], gram_offset, mode="mean")
        further = [] if self.context is None else [self.context]
        x = self.drop(torch.cat([norm, *others, chars, *further], dim=1), sentence_of, sentences, self.dropout / 3)
        z = self.linear("mix", x)
        x = self.drop(self.layer_norm("mix", z.view(len(z), MIX, 2).amax(dim=2)), sentence_of, sentences)
        outputs = [x]
        for layer in (1, 2, 3):
            u = F.linear(x, self.weight(f"sru{layer}.weight"))
            h = Scan.apply(u, self.t[f"sru{layer}.recurrent"], self.t[f"sru{layer}.bias"], offset)
            x = self.drop(self.layer_norm(f"sru{layer}", h), sentence_of, sentences)
            outputs.append(x)
        return outputs, sentence_of

    def heads(self, outputs, sentence_of, sentences):
        """tags (five tensors), names, and the four vectors of the tree."""
        tags = self.linear("tags", outputs[self.layers["tag"]]).split(self.sizes, dim=1)
        ner = self.linear("ner", outputs[self.layers["ner"]])
        p = self.drop(F.relu(self.linear("parse", outputs[self.layers["parse"]])), sentence_of, sentences)
        return tags, ner, p.split([ARC, ARC, LABEL, LABEL], dim=1)

    def arc_scores(self, arc_dependent, arc_head, offset):
        """[sentences, longest, longest + 1], -1e9 where there is no such pair."""
        length = (offset[1:] - offset[:-1]).long()
        longest, sentences = int(length.max()), len(length)
        place = torch.arange(longest)
        index = (offset[:-1].long()[:, None] + place[None]).clamp(max=len(arc_head) - 1)
        q = self.linear("arc", arc_dependent)
        heads = torch.cat([self.t["arc.root"].expand(sentences, 1, ARC), arc_head[index]], dim=1)
        scores = torch.bmm(q[index], heads.transpose(1, 2))
        gap = (place[None, :] - place[:, None]).clamp(-DISTANCE, DISTANCE) + DISTANCE
        scores = scores + F.pad(self.t["arc.distance"][gap], (1, 0))
        outside = torch.cat([torch.zeros(sentences, 1, dtype=torch.bool), place[None] >= length[:, None]], dim=1)[
            :, None, :
        ]
        itself = F.pad(torch.eye(longest, dtype=torch.bool), (1, 0))[None]
        return scores.masked_fill(outside | itself, -1e9)

    def label_scores(self, label_dependent, label_head, heads, offset, sentence_of):
        """Scores with the given heads (0 is the root), [words, labels]."""
        base = offset[:-1].long()[sentence_of]
        rows = torch.cat([self.t["label.root"][None], label_head])
        chosen = rows[torch.where(heads > 0, base + heads, torch.zeros_like(heads))]
        return self.linear("label", torch.cat([label_dependent * chosen, label_dependent, chosen], dim=1))
