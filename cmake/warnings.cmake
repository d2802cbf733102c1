# callisto::warnings: what every target of ours is compiled with. Not a user's build: nothing of
# this is exported.
add_library(callisto_warnings INTERFACE)
add_library(callisto::warnings ALIAS callisto_warnings)
target_compile_options(callisto_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-qual
  -Wformat=2 -Wimplicit-fallthrough -Wundef
  -Werror=return-type -Werror=switch -Werror=unused-result
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast>
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wshadow-all -Wno-shadow-field-in-constructor>
  $<$<BOOL:${CALLISTO_WERROR}>:-Werror>)
if(CALLISTO_SANITIZE)
  add_compile_options(-fsanitize=${CALLISTO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CALLISTO_SANITIZE})
endif()
