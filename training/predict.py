#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Analyses the words of a CoNLL-U file with a .casm model: predict.py MODEL IN.conllu > OUT.conllu (names as NE= in
MISC)."""

import sys

import conllu
from analyse import Analyser


def annotate(analyser, sentence):
    limit = analyser.manifest["max_words"]
    for first in range(0, len(sentence), limit):
        rows = sentence.rows[first : first + limit]
        for row, word in zip(rows, analyser.analyse([row[1] for row in rows])):
            misc = [part for part in row[9].split("|") if part.startswith("SpaceAfter=")]
            if word["ner"] != "O":
                misc.append("NE=" + word["ner"])
            head = word["head"] + first if word["head"] else (0 if first == 0 else 1)
            row[2:] = [
                word["lemma"],
                word["upos"],
                word["xpos"],
                word["feats"],
                str(head),
                word["deprel"] if head == 0 or word["head"] else "parataxis",
                "_",
                "|".join(misc) or "_",
            ]


def main():
    analyser = Analyser(sys.argv[1])
    for sentence in conllu.read(sys.argv[2]):
        annotate(analyser, sentence)
        conllu.write(sentence, sys.stdout)


if __name__ == "__main__":
    main()
