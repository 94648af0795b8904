// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string_view>

namespace api::demo {

/// Somebody the visitor of the demonstration can become with one click.
struct DemoRole {
    std::string_view name;           ///< in the address: `/demo/entra/NAME`
    std::string_view title_it;       ///< on the button
    std::string_view person_it;      ///< the display name; plainly invented
    std::string_view role;           ///< of the definitions, or the administrator's
    std::string_view office;         ///< empty for a body
    std::string_view party;          ///< tax code of the body; empty for an office
    std::string_view script_person;  ///< as demo.copione names the same person; empty: not in it
    std::string_view first_page;     ///< where the click leads
    std::string_view try_it;         ///< what is worth a look there
};

/// In the order of the buttons: the officer, the director, the association, the Region, and who
/// runs the program.
std::span<const DemoRole> demo_roles();

/// Null when there is no such role.
const DemoRole* find_demo_role(std::string_view name);

}  // namespace api::demo
