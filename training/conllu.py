# SPDX-License-Identifier: Apache-2.0
"""CoNLL-U in and out. Words only: multiword tokens are kept as text to be written back, empty nodes are dropped."""

import lzma


class Sentence:
    def __init__(self):
        self.comments, self.rows, self.ranges = [], [], {}

    @property
    def id(self):
        for line in self.comments:
            if line.startswith("# sent_id = "):
                return line[12:]
        return None

    @property
    def forms(self):
        return [row[1] for row in self.rows]

    def __len__(self):
        return len(self.rows)


def open_text(path):
    return lzma.open(path, "rt", encoding="utf-8") if str(path).endswith(".xz") else open(path, encoding="utf-8")


def read(path):
    sentence = Sentence()
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if sentence.rows:
                    yield sentence
                sentence = Sentence()
            elif line[0] == "#":
                sentence.comments.append(line)
            else:
                columns = line.split("\t")
                if "-" in columns[0]:
                    sentence.ranges[len(sentence.rows)] = line
                elif "." not in columns[0]:
                    sentence.rows.append(columns)
    if sentence.rows:
        yield sentence


def write(sentence, out):
    for line in sentence.comments:
        out.write(line + "\n")
    for position, row in enumerate(sentence.rows):
        if position in sentence.ranges:
            out.write(sentence.ranges[position] + "\n")
        out.write("\t".join(row) + "\n")
    out.write("\n")
