# SPDX-License-Identifier: Apache-2.0
"""Shared by the scripts that turn public fact files into cited overlay rows."""
import csv
import html
import json
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[1]
OVERLAY = ROOT / 'overlay'
ISO = pathlib.Path('/usr/share/iso-codes/json/iso_3166-1.json')


def country_codes(facts):
    """Rows of country-codes by ISO alpha-3."""
    with open(facts / 'country-codes/data/country-codes.csv', encoding='utf8') as f:
        return {r['ISO3166-1-Alpha-3']: r for r in csv.DictReader(f) if r['ISO3166-1-Alpha-3']}


# The factbook names its files by FIPS 10-4 code; these are not in the code table, or differ from it.
FIPS_EXTRA = {'kv': 'XKX', 'we': 'PSE', 'od': 'SSD', 'rs': 'RUS', 'uk': 'GBR', 'gz': None, 'cc': 'CUW', 'nn': 'SXM', 'rn': 'MAF',
              'tb': 'BLM', 'sv': 'SJM', 'hk': 'HKG', 'mc': 'MAC', 'sx': 'SGS', 'fs': 'ATF', 'ay': 'ATA', 'tw': 'TWN', 'pc': 'PCN',
              'wi': 'ESH', 'vt': 'VAT', 'sh': 'SHN', 'io': 'IOT', 'jn': None, 'gk': 'GGY', 'je': 'JEY', 'im': 'IMN', 'ri': 'SRB', 'mj': 'MNE',
              'bq': None, 'um': 'UMI'}


def factbook(facts):
    """(alpha-3, parsed file) of every country in the factbook."""
    by_fips = {r['FIPS'].strip().lower(): a3 for a3, r in country_codes(facts).items() if len(r['FIPS'].strip()) == 2}
    by_fips.update(FIPS_EXTRA)
    for path in sorted((facts / 'factbook').glob('*/*.json')):
        alpha3 = by_fips.get(path.stem)
        if alpha3 and len(path.stem) == 2:
            yield alpha3, json.loads(path.read_text(encoding='utf8'))


def plain(text):
    text = re.sub(r'<[^>]*>', ' ', html.unescape(text or ''))
    return re.sub(r'\s+', ' ', text).strip()


def fold(text):
    text = unicodedata.normalize('NFKD', text)
    return ''.join(c for c in text if not unicodedata.combining(c)).casefold()


def write(name, table, comment, columns, rows):
    with open(OVERLAY / name, 'w', encoding='utf8', newline='\n') as f:
        f.write(f'# table: {table}\n')
        for line in comment:
            f.write(f'# {line}\n')
        f.write('\t'.join(columns) + '\n')
        for row in rows:
            f.write('\t'.join(str(c) if c not in ('', None) else '-' for c in row) + '\n')
    print(name, len(rows))
