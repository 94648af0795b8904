# SPDX-License-Identifier: EUPL-1.2
# Makes style, icons, fonts and script of the pages with npm (web/build.js) and fills
# COPROG_WEB_ASSETS with the files made, for embed_files: they are carried in the binary.
find_program(NPM_PROGRAM npm REQUIRED)
find_program(NODE_PROGRAM node REQUIRED)

set(web ${CMAKE_SOURCE_DIR}/web)
set(made ${CMAKE_BINARY_DIR}/web)
# The packages are shared by every build folder of the clone.
set(installed ${web}/node_modules/.package-lock.json)
set(COPROG_WEB_ASSETS "")
foreach(name IN ITEMS coprog.css icone.svg htmx.js licenze.txt)
    list(APPEND COPROG_WEB_ASSETS ${made}/${name} ${made}/${name}.gz ${made}/${name}.br)
endforeach()
foreach(weight IN ITEMS 400 600 700)
    list(APPEND COPROG_WEB_ASSETS ${made}/titillium-${weight}.woff2)
endforeach()

add_custom_command(OUTPUT ${installed}
    COMMAND ${NPM_PROGRAM} ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
        --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${web}/package-lock.json
    WORKING_DIRECTORY ${web}
    COMMENT "npm: packages of the pages")
list(TRANSFORM COPROG_PAGE_TEMPLATES PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE templates)
add_custom_command(OUTPUT ${COPROG_WEB_ASSETS}
    COMMAND ${NODE_PROGRAM} build.js ${made}
    DEPENDS ${installed} ${web}/build.js ${web}/css/coprog.css ${templates}
    WORKING_DIRECTORY ${web}
    COMMENT "web: style, icons, fonts")
