# SPDX-License-Identifier: MIT
# Every library with its package name, so that a missing one is named with the remedy.
find_package(PkgConfig)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config is missing: apt-get install pkg-config (Fedora: dnf install pkgconf)")
endif()
find_package(Threads REQUIRED)

function(ct_require module debian fedora)
  pkg_check_modules(${module} QUIET IMPORTED_TARGET ${module})
  if(NOT ${module}_FOUND)
    message(FATAL_ERROR "${module} is missing: apt-get install ${debian} (Fedora: dnf install ${fedora})")
  endif()
endfunction()

ct_require(jansson    libjansson-dev  jansson-devel)
ct_require(libelf     libelf-dev      elfutils-libelf-devel)
ct_require(libunwind-generic libunwind-dev libunwind-devel)
ct_require(libseccomp libseccomp-dev  libseccomp-devel)
ct_require(liblzma    liblzma-dev     xz-devel)

add_library(jansson::jansson ALIAS PkgConfig::jansson)
add_library(libelf::libelf ALIAS PkgConfig::libelf)
add_library(libunwind::libunwind ALIAS PkgConfig::libunwind-generic)
add_library(libseccomp::libseccomp ALIAS PkgConfig::libseccomp)
add_library(liblzma::liblzma ALIAS PkgConfig::liblzma)
