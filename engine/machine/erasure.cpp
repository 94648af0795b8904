// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/erasure.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/machine/payload.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr const char* kLegalBasis = "Reg. UE 2016/679 art. 17 c. 3 lett. b)";
constexpr const char* kClaimsBasis = "Reg. UE 2016/679 art. 17 c. 3 lett. e)";

const std::string& json_of(const base::Fields& payload, const char* field) {
    static const std::string kNone = "null";
    const auto found = payload.find(field);
    return found == payload.end() ? kNone : found->second;
}

Result<void> check_eraser(const Instance& instance, const Actor& actor) {
    const bool is_of_office = instance.office.empty() || actor.office == instance.office;
    if (actor.role == kEraserRole && is_of_office) {
        return {};
    }
    return fail(ErrorCode::forbidden,
                "Cancella i dati solo il responsabile dei dati dell'amministrazione che tiene il "
                "fascicolo.");
}

/// The named fields, or all personal ones; those that hold a value.
Result<std::vector<std::string>> choose_fields(const DecideContext& context,
                                               const Command& command) {
    std::vector<std::string> names = base::read_texts(json_of(command.payload, "campi"));
    std::vector<base::ErrorDetail> unknown;
    for (const std::string& name : names) {
        // One that a later version of the machine has dropped is still held.
        const bool is_known = context.definition.fields.contains(name) ||
                              context.facts.own.record.values.contains(name);
        if (!is_known) {
            unknown.push_back({"/campi", "enum", fmt::format("«{}» non è un suo dato", name), {}});
        }
    }
    if (!unknown.empty()) {
        return fail({ErrorCode::invalid_input,
                     fmt::format("«{}» non ha tutti i dati indicati: vanno scritti con il nome del "
                                 "campo, come nella definizione.",
                                 context.definition.title),
                     std::move(unknown)});
    }
    const bool all_personal = base::read_flag(json_of(command.payload, "personali")) == true;
    for (const auto& [name, field] : context.definition.fields) {
        if (all_personal && field.is_personal) {
            names.push_back(name);
        }
    }
    std::vector<std::string> held;
    for (const auto& [name, stamp] : context.facts.own.record.values) {
        if (!stamp.is_erased && std::find(names.begin(), names.end(), name) != names.end()) {
            held.push_back(name);
        }
    }
    return held;
}

/// Whether a condition, a term or an action of the machine reads that field of `whose` ("own", of
/// its own instance). The text is compact JSON, and a source is written in one way only.
bool is_read(const definition::WorkflowDefinition& definition, std::string_view whose,
             const std::string& field) {
    return definition.text.find(fmt::format(R"("{}":"{}")", whose, field)) != std::string::npos;
}

bool has_list_of(const definition::WorkflowDefinition& definition,
                 const definition::WorkflowDefinition& child) {
    return std::any_of(
        definition.children.begin(), definition.children.end(), [&](const auto& list) {
            return list.second.family == child.family && list.second.machine == child.machine;
        });
}

/// The machines that still run under the instance and read the field from above.
std::vector<std::string> find_readers_below(const DecideContext& context,
                                            const std::string& field) {
    const Instance& own = context.facts.own.record.instance;
    std::vector<std::string> titles;
    for (const auto& below : context.facts.machines_below) {
        const bool reads_parent =
            has_list_of(context.definition, *below) && is_read(*below, "parent", field);
        const bool reads_root = own.id == own.root && is_read(*below, "root", field);
        if (reads_parent || reads_root) {
            titles.push_back(fmt::format("«{}»", below->title));
        }
    }
    return titles;
}

std::string quote_field(const DecideContext& context, const std::string& name) {
    const auto* field = context.definition.fields.find(name);
    return fmt::format("«{}»", field == nullptr ? name : field->title);
}

/// Whether what the instance is part of is over: many need no end of their own. A root is part of
/// itself only.
bool has_ended_above(const Facts& facts) {
    const auto is_over = [](const std::optional<Snapshot>& above) {
        return above && above->record.instance.is_final;
    };
    const Instance& own = facts.own.record.instance;
    return is_over(facts.parent) || is_over(facts.root) || (own.id == own.root && own.is_final);
}

/// What is under it and still runs needs what it reads from above, though this one may be over.
void add_needed_below(const DecideContext& context, const std::vector<std::string>& fields,
                      std::vector<base::ErrorDetail>& needed) {
    for (const std::string& field : fields) {
        const auto readers = find_readers_below(context, field);
        if (!readers.empty()) {
            needed.push_back({"/campi/" + field,
                              "running_below",
                              fmt::format("{} serve a {}, che non è ancora concluso",
                                          quote_field(context, field), fmt::join(readers, ", ")),
                              {kLegalBasis}});
        }
    }
}

/// While it runs, the duty to conclude it denies the erasure of what it works with; and the letters
/// are the proof of what it has told.
Result<void> check_needed(const DecideContext& context, const Command& command,
                          const std::vector<std::string>& fields) {
    if (has_ended_above(context.facts)) {
        return {};
    }
    std::vector<base::ErrorDetail> needed;
    const bool is_running = !context.facts.own.record.instance.is_final;
    if (is_running && base::read_flag(json_of(command.payload, "messaggi")) == true) {
        needed.push_back({"/messaggi",
                          "running",
                          "le lettere inviate provano che cosa è stato comunicato: i loro testi "
                          "si cancellano solo quando è concluso",
                          {kLegalBasis, kClaimsBasis}});
    }
    if (is_running && base::read_flag(json_of(command.payload, "personali")) == true) {
        needed.push_back({"/personali",
                          "running",
                          "tutti i dati personali insieme si cancellano solo quando è concluso",
                          {kLegalBasis}});
    }
    for (const std::string& field : fields) {
        if (is_running && is_read(context.definition, "own", field)) {
            needed.push_back({"/campi/" + field,
                              "running",
                              fmt::format("{} serve alle condizioni o ai termini del procedimento",
                                          quote_field(context, field)),
                              {kLegalBasis}});
        }
    }
    add_needed_below(context, fields, needed);
    if (needed.empty()) {
        return {};
    }
    return fail(
        {ErrorCode::guard_failed,
         fmt::format("«{}» {} ancora in corso e ha l'obbligo di concludersi: intanto si "
                     "cancellano solo singoli dati di cui non ha bisogno. Nulla è stato "
                     "cancellato; alla conclusione la richiesta si può ripetere.",
                     context.definition.title, is_running ? "è" : "comprende qualcosa che è"),
         std::move(needed)});
}

/// The messages by title, each once with how many there are: «Ricevuta» (2).
std::vector<std::string> quote_messages(const DecideContext& context,
                                        const std::vector<Effect>& effects) {
    std::map<std::string, int> counts;
    for (const Effect& effect : effects) {
        if (const auto* erased = std::get_if<MessageErased>(&effect)) {
            const std::string& name = context.facts.own.record.messages.at(erased->id.text).name;
            const auto* message = context.definition.messages.find(name);
            ++counts[message == nullptr ? name : message->title];
        }
    }
    std::vector<std::string> quoted;
    for (const auto& [title, count] : counts) {
        quoted.push_back(count == 1 ? fmt::format("«{}»", title)
                                    : fmt::format("«{}» ({})", title, count));
    }
    return quoted;
}

std::string title_of(const DecideContext& context, const std::vector<std::string>& fields,
                     const std::vector<Effect>& effects, const std::string& act) {
    std::vector<std::string> parts;
    for (const std::string& field : fields) {
        parts.push_back(quote_field(context, field));
    }
    const auto messages = quote_messages(context, effects);
    if (!messages.empty()) {
        parts.push_back(fmt::format("testi inviati: {}", fmt::join(messages, ", ")));
    }
    return fmt::format("Dati cancellati ({}). Atto: {}", fmt::join(parts, ", "), act);
}

}  // namespace

Result<Plan> decide_erasure(const DecideContext& context, const Command& command) {
    const InstanceRecord& record = context.facts.own.record;
    if (auto allowed = check_eraser(record.instance, command.actor); !allowed) {
        return fail(allowed.error());
    }
    auto act = read_line(command.payload, "atto",
                         "Serve l'atto che dispone la cancellazione, in una riga: numero e data.");
    auto reason = read_line(command.payload, "motivo",
                            "Serve il motivo della cancellazione, in una riga e senza dati "
                            "personali.");
    auto fields = choose_fields(context, command);
    if (!act || !reason || !fields) {
        return fail(!act ? act.error() : !reason ? reason.error() : fields.error());
    }
    if (auto free = check_needed(context, command, *fields); !free) {
        return fail(free.error());
    }
    Plan plan;
    for (const std::string& field : *fields) {
        plan.effects.emplace_back(ValueErased{field, *act, *reason});
    }
    if (base::read_flag(json_of(command.payload, "messaggi")) == true) {
        for (const auto& [id, message] : record.messages) {
            if (!message.content_sha256.empty() && !message.is_erased) {
                plan.effects.emplace_back(MessageErased{message.id, *act, *reason});
            }
        }
    }
    if (plan.effects.empty()) {
        return fail(ErrorCode::not_found,
                    fmt::format("Niente da cancellare in «{}»: quei dati non ci sono, o sono già "
                                "stati cancellati.",
                                context.definition.title));
    }
    plan.title = title_of(context, *fields, plan.effects, *act);
    return plan;
}

}  // namespace engine::machine
