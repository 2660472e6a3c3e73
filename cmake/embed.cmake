# SPDX-License-Identifier: MIT
# cmake -P embed.cmake OUTPUT NAME FILE [NAME FILE]…: files as C strings, with their SHA-256
# (in hexadecimal), which a Content-Security-Policy names.
set(text "/* made by cmake/embed.cmake */\n#include \"html_parts.h\"\n\n")
set(output ${CMAKE_ARGV3})
set(i 4)
while(i LESS CMAKE_ARGC)
  set(name ${CMAKE_ARGV${i}})
  math(EXPR i "${i} + 1")
  set(file ${CMAKE_ARGV${i}})
  math(EXPR i "${i} + 1")
  file(READ ${file} bytes HEX)
  file(SHA256 ${file} digest)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND text "const struct ct_html_part ct_html_${name} = {\n"
         "\t.text = (const char[]){ ${bytes} 0 },\n\t.sha256 = \"${digest}\",\n};\n")
endwhile()
file(WRITE ${output} "${text}")
