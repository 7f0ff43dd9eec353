# Warnings are errors, in both compilers (CONVENTIONS, machine checks).
function(vigie_warnings target)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:
    -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wcast-qual -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Wundef>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wduplicated-cond -Wlogical-op -Wuseless-cast>)
    # g++ 12 sees null dereferences in what the optimiser inlines of libraries, and in what the sanitizers add.
    if(VIGIE_SANITIZE)
      target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
    elseif(CMAKE_BUILD_TYPE STREQUAL "Debug")
      target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wnull-dereference>)
    endif()
  endif()
endfunction()

if(VIGIE_SANITIZE)
  add_compile_options(-fsanitize=${VIGIE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VIGIE_SANITIZE})
endif()
find_program(VIGIE_CCACHE ccache)
if(VIGIE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VIGIE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${VIGIE_CCACHE})
endif()
add_link_options(-fuse-ld=lld)
