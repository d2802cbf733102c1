# What is shipped is compiled so that a mistake ends the process instead of handing it over: guarded stacks, checked
# library calls, nothing writable that need not be, and no fixed addresses. Not a user's build: nothing of this is
# exported. Debug builds have their sanitizers.
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
if(NOT CALLISTO_SANITIZE)
  target_compile_options(callisto_warnings INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
  target_link_options(callisto_warnings INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack>)
endif()
