# SPDX-License-Identifier: MIT
# What is installed beside the program, and the packages that CPack makes of it.
include(GNUInstallDirs)
find_program(GZIP gzip REQUIRED)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
file(GLOB documents docs/*.md docs/*.json)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DOCDIR})
set(changelog ${PROJECT_BINARY_DIR}/changelog.gz)
add_custom_command(OUTPUT ${changelog}
  COMMAND ${GZIP} -9nc ${PROJECT_SOURCE_DIR}/packaging/changelog > ${changelog}
  DEPENDS packaging/changelog)
add_custom_target(changelog ALL DEPENDS ${changelog})
install(FILES ${changelog} DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The cttrace authors")
set(CPACK_PACKAGE_CONTACT "The cttrace authors <cttrace@example.org>")
set(CPACK_PACKAGE_DESCRIPTION "cttrace runs a container engine, a runtime or any other command, traces it and
all that it starts, and shows what happened: who made or joined which
namespaces, mounts, cgroups, capabilities and seccomp filters, and which
failed call broke the start.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # dependencies are what the program is linked with
include(CPack)
