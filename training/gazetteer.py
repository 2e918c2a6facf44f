#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lists of names for training: gazetteer.py KNOWLEDGE_DIR CITIES.tsv OUT.json

People: holders of offices (facts of Wikidata, CC0). Places: countries, capitals (CIA World Factbook, public domain)
and cities of 100,000 and more (GeoNames, CC BY 4.0; CITIES.tsv is name, population). Organisations: parties and
international bodies of the Factbook. train.py puts them in the place of names of the treebanks, so that a name unseen
there is still read as one.
"""

import collections
import html
import json
import re
import sys
import tarfile
from pathlib import Path

from conllu import open_text

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?$")


def usable(name):
    words = name.split()
    return 1 <= len(words) <= 4 and all(_WORD.match(word) and word[0].isupper() for word in words)


def people(path):
    first, last, whole = collections.Counter(), collections.Counter(), set()
    with open_text(path) as lines:
        header = next(lines).rstrip("\n").split("\t")
        column = header.index("person")
        for line in lines:
            name = line.rstrip("\n").split("\t")[column]
            if usable(name) and len(name.split()) >= 2:
                whole.add(name)
    for name in whole:
        words = name.split()
        first[words[0]] += 1
        last[words[-1]] += 1
    return sorted(whole), sorted(first), sorted(last)


def text_of(entry):
    return html.unescape(re.sub(r"<[^>]+>", "\n", entry.get("text", ""))) if isinstance(entry, dict) else ""


def factbook(path):
    places, organisations = set(), set()
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.name.endswith(".json"):
                continue
            government = json.load(archive.extractfile(member)).get("Government", {})
            places.add(text_of(government.get("Country name", {}).get("conventional short form", {})).strip())
            places.add(text_of(government.get("Capital", {}).get("name", {})).split(";")[0].split("(")[0].strip())
            for line in text_of(government.get("Political parties", {})).split("\n"):
                for part in re.sub(r"\(.*?\)", "", line).split(" or "):
                    organisations.add(part.strip())
            for part in re.split(r"[,;]", text_of(government.get("International organization participation", {}))):
                organisations.add(re.sub(r"\(.*?\)", "", part).strip())
    return {p for p in places if usable(p)}, {o for o in organisations if usable(o) and len(o) > 1}


def cities(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {name for name, population in rows if int(population) >= 100000 and usable(name)}


def main():
    knowledge = Path(sys.argv[1])
    whole, first, last = people(knowledge / "offices.tsv.xz")
    places, organisations = factbook(knowledge / "factbook.tar.xz")
    countries = sorted(places)
    places |= cities(sys.argv[2])
    out = {
        "people": whole,
        "first": first,
        "last": last,
        "countries": countries,
        "places": sorted(places),
        "organisations": sorted(organisations),
    }
    Path(sys.argv[3]).write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
    print({key: len(value) for key, value in out.items()}, file=sys.stderr)


if __name__ == "__main__":
    main()
