// SPDX-License-Identifier: EUPL-1.2
#include "api/http/problem_kinds.h"

#include <algorithm>
#include <array>

#include "engine/base/ensure.h"

namespace api::http {
namespace {

constexpr auto kKinds = std::to_array<ProblemKind>({
    {"malformed", 400, "Richiesta non leggibile"},
    {"invalid_query", 400, "Parametri da correggere"},
    {"unauthenticated", 401, "Serve l'accesso"},
    {"forbidden", 403, "Non consentito"},
    {"not_found", 404, "Non trovato"},
    {"method_not_allowed", 405, "Metodo non ammesso"},
    {"request_timeout", 408, "Richiesta troppo lenta"},
    {"event_not_available", 409, "L'atto ora non è possibile"},
    {"guard_failed", 409, "Manca una condizione dell'atto"},
    {"task_needs_act", 409, "Il compito si conclude con un atto"},
    {"version_conflict", 412, "Nel frattempo è cambiato"},
    {"payload_too_large", 413, "Troppo grande"},
    {"target_too_long", 414, "Indirizzo troppo lungo"},
    {"unsupported_type", 415, "Formato non ammesso"},
    {"expectation_failed", 417, "Attesa non ammessa"},
    {"invalid_input", 422, "Dati da correggere"},
    {"version_required", 428, "Serve la versione"},
    {"too_many_requests", 429, "Troppe richieste"},
    {"head_too_large", 431, "Intestazioni troppo grandi"},
    {"internal", 500, "Errore interno"},
    {"storage_corrupt", 500, "Archivio danneggiato"},
    {"method_not_implemented", 501, "Metodo sconosciuto"},
    {"coding_not_implemented", 501, "Codifica di trasferimento sconosciuta"},
    {"busy", 503, "Servizio occupato"},
    {"answer_late", 503, "Risposta in ritardo"},
    // Of GET /status.
    {"in_chiusura", 503, "Servizio in chiusura"},
    {"disco_non_scrive", 503, "Il disco non scrive"},
    {"archivio_danneggiato", 503, "Archivio danneggiato"},
    {"coda_piena", 503, "Coda piena"},
    {"disco_quasi_pieno", 503, "Disco quasi pieno"},
    {"version_not_supported", 505, "Versione di HTTP non ammessa"},
    {"storage_full", 507, "Spazio esaurito"},
});

}  // namespace

std::span<const ProblemKind> problem_kinds() {
    return kKinds;
}

const ProblemKind& problem_kind(std::string_view code) {
    const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                     [&](const auto& kind) { return kind.code == code; });
    engine::base::ensure(found != kKinds.end(), "every refusal has a line in the table");
    return *found;
}

}  // namespace api::http
