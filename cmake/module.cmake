# callisto_module(NAME core SOURCES a.cpp ... PUBLIC dep ... PRIVATE dep ...)
# One static library per folder. <folder>/include/callisto/*.h is installed and reached as
# <callisto/value.h>; every other header is private and reached as "core/entity_store.h".
#
# Libraries that are headers only and used in .cpp files only leave nothing to link: they are not part
# of the installed package.
set(callisto_headers_only taocpp::pegtl nlohmann_json::nlohmann_json CLI11::CLI11 date::date)

function(callisto_module)
  cmake_parse_arguments(M "" "NAME" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(callisto_${M_NAME} STATIC ${M_SOURCES})
  add_library(callisto::${M_NAME} ALIAS callisto_${M_NAME})
  target_include_directories(callisto_${M_NAME} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_include_directories(callisto_${M_NAME}
      PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>)
    set_property(GLOBAL APPEND PROPERTY callisto_public_includes ${CMAKE_CURRENT_SOURCE_DIR}/include/)
  endif()
  foreach(dependency IN LISTS M_PRIVATE)
    if(dependency IN_LIST callisto_headers_only)
      list(REMOVE_ITEM M_PRIVATE ${dependency})
      list(APPEND M_PRIVATE $<BUILD_INTERFACE:${dependency}>)
    endif()
  endforeach()
  set_target_properties(callisto_${M_NAME} PROPERTIES EXPORT_NAME ${M_NAME})
  target_link_libraries(callisto_${M_NAME}
    PUBLIC ${M_PUBLIC} PRIVATE ${M_PRIVATE} $<BUILD_INTERFACE:callisto::warnings>)
endfunction()

# callisto_test(NAME core SOURCES a_test.cpp ... LINK dep ...)
# One Catch2 binary; each TEST_CASE becomes one ctest test "core/<title>". A title that selects no
# test case when handed back to Catch2 fails instead of passing by running nothing.
function(callisto_test)
  cmake_parse_arguments(T "" "NAME" "SOURCES;LINK" ${ARGN})
  add_executable(${T_NAME}_tests ${T_SOURCES})
  target_link_libraries(${T_NAME}_tests PRIVATE ${T_LINK} callisto::test_main callisto::warnings)
  catch_discover_tests(${T_NAME}_tests TEST_PREFIX "${T_NAME}/"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    EXTRA_ARGS --warn NoTests
    PROPERTIES TIMEOUT 300 LABELS ${T_NAME})
endfunction()
