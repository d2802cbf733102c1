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
# g++ 12 follows values through inlined library code and sees bugs there that are none (its -Wrestrict
# on std::string's operator+ and its -Wmaybe-uninitialized on variants are always wrong). These stay
# warnings, or go.
target_compile_options(callisto_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict
    -Wno-maybe-uninitialized -Wno-error=array-bounds -Wno-error=free-nonheap-object
    -Wno-error=stringop-overflow -Wno-error=stringop-overread>)
if(CALLISTO_SANITIZE)
  add_compile_options(-fsanitize=${CALLISTO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CALLISTO_SANITIZE})
endif()
