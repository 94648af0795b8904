// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/erase.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/ensure.h"

namespace engine::runtime {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using machine::Command;
using machine::InstanceRecord;

std::vector<InstanceRecord> load_records(store::Store& store, const base::InstanceId& root) {
    return store::read_from(store, [&](store::ReadUnit& unit) { return unit.load_records(root); });
}

/// Messages of an instance whose text was erased, and says what no other message says.
std::vector<std::string> find_erased_texts(store::Store& store, const base::InstanceId& id) {
    return store::read_from(store, [&](store::ReadUnit& unit) {
        std::vector<std::string> texts;
        const auto snapshot = unit.find_snapshot(id);
        for (const auto& [key, message] : snapshot->record.messages) {
            if (message.is_erased && !unit.is_content_named(message.content_sha256)) {
                texts.push_back(message.content_sha256);
            }
        }
        return texts;
    });
}

Result<std::vector<InstanceRecord>> find_targets(store::Store& store,
                                                 const ErasureRequest& request) {
    auto snapshot = store::read_from(
        store, [&](store::ReadUnit& unit) { return unit.find_snapshot(request.instance); });
    if (!snapshot) {
        return fail(ErrorCode::not_found, "Il procedimento non esiste.");
    }
    if (request.party.empty()) {
        return std::vector<InstanceRecord>{std::move(snapshot->record)};
    }
    auto records = load_records(store, snapshot->record.instance.root);
    std::erase_if(records, [&](const InstanceRecord& record) {
        return record.instance.party != request.party;
    });
    if (records.empty()) {
        return fail(
            ErrorCode::not_found,
            fmt::format("In questo fascicolo non c'è nulla dell'ente «{}».", request.party));
    }
    return records;
}

/// The fields of the request that this machine has, or had when they were given.
std::vector<std::string> known_fields(const definition::Catalog& catalog,
                                      const InstanceRecord& record, const ErasureRequest& request) {
    const auto definition = catalog.find_by_hash(record.instance.definition_sha256);
    base::ensure(definition != nullptr, "start-up takes over every stored definition");
    std::vector<std::string> known;
    for (const std::string& field : request.fields) {
        if (definition->fields.contains(field) || record.values.contains(field)) {
            known.push_back(field);
        }
    }
    return known;
}

Result<void> check_request(const ErasureParts& parts, const std::vector<InstanceRecord>& targets,
                           const ErasureRequest& request) {
    if (request.fields.empty() && !request.is_all_personal && !request.with_messages) {
        return fail(ErrorCode::invalid_input,
                    "Va detto che cosa cancellare: uno o più dati, tutti i dati personali, o i "
                    "testi dei messaggi.");
    }
    for (const std::string& field : request.fields) {
        const bool is_known =
            std::any_of(targets.begin(), targets.end(), [&](const InstanceRecord& record) {
                const auto known = known_fields(parts.catalog, record, request);
                return std::find(known.begin(), known.end(), field) != known.end();
            });
        if (!is_known) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("Qui non c'è un dato «{}»: va scritto con il nome del campo, "
                                    "come nella scheda.",
                                    field));
        }
    }
    return {};
}

Command command_for(const ErasureParts& parts, const InstanceRecord& record,
                    const ErasureRequest& request) {
    Command command;
    command.instance = record.instance.id;
    command.event = machine::kEventErase;
    command.actor = request.actor;
    command.received_at = parts.clock.now();
    command.payload = {
        {"campi", base::render_texts(known_fields(parts.catalog, record, request))},
        {"personali", base::render_flag(request.is_all_personal)},
        {"messaggi", base::render_flag(request.with_messages)},
        {"atto", base::render_text(request.act)},
        {"motivo", base::render_text(request.reason)},
    };
    return command;
}

/// Texts of erased messages that are still there, also from a call that was cut short, unless a
/// message that was not erased says the very same.
Result<std::size_t> remove_texts(const ErasureParts& parts,
                                 const std::vector<InstanceRecord>& targets) {
    std::size_t removed = 0;
    for (const InstanceRecord& target : targets) {
        for (const auto& sha256 : find_erased_texts(parts.store, target.instance.id)) {
            auto is_removed = parts.contents.remove(sha256);
            if (!is_removed) {
                return fail(is_removed.error());
            }
            removed += *is_removed ? 1U : 0U;
        }
    }
    return removed;
}

/// A version of a value: field and position in the chain.
using VersionKey = std::pair<std::string, std::int64_t>;
using Texts = std::map<VersionKey, std::string>;

/// The texts of every version that is still there.
Texts read_texts(store::Store& store, const base::InstanceId& id) {
    Texts texts;
    auto rows =
        store::read_from(store, [&](store::ReadUnit& unit) { return unit.load_value_rows(id); });
    for (auto& row : rows) {
        if (row.value) {
            texts.emplace(VersionKey{std::move(row.field), row.position}, std::move(*row.value));
        }
    }
    return texts;
}

std::map<base::InstanceId, Texts> read_all_texts(store::Store& store,
                                                 const std::vector<InstanceRecord>& targets) {
    std::map<base::InstanceId, Texts> texts;
    for (const InstanceRecord& target : targets) {
        texts.emplace(target.instance.id, read_texts(store, target.instance.id));
    }
    return texts;
}

/// What the values said that have just gone.
Phrases find_gone(const ErasureParts& parts, const std::vector<InstanceRecord>& targets,
                  const std::map<base::InstanceId, Texts>& before) {
    Phrases gone;
    for (const InstanceRecord& target : targets) {
        const auto definition = parts.catalog.find_by_hash(target.instance.definition_sha256);
        const Texts now = read_texts(parts.store, target.instance.id);
        for (const auto& [key, text] : before.at(target.instance.id)) {
            const auto* field = definition->fields.find(key.first);
            if (!now.contains(key)) {
                add_phrases(text, field != nullptr && field->is_personal, gone);
            }
        }
    }
    return gone;
}

}  // namespace

Result<ErasureReport> erase(const ErasureParts& parts, const ErasureRequest& request) {
    const auto targets = find_targets(parts.store, request);
    if (!targets) {
        return fail(targets.error());
    }
    if (auto valid = check_request(parts, *targets, request); !valid) {
        return fail(valid.error());
    }
    std::vector<Command> commands;
    for (const InstanceRecord& target : *targets) {
        commands.push_back(command_for(parts, target, request));
    }
    const auto before = read_all_texts(parts.store, *targets);
    const auto answers = parts.execute(commands);
    ErasureReport report;
    for (std::size_t index = 0; index < answers.size(); ++index) {
        const auto& id = commands[index].instance;
        if (answers[index]) {
            report.erased.push_back({id, answers[index]->title});
        } else {
            report.refused.emplace_back(id, answers[index].error());
        }
    }
    const auto& root = targets->front().instance.root;
    const Phrases gone = find_gone(parts, *targets, before);
    parts.store.read([&](store::ReadUnit& unit) {
        report.copies = find_values(unit, parts.catalog, root, gone);
        report.letters = find_letters(unit, parts.contents, root, gone);
    });
    auto removed = remove_texts(parts, *targets);
    if (!removed) {
        return fail(removed.error());
    }
    report.texts_removed = *removed;
    report.is_scrubbed = parts.store.scrub();
    return report;
}

}  // namespace engine::runtime
