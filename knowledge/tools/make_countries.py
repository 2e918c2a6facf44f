# SPDX-License-Identifier: Apache-2.0
"""Countries with codes and points, and the demonyms and adjectives that the factbook gives.

    make_countries.py FACTS      # folder with the unpacked factbook/ and country-codes/

Writes overlay/countries.tsv and overlay/demonyms.tsv. What the sources lack or spell unlike the news stands in names_countries.tsv, by hand.
"""
import json
import pathlib
import re
import sys

from common import ISO, country_codes, factbook, plain, write

# News forms where ISO and CLDR use another.
NAMES = {'MMR': 'Myanmar', 'HKG': 'Hong Kong', 'MAC': 'Macao', 'PSE': 'Palestine', 'COD': 'Democratic Republic of the Congo', 'COG': 'Republic of the Congo',
         'TUR': 'Turkey', 'XKX': 'Kosovo', 'CIV': "Ivory Coast", 'CZE': 'Czech Republic', 'SYR': 'Syria', 'VEN': 'Venezuela', 'RUS': 'Russia',
         'IRN': 'Iran', 'PRK': 'North Korea', 'KOR': 'South Korea', 'USA': 'United States', 'GBR': 'United Kingdom', 'TWN': 'Taiwan', 'LAO': 'Laos',
         'VNM': 'Vietnam', 'TZA': 'Tanzania', 'BOL': 'Bolivia', 'MDA': 'Moldova', 'BRN': 'Brunei', 'FSM': 'Micronesia', 'CPV': 'Cape Verde',
         'VAT': 'Vatican City', 'FLK': 'Falkland Islands', 'MKD': 'North Macedonia', 'SWZ': 'Eswatini', 'TLS': 'East Timor', 'VGB': 'British Virgin Islands',
         'VIR': 'US Virgin Islands', 'BHS': 'Bahamas', 'GMB': 'Gambia', 'SHN': 'Saint Helena', 'COM': 'Comoros', 'NLD': 'Netherlands', 'MAF': 'Saint Martin',
         'SXM': 'Sint Maarten', 'BES': 'Caribbean Netherlands', 'REU': 'Réunion', 'CUW': 'Curaçao', 'ALA': 'Åland', 'BLM': 'Saint Barthélemy'}
# Points that geographers' gazetteers use, where the factbook's lies more than 100 km away (from memory).
POINTS = {'USA': (39.76, -98.5), 'CAN': (60.10867, -113.64258), 'GBR': (54.75844, -2.69531), 'AUS': (-25.0, 135.0), 'DEU': (51.5, 10.5),
          'JPN': (35.68536, 139.75309), 'IND': (22.0, 79.0), 'NZL': (-42.0, 174.0), 'PSE': (31.92157, 35.20329), 'GNB': (12.0, -15.0),
          'FJI': (-18.0, 178.0), 'BES': (12.201, -68.262), 'GLP': (16.25, -61.583), 'MTQ': (14.667, -61.0), 'GUF': (4.0, -53.0), 'REU': (-21.1, 55.6),
          'MYT': (-12.833, 45.167), 'ALA': (60.2, 20.0), 'TKL': (-9.17, -171.83), 'SJM': (78.0, 20.0), 'UMI': (19.28, 166.65), 'SHN': (-15.95, -5.7),
          'FSM': (6.92, 158.16), 'IDN': (-5.0, 120.0), 'ATF': (-49.25, 69.17), 'ITA': (42.83333, 12.83333), 'ARG': (-34.0, -64.0), 'FRA': (46.0, 2.0),
          'MHL': (7.11, 171.19)}


# Words that the factbook lists for a territory though they mean its sovereign, or that it builds wrongly.
NOT_A_DEMONYM = {'ABW': {'Dutch'}, 'CUW': {'Dutch'}, 'MAC': {'Chinese'}, 'COD': {'Congo'}, 'COG': {'Congo'}, 'LAO': {'Laos'}, 'WLF': {'French'},
                 'SGP': {'Singapore'}, 'NZL': {'New Zealand'}, 'LUX': {'Luxembourg'}, 'LIE': {'Liechtenstein'}, 'GIB': {'Gibraltar'}, 'KIR': {'Kiribati'},
                 'FLK': {'Falkland Island'}, 'CXR': {'Christmas Island'}}


def point(text):
    m = re.search(r'(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])', plain(text))
    if not m:
        return None
    lat = int(m[1]) + int(m[2]) / 60
    lon = int(m[4]) + int(m[5]) / 60
    return round(-lat if m[3] == 'S' else lat, 4), round(-lon if m[6] == 'W' else lon, 4)


def nouns(text):
    """Singular and plural of a nationality, where the entry follows one of the usual patterns."""
    out = []
    for part in re.split(r',| or |;', re.sub(r'\((US|New Zealand)[^)]*\)', '', plain(text))):
        part = part.strip()
        if m := re.fullmatch(r"([A-Z][^()]+)\(s\)", part):
            out += [m[1].strip(), m[1].strip() + 's']
        elif m := re.fullmatch(r"([A-Z][^()]+)\((?:singular and plural|collective plural|singular|plural)\)", part):
            out.append(m[1].strip())
        elif m := re.fullmatch(r"([A-Z][^()]+)man\(men\)", part):
            out += [m[1] + 'man', m[1] + 'men']
        elif m := re.fullmatch(r"([A-Z][^()]+)woman\(women\)", part):
            out += [m[1] + 'woman', m[1] + 'women']
        elif re.fullmatch(r"[A-Z][A-Za-zé' -]+", part) and part not in ('None', 'NA'):
            out.append(part)
    return out


def adjectives(text):
    out = []
    for part in re.split(r',| or |;', re.sub(r'\([^)]*\)', '', plain(text))):
        part = part.strip()
        if re.fullmatch(r"[A-Z][A-Za-zé' -]+", part) and part not in ('None', 'NA') and 'note' not in part:
            out.append(part)
    return out


def main():
    facts = pathlib.Path(sys.argv[1])
    codes = country_codes(facts)
    iso = {r['alpha_3']: r for r in json.loads(ISO.read_text())['3166-1']}
    books = dict(factbook(facts))
    countries, names = [], []
    for alpha3 in sorted(list(iso) + ['XKX']):
        row = iso.get(alpha3, {'alpha_2': 'XK', 'name': 'Kosovo'})
        book = books.get(alpha3, {})
        at = POINTS.get(alpha3)
        source = 'recall' if at else 'factbook'
        if not at:
            at = point(book.get('Geography', {}).get('Geographic coordinates', {}).get('text'))
        if not at:
            print('no point:', alpha3, file=sys.stderr)
        name = NAMES.get(alpha3) or row.get('common_name') or row['name']
        formal = row.get('official_name', '')
        wikidata = codes.get(alpha3, {}).get('wikidata_id', '').rsplit('/', 1)[-1]
        geoname = '831053' if alpha3 == 'XKX' else codes.get(alpha3, {}).get('Geoname ID', '')
        countries.append([alpha3, row['alpha_2'], name, formal if formal != name else '', geoname, wikidata, *(at or ('', '')), source, '2026-01'])
        nation = book.get('People and Society', {}).get('Nationality', {})
        if alpha3 in ('GLP', 'SPM', 'MNP', 'JEY', 'ATA', 'BVT', 'HMD'):
            continue
        noun = nouns(nation.get('noun', {}).get('text', ''))
        adjective = adjectives(nation.get('adjective', {}).get('text', ''))
        noun, adjective = ([t for t in texts if t not in NOT_A_DEMONYM.get(alpha3, ())] for texts in (noun, adjective))
        for text in dict.fromkeys(noun):
            names.append([f'cc:{alpha3}', text, 'en', 'demonym', '', 'factbook', '2026-01'])
        for text in dict.fromkeys(adjective):
            names.append([f'cc:{alpha3}', text, 'en', 'adjective', '', 'factbook', '2026-01'])
    write('countries.tsv', 'country', ['Made by tools/make_countries.py from ISO 3166-1, country-codes and the factbook.'],
          ['alpha3', 'alpha2', 'name', 'names', 'geonameid', 'wikidata', 'lat', 'lon', 'src', 'asof'], countries)
    write('demonyms.tsv', 'name', ['Made by tools/make_countries.py from the factbook; corrections and additions in names_countries.tsv.'],
          ['id', 'text', 'lang', 'type', 'prior', 'src', 'asof'], names)
    have = {n[0] for n in names}
    print('without demonym:', [c[0] for c in countries if f'cc:{c[0]}' not in have])


main()
