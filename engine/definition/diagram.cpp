// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/diagram.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/random.h"

extern char** environ;

namespace engine::definition {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

/// A folder of its own that goes away with it.
class ScratchFolder {
  public:
    ScratchFolder() {
        base::SystemRandom random;
        path_ = std::filesystem::temp_directory_path() / ("coprog-" + base::random_hex(random));
        std::filesystem::create_directory(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string file(const char* name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// Runs `dot` without a shell: nothing in a definition can become a command.
bool run_dot(const std::string& input, const std::string& output) {
    std::string program = "dot";
    std::string format = "-Tsvg";
    std::string out_option = "-o" + output;
    std::string in_file = input;
    char* arguments[] = {program.data(), format.data(), out_option.data(), in_file.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const int spawned =
        posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    return spawned == 0 && waitpid(process, &status, 0) == process && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

std::string escape_xml(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        escaped += letter == '&'   ? "&amp;"
                   : letter == '<' ? "&lt;"
                   : letter == '"' ? "&quot;"
                                   : std::string(1, letter);
    }
    return escaped;
}

/// Gives the drawing a name for those who do not see it, and drops the release of `dot`.
std::string make_accessible(std::string svg, const std::string& title) {
    const std::size_t start = svg.find("<svg ");
    svg.erase(0, start == std::string::npos ? 0 : start);
    const std::string attributes =
        "role=\"img\" aria-label=\"Diagramma: " + escape_xml(title) + "\" ";
    svg.insert(5, attributes);
    for (std::size_t comment = svg.find("<!--"); comment != std::string::npos;
         comment = svg.find("<!--")) {
        const std::size_t end = svg.find("-->", comment);
        svg.erase(comment, svg.find('\n', end) + 1 - comment);
    }
    return "<!-- SPDX-License-Identifier: EUPL-1.2 -->\n" + svg;
}

}  // namespace

Result<std::string> draw_diagram(const std::string& source, const std::string& title) {
    const ScratchFolder scratch;
    const std::string input = scratch.file("diagramma.dot");
    const std::string output = scratch.file("diagramma.svg");
    std::ofstream(input, std::ios::binary) << source;
    if (!run_dot(input, output)) {
        return fail(ErrorCode::internal,
                    "Il diagramma non si può disegnare: serve il programma «dot» del pacchetto "
                    "graphviz.");
    }
    std::ostringstream svg;
    svg << std::ifstream(output, std::ios::binary).rdbuf();
    return make_accessible(svg.str(), title);
}

}  // namespace engine::definition
