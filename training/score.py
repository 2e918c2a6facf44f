#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures a model with the full decoder on gold words: score.py MODEL.casm DATA_DIR SCORER OUT.json [SET …]

SCORER is the project's scorer by the rules of the CoNLL 2018 shared task (labels without subtypes). The gold files
get the names of UNER as NE= in MISC first, so that names are measured too; the names of GUM are this folder's own
reading of GUM's entities and are not counted.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import conllu
import languages
import names
from analyse import Analyser
from predict import annotate

SETS = {
    "en_ewt-dev": "dev",
    "en_ewt-test": "test",
    "en_gumopen-dev": None,
    "en_gumopen-test": None,
    "en_gum-test": None,
}


def default_sets(language):
    return list(SETS) if language == "en" else languages.TARGET[language][2]


def annotated(analyser, model, folder, gold):
    """The file's words as the model reads them: by the program named in CASUS if there is one, which is much faster
    and gives the same labels, else by the reference reader."""
    program = os.environ.get("CASUS")
    if not program:
        sentences = list(conllu.read(gold))
        for sentence in sentences:
            annotate(analyser, sentence)
        return sentences
    models = Path(folder) / "models"
    models.mkdir(exist_ok=True)
    language = analyser.manifest["language"]
    link = models / f"{language}.casm"
    if not link.exists():
        link.symlink_to(Path(model).resolve())
    command = [program, "parse", "--language", language, "--threads", "1", "--input", "conllu", str(gold)]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CASUS_DATA": folder})
    (Path(folder) / "read.conllu").write_bytes(done.stdout)
    return list(conllu.read(Path(folder) / "read.conllu"))


def main():
    analyser, data, out = Analyser(sys.argv[1]), Path(sys.argv[2]), {}
    with tempfile.TemporaryDirectory() as folder:
        gold, system = Path(folder) / "gold.conllu", Path(folder) / "system.conllu"
        for name in sys.argv[5:] or default_sets(analyser.manifest["language"]):
            uner = SETS.get(name)
            tags = names.read_uner(data / f"ner/uner_en_ewt-{uner}.iob2.xz") if uner else {}
            sentences = list(conllu.read(data / f"treebanks/{name}.conllu.xz"))
            with open(gold, "w", encoding="utf-8") as target:
                for sentence in sentences:
                    forms, labels = tags.get(sentence.id, ([], []))
                    for i, row in enumerate(sentence.rows):
                        row[9] = "NE=" + labels[i] if forms == sentence.forms and labels[i] != "O" else "_"
                    conllu.write(sentence, target)
            with open(system, "w", encoding="utf-8") as target:
                for sentence in annotated(analyser, sys.argv[1], folder, gold):
                    conllu.write(sentence, target)
            result = json.loads(
                subprocess.run(
                    [sys.executable, sys.argv[3], str(gold), str(system)], check=True, capture_output=True, text=True
                ).stdout
            )
            if not uner:
                result.pop("ner", None)
            out[name + ", gold words"] = result
            print(name, result, file=sys.stderr)
    Path(sys.argv[4]).write_text(json.dumps(out, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
