#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The prose of the CIA World Factbook (public domain), a paragraph a line: factbook.py factbook.tar.xz > OUT.txt"""

import html
import json
import re
import sys
import tarfile


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def main():
    out = {}
    with tarfile.open(sys.argv[1]) as archive:
        for member in archive:
            if not member.name.endswith(".json"):
                continue
            for text in strings(json.load(archive.extractfile(member))):
                for line in html.unescape(re.sub(r"<[^>]+>", "\n", text)).split("\n"):
                    line = line.strip()
                    if len(line.split()) >= 8 and line[0].isupper() and line[-1] in '.!?"':
                        out[line] = True
    print("\n".join(out))


if __name__ == "__main__":
    main()
