# See CMakeLists.txt beside this file for the variables.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    string(REPLACE ";" " " command "${ARGN}")
    message(FATAL_ERROR "exit ${result}: ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
set(prefix ${SCRATCH}/prefix)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})

# Every installed header compiles on its own, with nothing of this tree in reach.
file(GLOB headers ${prefix}/include/callisto/*.h)
if(NOT headers)
  message(FATAL_ERROR "no header in ${prefix}/include/callisto")
endif()
foreach(header IN LISTS headers)
  run(${CXX} -std=c++20 -fsyntax-only -I ${prefix}/include -x c++ -include ${header} /dev/null)
endforeach()

# A copy outside the tree: the sample must not reach back into it.
file(COPY ${SAMPLE}/ DESTINATION ${SCRATCH}/sample PATTERN build EXCLUDE)
run(${CMAKE_COMMAND} -S ${SCRATCH}/sample -B ${SCRATCH}/build
  -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_BUILD_TYPE=Release
  --no-warn-unused-cli)
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)

# The sample is the one executable that the build leaves at its top, whatever its name.
file(GLOB candidates LIST_DIRECTORIES false ${SCRATCH}/build/*)
set(programs "")
foreach(file IN LISTS candidates)
  execute_process(COMMAND test -x ${file} RESULT_VARIABLE not_executable)
  if(not_executable EQUAL 0)
    list(APPEND programs ${file})
  endif()
endforeach()
list(LENGTH programs count)
if(NOT count EQUAL 1)
  message(FATAL_ERROR "expected one program in ${SCRATCH}/build, found: ${programs}")
endif()
file(MAKE_DIRECTORY ${SCRATCH}/run)
execute_process(COMMAND ${programs} WORKING_DIRECTORY ${SCRATCH}/run
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
message("${output}")
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the sample ended with ${result}: ${errors}")
endif()
if(EXISTS ${SAMPLE}/expected.txt)
  file(READ ${SAMPLE}/expected.txt expected)
  if(NOT output STREQUAL expected)
    message(FATAL_ERROR "the sample printed something else than expected.txt:\n${expected}")
  endif()
elseif(output STREQUAL "")
  message(FATAL_ERROR "the sample printed nothing")
endif()

# The command is installed too, and is the one of this version.
if(NOT EXISTS ${prefix}/bin/callisto)
  message(FATAL_ERROR "no ${prefix}/bin/callisto")
endif()
run(${prefix}/bin/callisto --version)
if(NOT output MATCHES "${VERSION}")
  message(FATAL_ERROR "callisto --version does not say ${VERSION}: ${output}")
endif()
