# cmake -DROOT=... -DFILE=... -P build_commit.cmake: writes the commit of ROOT into FILE, if it is
# another one than FILE has.
execute_process(COMMAND git -C ${ROOT} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit unknown)
else()
  execute_process(COMMAND git -C ${ROOT} diff --quiet HEAD RESULT_VARIABLE changed ERROR_QUIET)
  if(changed)
    string(APPEND commit -changed)
  endif()
endif()
file(CONFIGURE OUTPUT ${FILE} CONTENT "#define CALLISTO_BENCH_COMMIT \"${commit}\"\n")
