# Reads the ELF file PROGRAM: position independent, its tables read-only from the start, no executable stack, guarded
# stacks, checked library calls.
function(read_elf option)
  execute_process(COMMAND readelf --wide ${option} ${PROGRAM}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "readelf ${option} ${PROGRAM}: ${errors}")
  endif()
  set(elf "${output}" PARENT_SCOPE)
endfunction()

function(expect pattern what)
  if(NOT elf MATCHES "${pattern}")
    message(FATAL_ERROR "${PROGRAM} ${what}: no match of '${pattern}' in\n${elf}")
  endif()
endfunction()

read_elf(--file-header)
expect("Type: +DYN" "is not position independent")
read_elf(--program-headers)
expect("GNU_RELRO" "has writable tables")
expect("GNU_STACK[^\n]* RW " "has an executable stack")
read_elf(--dynamic)
expect("BIND_NOW|Flags:[^\n]* NOW" "binds late")
read_elf(--dyn-syms)
expect("__stack_chk_fail" "has stacks without guards")
expect("__(memcpy|memmove|snprintf|read|vsnprintf|memset|strcpy)_chk" "calls the library without checks")
