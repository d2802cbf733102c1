# `cmake --install`: the command, the public headers, the static libraries, and a CMake package so that
#   find_package(callisto REQUIRED)
#   target_link_libraries(app PRIVATE callisto::callisto)
# works in another project. callisto::callisto is the api module; the others come with it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/callisto)
set(modules callisto_core callisto_query callisto_persist callisto_api)
set_target_properties(callisto_api PROPERTIES EXPORT_NAME callisto)
if(NOT TARGET callisto::callisto)
  add_library(callisto::callisto ALIAS callisto_api)  # The same name inside this build.
endif()

install(TARGETS ${modules} EXPORT callistoTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
get_property(include_dirs GLOBAL PROPERTY callisto_public_includes)
install(DIRECTORY ${include_dirs} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(EXPORT callistoTargets NAMESPACE callisto:: DESTINATION ${package_dir})

# What the package has to find for its user is what the modules link: read from them, so that a new
# library cannot be forgotten.
set(dependencies "")
foreach(module IN LISTS modules)
  get_target_property(libraries ${module} INTERFACE_LINK_LIBRARIES)
  foreach(library IN LISTS libraries)
    string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" library "${library}")
    if(library MATCHES "^PkgConfig::(.+)$")
      set(prefix ${CMAKE_MATCH_1})
      list(APPEND dependencies "find_dependency(PkgConfig)"
        "pkg_check_modules(${prefix} REQUIRED QUIET IMPORTED_TARGET ${${prefix}_MODULE_NAME})")
    elseif(library MATCHES "^Boost::")
      list(APPEND dependencies "find_dependency(Boost 1.81)")
    elseif(library MATCHES "^tl::expected")
      list(APPEND dependencies "find_dependency(tl-expected)")
    elseif(library MATCHES "^(fmt|RocksDB|simdjson|roaring|Threads)::")
      list(APPEND dependencies "find_dependency(${CMAKE_MATCH_1})")
    elseif(library MATCHES "::" AND NOT library MATCHES "^(callisto::|\\$<BUILD_INTERFACE:)")
      message(FATAL_ERROR "cmake/install.cmake does not know which package ${library} comes from")
    endif()
  endforeach()
endforeach()
list(REMOVE_DUPLICATES dependencies)
list(JOIN dependencies "\n" callisto_dependencies)

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/callistoConfig.cmake.in
  ${CMAKE_BINARY_DIR}/callistoConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/callistoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_BINARY_DIR}/callistoConfig.cmake
  ${CMAKE_BINARY_DIR}/callistoConfigVersion.cmake
  DESTINATION ${package_dir})

if(TARGET callisto)
  install(TARGETS callisto RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
