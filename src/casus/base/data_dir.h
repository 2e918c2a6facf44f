// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the models, the ontology and the compiled knowledge file are. The folder holds models/, ontology/ and
// knowledge.casus.
#include <filesystem>

namespace casus {

// The first that exists of: $CASUS_DATA; `data` beside the program (a build tree); `../share/casus` from the program
// (an installed tree); the folder of the installed library. Returns the last one even if it does not exist, so that the
// error names it.
std::filesystem::path default_data();

}  // namespace casus
