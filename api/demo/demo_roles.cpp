// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_roles.h"

#include <algorithm>
#include <array>

namespace api::demo {
namespace {

// Codes and names are those of demo.copione: a test compares them.
constexpr std::array kRoles{
    DemoRole{"ats", "Responsabile del procedimento, ATS della Brianza",
             "Responsabile di esempio (Brianza)", "rdp", "324", "", "rdp:r324"},
    DemoRole{"direzione", "Direzione Sociosanitaria, ATS di Pavia", "Direttrice di esempio (Pavia)",
             "direzione_sociosanitaria", "328", "", "direzione_sociosanitaria:d328"},
    DemoRole{"ets", "Ente che deve integrare l'istanza (Brianza)",
             "Rappresentante di esempio dell'ente", "ets", "", "99000020224", "ets:e324"},
    DemoRole{"dg", "DG Welfare, Regione Lombardia", "Funzionario di esempio (Regione)",
             "dg_welfare", "regione", "", "dg_welfare:gino"},
    DemoRole{"admin", "Amministratore del programma", "Amministratrice di esempio",
             "amministratore", "", "", ""},
};

}  // namespace

std::span<const DemoRole> demo_roles() {
    return kRoles;
}

const DemoRole* find_demo_role(std::string_view name) {
    const auto found = std::find_if(kRoles.begin(), kRoles.end(),
                                    [&](const DemoRole& role) { return role.name == name; });
    return found == kRoles.end() ? nullptr : &*found;
}

}  // namespace api::demo
