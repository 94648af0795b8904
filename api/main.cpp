// SPDX-License-Identifier: EUPL-1.2
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "api/cli/command_line.h"

int main(int argument_count, char** arguments) {
    try {
        return api::cli::run_command_line(
            std::vector<std::string>(arguments + 1, arguments + argument_count), std::cout,
            std::cerr);
    } catch (const std::exception& error) {
        std::cerr << "coprog: errore interno: " << error.what() << " [internal]\n";
        return api::cli::kExitFailure;
    }
}
