#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the training code: /usr/bin/python3 -m unittest training_test (numpy and torch; a few seconds)."""

import itertools
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import casm
import decode
import features
import lemma
import model as models
from analyse import Analyser, gate
from kernels import Scan

MODEL = Path(__file__).parent.parent / "models" / "en.casm"


def best_by_search(scores, root):
    """The weight of the best tree whose only root is `root`, by trying all."""
    n, p, best = len(scores), decode.log_softmax(scores), -np.inf
    for heads in itertools.product(range(n + 1), repeat=n):
        single = heads[root] == 0 and heads.count(0) == 1 and all(heads[i] != i + 1 for i in range(n))
        if single and decode.find_cycle([0, *heads]) is None:
            best = max(best, sum(p[i, heads[i]] for i in range(n)))
    return best


class Decoding(unittest.TestCase):
    def test_a_tree_has_one_root_no_cycle_and_the_best_weight(self):
        random = np.random.default_rng(3)
        for _ in range(400):
            n = int(random.integers(1, 6))
            scores = random.normal(size=(n, n + 1)) * 2
            scores[np.arange(n), np.arange(1, n + 1)] = -1e9
            heads = decode.tree(scores)
            self.assertEqual(int((heads == 0).sum()), 1)
            self.assertIsNone(decode.find_cycle([0, *heads]))
            weight = decode.log_softmax(scores)[np.arange(n), heads].sum()
            self.assertAlmostEqual(weight, best_by_search(scores, int(np.argmin(heads))), places=6)

    def test_no_name_begins_with_an_inside_tag(self):
        labels = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
        scores = np.array([[0, 0, 9, 0, 0], [0, 0, 0, 0, 9.0]])
        tags = [labels[i] for i in decode.names(scores, decode.bio_transition(labels))]
        for before, tag in zip(["O"] + tags, tags):
            self.assertFalse(tag.startswith("I-") and before[2:] != tag[2:], tags)


class Lemmas(unittest.TestCase):
    def test_a_script_made_from_a_pair_gives_the_lemma_back(self):
        for form, wanted in (("Dogs", "dog"), ("Putin", "Putin"), ("was", "be"), ("CITIES", "city"), ("i", "I")):
            flag = bool(lemma.lower_flag(form, wanted))
            base = features.lower(form) if flag else form
            self.assertEqual(lemma.apply(lemma.edit_script(base, wanted), form, flag), wanted)

    def test_a_script_longer_than_the_word_changes_nothing(self):
        self.assertEqual(lemma.apply(("e", 1, "", 3, "y"), "abc", False), "abc")


class Files(unittest.TestCase):
    def test_what_is_written_is_read_back_and_damage_is_seen(self):
        values, scale = np.array([[63, -63], [1, 0]], np.int8), np.array([0.5, 2], np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.casm"
            casm.write(path, {"task": "test"}, {"a.weight": (values, scale), "b": np.arange(3.0)})
            manifest, tensors = casm.read(path)
            self.assertEqual(manifest, {"task": "test"})
            self.assertEqual(tensors["a.weight"].tolist(), [[31.5, -31.5], [2, 0]])
            self.assertEqual(tensors["b"].tolist(), [0, 1, 2])
            data = bytearray(path.read_bytes())
            data[-1] ^= 1
            path.write_bytes(data)
            self.assertRaises(ValueError, casm.read, path)


class Network(unittest.TestCase):
    def test_the_scan_has_the_gradient_that_differences_show(self):
        torch.manual_seed(0)
        offset = torch.tensor([0, 3, 4], dtype=torch.int32)
        inputs = [torch.randn(4, 64) * 0.5, torch.randn(4, 8) * 0.5, torch.randn(4, 8) * 0.5]
        weights = torch.randn(4, 16)
        for tensor in inputs:
            tensor.requires_grad_(True)
        (Scan.apply(*inputs, offset) * weights).sum().backward()
        for tensor in inputs:
            for place in ((0, 0), (1, 5), (3, 7)):
                ends = []
                for step in (0.01, -0.01):
                    moved = [other.detach().clone() for other in inputs]
                    moved[[other is tensor for other in inputs].index(True)][place] += step
                    ends.append(float((Scan.apply(*moved, offset) * weights).sum()))
                self.assertAlmostEqual((ends[0] - ends[1]) / 0.02, float(tensor.grad[place]), places=2)

    def test_the_gate_reaches_its_ends(self):
        self.assertEqual(gate(np.array([-7.0, 0.0, 7.0], np.float32)).tolist(), [0.0, 0.5, 1.0])

    @unittest.skipUnless(MODEL.exists(), "no model file")
    def test_the_network_that_trains_and_the_reader_of_the_file_agree(self):
        analyser = Analyser(MODEL)
        manifest = analyser.manifest
        network = models.Network({name: torch.from_numpy(value) for name, value in analyser.t.items()}, manifest)
        forms = "Norway , which hosted talks , supports Kyiv .".split()
        rows = [features.word_rows(form, manifest["features"]) for form in forms]
        grams = np.concatenate([row[1] for row in rows])
        counts = np.cumsum([0] + [len(row[1]) for row in rows])
        fixed = np.array([row[0] for row in rows])
        check = analyser.t["embed.check"][0].astype(np.int64) % 256 if "embed.check" in analyser.t else None
        words = models.Words({"forms": forms, "fixed": fixed, "grams": grams, "gram_offset": counts}, check)
        offset = torch.tensor([0, len(forms)], dtype=torch.int32)
        outputs, sentence_of = network.trunk(words.gather(np.arange(len(forms))), offset)
        tags, ner, (ad, ah, _, _) = network.heads(outputs, sentence_of, 1)
        scores = analyser.scores(forms)
        np.testing.assert_allclose(torch.cat(tags, dim=1).numpy(), scores["tags"], atol=2e-3)
        np.testing.assert_allclose(ner.numpy(), scores["ner"], atol=2e-3)
        np.testing.assert_allclose(network.arc_scores(ad, ah, offset)[0].numpy(), scores["arcs"], atol=2e-3)


if __name__ == "__main__":
    unittest.main()
