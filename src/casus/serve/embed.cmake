# cmake -DOUTPUT=… -DFILES="name=path;…" -P embed.cmake: writes a C++ source that holds the files' bytes, so that the program
# needs nothing beside it.
set(arrays "")
set(table "")
set(number 0)
foreach(entry IN LISTS FILES)
  string(REGEX MATCH "^([^=]+)=(.+)$" matched "${entry}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" hex HEX)
  string(REGEX REPLACE "(................................................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "const char kFile${number}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", {kFile${number}, sizeof(kFile${number}) - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}.new" "// Written by embed.cmake.
#include \"assets.h\"
namespace casus::detail {
namespace {
${arrays}const EmbeddedFile kFiles[] = {
${table}};
}  // namespace
std::span<const EmbeddedFile> embedded_files() { return kFiles; }
}  // namespace casus::detail
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
