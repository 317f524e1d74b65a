# One place for what every room is compiled with.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(phusong_compiler INTERFACE)
target_include_directories(phusong_compiler INTERFACE ${PROJECT_SOURCE_DIR})
if(MSVC)
  target_compile_options(phusong_compiler INTERFACE /W4 /WX /utf-8 /permissive-)
  target_compile_definitions(phusong_compiler INTERFACE _USE_MATH_DEFINES NOMINMAX)
else()
  target_compile_options(phusong_compiler INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Woverloaded-virtual -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC's flow-based null and bounds warnings misfire inside the standard library once the
    # sanitizers or -O2 have reshaped the code; the sanitizers find the real ones.
    target_compile_options(phusong_compiler INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized
      -Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=restrict)
  endif()
endif()
if(PHUSONG_SANITIZE)
  target_compile_options(phusong_compiler INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(phusong_compiler INTERFACE -fsanitize=address,undefined)
endif()

# phusong_room(NAME SOURCES … LINKS … PRIVATE_LINKS …): a static library, with exactly the links
# that the drawing of the house allows (docs/house in README).
function(phusong_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC phusong_compiler ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
endfunction()
