# casus_room(NAME SOURCES … HEADERS … TESTS … DEPENDS rooms… LINK libraries…)
#
# One target per room, `casus_NAME`, which sees only the rooms named in DEPENDS, and one test program, `NAME_test`,
# made of the TESTS beside the sources. LINK are third-party libraries; they never appear in public headers, so they
# are private here and are linked once more by whatever becomes a program.

add_library(casus_warnings INTERFACE)
target_compile_options(casus_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
                                                -Wunused -Woverloaded-virtual -Wnull-dereference -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives of these inside the standard library at -O2.
  target_compile_options(casus_warnings INTERFACE -Wno-null-dereference -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-dangling-pointer)
endif()

if(CASUS_SANITIZE)
  add_compile_options(-fsanitize=${CASUS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CASUS_SANITIZE})
endif()
if(CASUS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

function(casus_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT CASUS_TESTS OR NOT ARG_SOURCES)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} casus_warnings GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE CASUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CASUS_BINARY_DIR="${PROJECT_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

function(casus_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;TESTS;DEPENDS;LINK" ${ARGN})
  set(target casus_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM ARG_DEPENDS PREPEND casus_ OUTPUT_VARIABLE rooms)
  target_link_libraries(${target} PUBLIC ${rooms} PRIVATE casus_warnings ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY CASUS_ROOMS ${target})
  set_property(GLOBAL APPEND PROPERTY CASUS_LINK ${ARG_LINK})
  foreach(header ${ARG_HEADERS})
    set_property(GLOBAL APPEND PROPERTY CASUS_HEADERS ${CMAKE_CURRENT_SOURCE_DIR}/${header})
  endforeach()
  casus_test(${name}_test SOURCES ${ARG_TESTS} DEPENDS ${target} ${ARG_LINK} LABELS unit)
endfunction()
