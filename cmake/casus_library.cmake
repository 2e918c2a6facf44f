# libcasus: the objects of all rooms in one archive, with its headers, a CMake package, a pkg-config file and the data folder.
get_property(rooms GLOBAL PROPERTY CASUS_ROOMS)
get_property(headers GLOBAL PROPERTY CASUS_HEADERS)
get_property(libraries GLOBAL PROPERTY CASUS_LINK)
list(REMOVE_DUPLICATES libraries)

add_library(casus STATIC)
add_library(casus::casus ALIAS casus)
set_target_properties(casus PROPERTIES LINKER_LANGUAGE CXX)
foreach(room ${rooms})
  target_sources(casus PRIVATE $<TARGET_OBJECTS:${room}>)
endforeach()
target_sources(casus PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${headers} ${PROJECT_SOURCE_DIR}/src/casus/casus.h)
target_link_libraries(casus PRIVATE ${libraries} Threads::Threads)
target_compile_features(casus PUBLIC cxx_std_20)
set_target_properties(casus PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

install(TARGETS casus EXPORT casus_targets ARCHIVE FILE_SET HEADERS)
install(EXPORT casus_targets NAMESPACE casus:: FILE casus_targets.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/casus)
include(CMakePackageConfigHelpers)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/casusConfig.cmake.in ${PROJECT_BINARY_DIR}/casusConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/casus)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/casusConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/casusConfig.cmake ${PROJECT_BINARY_DIR}/casusConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/casus)
# Paths relative to the file itself, so that an installed tree can be moved.
file(RELATIVE_PATH CASUS_PC_TO_INCLUDE ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(${PROJECT_SOURCE_DIR}/cmake/casus.pc.in ${PROJECT_BINARY_DIR}/casus.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/casus.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/models ${PROJECT_SOURCE_DIR}/ontology DESTINATION ${CMAKE_INSTALL_DATADIR}/casus)
install(FILES ${PROJECT_BINARY_DIR}/data/knowledge.casus DESTINATION ${CMAKE_INSTALL_DATADIR}/casus OPTIONAL)
