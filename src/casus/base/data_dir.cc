// SPDX-License-Identifier: Apache-2.0
#include <casus/base/data_dir.h>

#include <cstdlib>
#include <system_error>

#ifndef CASUS_INSTALLED_DATA
#define CASUS_INSTALLED_DATA "/usr/local/share/casus"
#endif

namespace casus {

std::filesystem::path default_data() {
  if (const char* named = std::getenv("CASUS_DATA"); named != nullptr && *named != '\0') return named;
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const std::filesystem::path& folder : {program / "data", program.parent_path() / "share" / "casus"}) {
    if (std::filesystem::is_directory(folder, ignored)) return folder;
  }
  return CASUS_INSTALLED_DATA;
}

}  // namespace casus
