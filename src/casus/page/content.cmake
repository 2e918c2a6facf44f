# Main content, metadata, plain-text dumps, the page map.
set(page_content_sources
  article.cc block_features.cc block_model.cc blocks.cc class_words.cc draft.cc dump_join.cc dump_lines.cc dump_main.cc
  json_ld.cc main_content.cc metadata.cc metadata_choose.cc metadata_visible.cc page_map.cc page_text.cc read_page.cc
  shingles.cc text_fields.cc text_shape.cc words.cc)
set(page_content_tests content_property_test.cc dump_test.cc json_ld_test.cc main_content_test.cc metadata_test.cc page_map_test.cc
  text_shape_test.cc words_test.cc)

# The word lists become one generated header, so that the program needs no file at run time. An edited list runs CMake again.
set(page_words "// Generated from words/*.tsv by content.cmake; do not edit.\n#pragma once\n#include <string_view>\n")
foreach(pair labels:Labels function_words:FunctionWords abbreviations:Abbreviations trust:Trust bylines:Bylines months:Months hints:Hints
    class_weights:ClassWeights meta_names:MetaNames)
  string(REGEX MATCH "^[a-z_]+" page_words_list ${pair})
  string(REGEX MATCH "[A-Za-z]+$" page_words_name ${pair})
  set(page_words_file ${CMAKE_CURRENT_SOURCE_DIR}/words/${page_words_list}.tsv)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page_words_file})
  file(READ ${page_words_file} page_words_rows)
  string(APPEND page_words "inline constexpr std::string_view k${page_words_name}Table = R\"tsv(${page_words_rows})tsv\";\n")
endforeach()
# The model in several literals, since a compiler need not take one of more than 65,536 bytes.
set(page_words_file ${CMAKE_CURRENT_SOURCE_DIR}/model/block_trees.tsv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page_words_file})
file(READ ${page_words_file} page_words_rows)
string(LENGTH "${page_words_rows}" page_words_left)
set(page_words_at 0)
string(APPEND page_words "inline constexpr std::string_view kBlockTrees[] = {\n")
while(page_words_at LESS page_words_left)
  string(SUBSTRING "${page_words_rows}" ${page_words_at} 60000 page_words_part)
  string(APPEND page_words "R\"tsv(${page_words_part})tsv\",\n")
  math(EXPR page_words_at "${page_words_at} + 60000")
endwhile()
string(APPEND page_words "};\n")
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/page_words.h CONTENT "${page_words}" @ONLY)
include_directories(${CMAKE_CURRENT_BINARY_DIR})
