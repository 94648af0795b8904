// SPDX-License-Identifier: EUPL-1.2
#include "api/access/access_table.h"

#include <algorithm>

namespace api::access {
namespace {

constexpr Reach kNo = Reach::none;
constexpr Reach kAll = Reach::everyone;
constexpr Reach kParty = Reach::own_party;
constexpr Reach kOffice = Reach::own_office;
constexpr Reach kEvery = Reach::everything;

// An administrator keeps the program and its users: of procedures it sees nothing.
constexpr auto kTable = std::to_array<AccessRow>({
    // route                      anonymous  party   office   everywhere administrator
    {"procedure_elenca", {kNo, kParty, kOffice, kEvery, kNo}},
    {"procedure_apri", {kNo, kParty, kOffice, kEvery, kNo}},
    {"procedura_leggi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"figli_elenca", {kNo, kParty, kOffice, kEvery, kNo}},
    {"eventi_elenca", {kNo, kParty, kOffice, kEvery, kNo}},
    {"eventi_invia", {kNo, kParty, kOffice, kEvery, kNo}},
    {"documenti_aggiungi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"documento_scarica", {kNo, kParty, kOffice, kEvery, kNo}},
    {"giornale_leggi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compiti_elenca", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compito_colleghi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compito_prendi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compito_cedi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compito_restituisci", {kNo, kParty, kOffice, kEvery, kNo}},
    {"compito_concludi", {kNo, kParty, kOffice, kEvery, kNo}},
    {"termini_elenca", {kNo, kParty, kOffice, kEvery, kNo}},
    {"definizioni_elenca", {kAll, kAll, kAll, kAll, kAll}},
    {"definizione_leggi", {kAll, kAll, kAll, kAll, kAll}},
    {"definizione_scheda", {kAll, kAll, kAll, kAll, kAll}},
    {"territorio_leggi", {kAll, kAll, kAll, kAll, kAll}},
    {"calcolo_termini_leggi", {kAll, kAll, kAll, kAll, kAll}},
    {"calcolo_termini_calcola", {kAll, kAll, kAll, kAll, kAll}},
    {"stato_leggi", {kAll, kAll, kAll, kAll, kAll}},
    {"openapi_leggi", {kAll, kAll, kAll, kAll, kAll}},
    // Pages. What everybody may see is cut down by the page itself (a published notice).
    {"pagina_file", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_home", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_avviso", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_scarica_pubblico", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_guida", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_accessibilita", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_privacy", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_stato", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_accedi", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_entra", {kAll, kAll, kAll, kAll, kAll}},
    {"pagina_esci", {kNo, kAll, kAll, kAll, kAll}},
    {"pagina_cruscotto", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_procedure", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_compiti", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_scadenze", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_apertura", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_controlla_apertura", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_apri", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_procedura", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_scarica", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_diagramma", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_atto", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_controlla_atto", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_compi_atto", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_documento", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_aggiungi_documento", {kNo, kParty, kOffice, kEvery, kNo}},
    {"pagina_compito", {kNo, kParty, kOffice, kEvery, kNo}},
});

}  // namespace

std::span<const AccessRow> access_table() {
    return kTable;
}

std::optional<Reach> find_reach(std::string_view route, RoleClass role_class,
                                std::span<const AccessRow> also) {
    for (const std::span<const AccessRow> table : {std::span<const AccessRow>(kTable), also}) {
        const auto row = std::find_if(table.begin(), table.end(),
                                      [&](const AccessRow& one) { return one.route == route; });
        if (row != table.end()) {
            return row->reach[static_cast<std::size_t>(role_class)];
        }
    }
    return std::nullopt;
}

}  // namespace api::access
