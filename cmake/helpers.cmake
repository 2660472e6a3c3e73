# SPDX-License-Identifier: MIT
# ct_library(): one folder, one static library, and only the includes that it names.
set(CT_WARNINGS -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
                -Wformat=2 -Wwrite-strings)

function(ct_flags target)
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE CT_VERSION="${PROJECT_VERSION}")
  target_compile_options(${target} PRIVATE ${CT_WARNINGS})
  # char has no sign on ARM; on x86_64 it has, and bytes are compared everywhere
  if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64)
    target_compile_options(${target} PRIVATE -fsigned-char)
  endif()
  if(CT_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(CT_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined
                           -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  endif()
  if(CT_FUZZ) # coverage in all code; the fuzzer itself only in its targets
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

# A folder's headers are for the folder itself and for who names it in DEPENDS.
function(ct_library target)
  cmake_parse_arguments(arg "" "DIR" "DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${arg_DIR}/*.c)
  add_library(${target} STATIC ${sources})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C C_VISIBILITY_PRESET hidden)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/include
                             INTERFACE ${PROJECT_SOURCE_DIR}/${arg_DIR}
                             PRIVATE ${PROJECT_SOURCE_DIR}/${arg_DIR})
  target_link_libraries(${target} PUBLIC ${arg_DEPENDS})
  ct_flags(${target})
endfunction()
