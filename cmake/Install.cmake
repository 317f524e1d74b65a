# Where a packager finds things: cmake --install build/release --prefix /usr
include(GNUInstallDirs)
# Where app/solver_program.cpp looks, seen from bin.
install(TARGETS phusong-solver DESTINATION libexec/phusong)
install(FILES assets/phusong.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES assets/phusong.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES assets/phusong.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
