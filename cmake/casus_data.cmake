# The data folder of a build tree: build/<preset>/data/{models,ontology,knowledge.casus}. Models and ontology are links to the
# sources, so that an edited frame is read at the next start; the knowledge file is compiled by its room.
set(CASUS_DATA_DIR ${PROJECT_BINARY_DIR}/data)
file(MAKE_DIRECTORY ${CASUS_DATA_DIR})
foreach(part models ontology)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${part} ${CASUS_DATA_DIR}/${part} SYMBOLIC)
endforeach()
