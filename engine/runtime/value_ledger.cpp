// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/value_ledger.h"

#include <fmt/format.h>

namespace engine::runtime {

void ValueLedger::take(const machine::JournalEntry& entry) {
    for (const machine::Effect& effect : entry.effects) {
        if (const auto* set = std::get_if<machine::ValueSet>(&effect)) {
            // Set twice in one act: the table keeps the last.
            instances_[entry.instance][{set->field, entry.position}] = {set->hash, false};
        } else if (const auto* erased = std::get_if<machine::ValueErased>(&effect)) {
            for (auto& [key, version] : instances_[entry.instance]) {
                version.is_erased = version.is_erased || key.first == erased->field;
            }
        }
    }
}

std::string ValueLedger::find_difference(const base::InstanceId& instance,
                                         const std::vector<store::ValueRow>& rows) const {
    static const Versions kNone;
    const auto found = instances_.find(instance);
    Versions missing = found == instances_.end() ? kNone : found->second;
    for (const store::ValueRow& row : rows) {
        const std::string name =
            fmt::format("field_value, {}, {}, {}", instance.text, row.field, row.position);
        const auto version = missing.find({row.field, row.position});
        if (version == missing.end()) {
            return fmt::format(
                "Nell'archivio c'è un dato che nessun atto del registro ha scritto "
                "({}).",
                name);
        }
        if (version->second.is_erased && row.value) {
            return fmt::format(
                "Un dato cancellato con un atto è di nuovo nell'archivio: qualcuno "
                "l'ha rimesso fuori dal programma ({}).",
                name);
        }
        if (!version->second.is_erased && !row.value) {
            return fmt::format(
                "Un dato è sparito dall'archivio senza un atto che ne disponga la "
                "cancellazione ({}).",
                name);
        }
        if (version->second.hash != row.hash && !row.value) {
            return fmt::format(
                "Di un dato cancellato con un atto l'archivio ha un'impronta che non è quella del "
                "registro: era stato cambiato, o lo è stata, fuori dal programma ({}).",
                name);
        }
        if (version->second.hash != row.hash) {
            return fmt::format(
                "Un dato conservato non è quello che il registro degli atti ha riconosciuto: "
                "qualcuno lo ha cambiato ({}).",
                name);
        }
        missing.erase(version);
    }
    if (missing.empty()) {
        return "";
    }
    const auto& [field, position] = missing.begin()->first;
    return fmt::format(
        "Dall'archivio manca un dato che un atto ha scritto (field_value, {}, {}, "
        "{}).",
        instance.text, field, position);
}

}  // namespace engine::runtime
