// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_roles.h"

#include <algorithm>
#include <array>

namespace api::demo {
namespace {

// Codes and names are those of demo.copione: a test compares them.
constexpr std::array kRoles{
    DemoRole{"ats", "Responsabile del procedimento, ATS della Brianza",
             "Responsabile di esempio (Brianza)", "rdp", "324", "", "rdp:r324", "/cruscotto",
             "Sette istanze a punti diversi: apri quella che aspetta un'integrazione e "
             "guarda come è stato contato il termine."},
    DemoRole{"direzione", "Direzione Sociosanitaria, ATS di Pavia", "Direttrice di esempio (Pavia)",
             "direzione_sociosanitaria", "328", "", "direzione_sociosanitaria:d328", "/compiti",
             "Un avviso aspetta la tua approvazione: aprilo dai compiti e leggi che cosa succede "
             "prima di confermare."},
    DemoRole{"ets", "Ente che deve integrare l'istanza (Brianza)",
             "Rappresentante di esempio dell'ente", "ets", "", "99000020224", "ets:e324",
             "/procedure",
             "L'ufficio ha chiesto un documento che manca: vedi entro quando, e rispondi."},
    DemoRole{"dg", "DG Welfare, Regione Lombardia", "Funzionario di esempio (Regione)",
             "dg_welfare", "regione", "", "dg_welfare:gino", "/cruscotto",
             "Le otto ATS su una pagina: in che fase è ognuna e chi deve agire. Una è in ritardo: "
             "apri la "
             "sua casella e guarda perché."},
    DemoRole{"admin", "Amministratore del programma", "Amministratrice di esempio",
             "amministratore", "", "", "", "/stato",
             "Tiene il programma e gli utenti: vede come sta il servizio, e di nessun procedimento "
             "il contenuto."},
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
