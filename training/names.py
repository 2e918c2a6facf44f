# SPDX-License-Identifier: Apache-2.0
"""Names (PER, ORG, LOC) from the layers that mark them: UNER files, GUM's Entity= spans, WNUT-17."""

import re
from pathlib import Path

from conllu import open_text

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
WNUT_TYPES = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
_TITLES = set((Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").split())
_JOINS = set("of the for and & - ' 's ’s de del la al el von van da .".split())


def repair(tags):
    """Unknown types become O; an I- that continues nothing becomes a B-."""
    out, previous = [], "O"
    for tag in tags:
        if tag not in LABELS:
            tag = "O"
        if tag.startswith("I-") and previous[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        previous = tag
    return out


def read_uner(path):
    """sent_id -> (forms, tags)"""
    out, key, forms, tags = {}, None, [], []
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                key = line[12:]
            elif not line:
                if key and forms:
                    out[key] = (forms, repair(tags))
                key, forms, tags = None, [], []
            elif line[0] != "#" or "\t" in line:
                columns = line.split("\t")
                forms.append(columns[1])
                tags.append(columns[2])
    if key and forms:
        out[key] = (forms, repair(tags))
    return out


def read_wnut(path):
    """List of (forms, tags). A line with nothing but white space ends a sentence."""
    out, forms, tags = [], [], []
    with open_text(path) as lines:
        for line in list(lines) + [""]:
            if not line.strip():
                if forms:
                    out.append((forms, repair(tags)))
                forms, tags = [], []
                continue
            form, tag = line.rstrip("\n").split("\t")[:2]
            prefix, _, kind = tag.partition("-")
            forms.append(form)
            tags.append(prefix + "-" + WNUT_TYPES[kind] if kind in WNUT_TYPES else "O")
    return out


def _gum_spans(sentence, open_spans):
    """(start, end, type, linked) of the entities that lie inside this sentence; end is inclusive."""
    spans = []
    for position, row in enumerate(sentence.rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not match:
            continue
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)):
            fields = piece.strip("()").split("-")
            if piece[0] == "(":
                entry = (position, fields[1] if len(fields) > 1 else "", len(fields) > 7)
                if piece[-1] == ")":
                    spans.append((position, position, entry[1], entry[2]))
                else:
                    open_spans.append((fields[0], entry))
            else:
                for index in range(len(open_spans) - 1, -1, -1):
                    if open_spans[index][0] == fields[0]:
                        start, kind, linked = open_spans.pop(index)[1]
                        spans.append((start, position, kind, linked))
                        break
    return spans


def _core(sentence, start, end, head):
    """The name itself inside a mention: grows from the head over capitalised words and the small words between them."""
    rows = sentence.rows

    def strong(i):
        return rows[i][1][:1].isupper() and rows[i][3] in ("PROPN", "ADJ", "NOUN", "VERB") or rows[i][3] == "PROPN"

    left = right = head
    while True:
        step = 1
        while left - step >= start and rows[left - step][1].lower() in _JOINS and step <= 2:
            step += 1
        if left - step >= start and strong(left - step):
            left -= step
        else:
            break
    while True:
        step = 1
        while right + step <= end and rows[right + step][1].lower() in _JOINS and step <= 2:
            step += 1
        if right + step <= end and strong(right + step):
            right += step
        else:
            break
    return left, right


def _without_title(sentence, left, right):
    """UNER leaves titles out of a person's name; "Emperor of …" and "the Secretary" are no names at all: an empty
    range."""
    begin = left
    while left <= right and (
        sentence.rows[left][1].lower() in _TITLES or (left > begin and sentence.rows[left][1] == "-")
    ):
        left += 1
    if left > begin and left <= right and sentence.rows[left][1].lower() in _JOINS:
        return right + 1, right
    return left, right


def gum_names(sentence):
    """BIO tags of the named entities of a GUM sentence; nominal mentions and other types are left out."""
    tags = ["O"] * len(sentence)
    spans = [span for span in _gum_spans(sentence, []) if span[2] in GUM_TYPES]
    for start, end, kind, _ in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        heads = [i for i in range(start, end + 1) if not start <= int(sentence.rows[i][6]) - 1 <= end]
        if len(heads) != 1 or sentence.rows[heads[0]][3] != "PROPN":
            continue
        left, right = _core(sentence, start, end, heads[0])
        if GUM_TYPES[kind] == "PER":
            left, right = _without_title(sentence, left, right)
        if left > right or (left == right and kind != "place" and sentence.rows[left][4] == "NNPS"):
            continue
        if any(tag != "O" for tag in tags[left : right + 1]):
            continue
        tags[left] = "B-" + GUM_TYPES[kind]
        for i in range(left + 1, right + 1):
            tags[i] = "I-" + GUM_TYPES[kind]
    return tags
