# Warnings are errors, in both compilers (CONVENTIONS, machine checks).
function(vigie_warnings target)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:
    -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wcast-qual -Wnull-dereference -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Wundef
    -Wzero-as-null-pointer-constant>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wduplicated-cond -Wlogical-op -Wuseless-cast>)
    if(VIGIE_SANITIZE)
      # g++ 12 sees null dereferences that the sanitizers' own instrumentation makes.
      target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-null-dereference -Wno-maybe-uninitialized>)
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
