# phusong_embed(TARGET FILES …): the files become part of the program, so that it runs from any
# folder and a missing file is a build error. Read them with assets::text("lang/vi/app.json").
function(phusong_embed target)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded.cpp)
  set(inputs)
  foreach(file ${ARG_FILES})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  string(REPLACE ";" "|" names "${ARG_FILES}")
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} -DOUT=${out} "-DNAMES=${names}"
            -P ${PROJECT_SOURCE_DIR}/cmake/EmbedAssets.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/EmbedAssets.cmake
    VERBATIM)
  add_library(${target} STATIC ${out} assets.hpp)
  target_link_libraries(${target} PUBLIC phusong_compiler)
endfunction()
