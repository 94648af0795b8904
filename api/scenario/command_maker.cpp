// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/command_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/calendar/local_time.h"

namespace api::scenario {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Fields;
using engine::base::render_text;
using engine::base::Result;
using engine::definition::FieldDefinition;
using engine::definition::WorkflowDefinition;
using engine::machine::Command;

/// `impronta di sintesi`: the SHA-256 of the document of that name attached last.
constexpr std::string_view kHashOf = "impronta di ";

std::string coerce_list(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        std::string part = text.substr(start, end - start);
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
        parts.push_back(std::move(part));
        start = end + 1;
    }
    return engine::base::render_texts(parts);
}

/// A value as an officer writes it, as JSON of the field's type.
std::string coerce(const std::string& text, const FieldDefinition* field) {
    const std::string type = field == nullptr ? "string" : field->type;
    if (type == "boolean") {
        return text == "sì" || text == "si" ? "true" : text == "no" ? "false" : render_text(text);
    }
    if (type == "integer") {
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
        return is_whole ? engine::base::render_integer(number) : render_text(text);
    }
    if (text.starts_with('[') || text.starts_with('{')) {
        const auto json = engine::base::canonical_json(text);
        return json ? *json : render_text(text);
    }
    return type == "array" ? coerce_list(text) : render_text(text);
}

std::string find_open_task(const engine::machine::InstanceRecord& record, const std::string& name) {
    for (const auto& [id, task] : record.tasks) {
        if (task.name == name && engine::machine::is_open(task.status)) {
            return id;
        }
    }
    return name;
}

/// The bytes of a document of a script: its name and line, so that a script can say the hash.
std::string named_line(const std::string& name, const std::string& mark) {
    return fmt::format("{}:{}", name, mark);
}

/// The bytes where people look at the data: it opens, and says that it is not the real document.
/// Another line adds other bytes. No day is in it, so that a story told on another day is the same.
std::string sample_text(const WorkflowDefinition& definition, const std::string& name,
                        const std::string& mark) {
    const auto* document = definition.documents.find(name);
    return fmt::format(
        "{}\n{}\n\nDocumento di esempio, al posto di quello vero: quello lo scrive e lo firma una "
        "persona, fuori dal programma.\nAllegato dalla riga {} del copione ({}).\n",
        document == nullptr ? name : document->title, definition.title, mark, name);
}

/// Makes the command of one line.
class CommandMaker {
  public:
    CommandMaker(Stage& stage, const Act& act, const Line& line)
        : stage_(stage), act_(act), line_(line) {}

    Result<Command> make_opening() const {
        Command command;
        // `pratica@1` opens that version; `pratica` the newest.
        const std::size_t mark = act_.object.find('@');
        const std::string machine = act_.object.substr(0, mark);
        const int version = mark == std::string::npos ? 0 : std::atoi(&act_.object[mark + 1]);
        for (const auto& definition : stage_.engine().catalog().definitions()) {
            if (definition->machine == machine && definition->opening) {
                command.opening = engine::machine::Opening{definition->family, machine, version,
                                                           stage_.office, stage_.initiative};
                return with_payload(std::move(command), *definition);
            }
        }
        return bad(fmt::format("non c'è un procedimento «{}» da aprire", act_.object));
    }

    Result<Command> make_event(const std::string& target) const {
        const auto instance = stage_.instances.find(target);
        if (instance == stage_.instances.end()) {
            return bad(fmt::format("«{}» non è il nome di niente", target));
        }
        auto view = stage_.engine().queries().view(instance->second);
        if (!view) {
            return fail(view.error());
        }
        Command command;
        command.instance = instance->second;
        command.event = act_.verb;
        if (act_.verb == "allega") {
            return with_document(std::move(command), *view->definition);
        }
        if (act_.verb == "prende" || act_.verb == "conclude") {
            command.event = act_.verb == "prende" ? engine::machine::kEventTakeTask
                                                  : engine::machine::kEventCompleteTask;
            command.payload["compito"] = render_text(find_open_task(view->record, act_.object));
            return command;
        }
        if (act_.verb == "migra") {
            command.event = engine::machine::kEventMigrate;
            command.payload["versione"] = act_.object;
        }
        return with_payload(std::move(command), *view->definition);
    }

  private:
    tl::unexpected<engine::base::Error> bad(std::string_view reason) const {
        return fail(ErrorCode::malformed, fmt::format("{}: {}.", line_.place, reason));
    }

    Result<Command> with_document(Command command, const WorkflowDefinition& definition) const {
        command.event = engine::machine::kEventRecordDocument;
        command.payload["documento"] = render_text(act_.object);
        const auto hash =
            stage_.keep(stage_.is_seeding() ? sample_text(definition, act_.object, line_.mark)
                                            : named_line(act_.object, line_.mark));
        if (!hash) {
            return fail(hash.error());
        }
        stage_.last_hashes[act_.object] = *hash;
        command.payload["sha256"] = render_text(*hash);
        if (!act_.signed_by.empty()) {
            command.payload["firmato_da"] = render_text(act_.signed_by);
        }
        return command;
    }

    Result<Command> with_payload(Command command, const WorkflowDefinition& definition) const {
        auto values = collect_values();
        if (!values) {
            return fail(values.error());
        }
        for (const auto& [field, text] : *values) {
            auto meant = look_up(text);
            if (!meant) {
                return fail(meant.error());
            }
            command.payload[field] = coerce(*meant, definition.fields.find(field));
        }
        return command;
    }

    /// What a value stands for: the hash of a document, a person known under another name; else
    /// itself.
    Result<std::string> look_up(const std::string& text) const {
        if (text.starts_with(kHashOf)) {
            const auto hash = stage_.last_hashes.find(text.substr(kHashOf.size()));
            return hash != stage_.last_hashes.end()
                       ? Result<std::string>(hash->second)
                       : bad(fmt::format("«{}»: nessuno l'ha allegato", text));
        }
        const auto known = stage_.known_as.find(text);
        return known == stage_.known_as.end() ? text : known->second;
    }

    Result<std::map<std::string, std::string>> collect_values() const {
        std::map<std::string, std::string> values;
        if (!act_.block.empty()) {
            const auto block = stage_.blocks.find(act_.block);
            if (block == stage_.blocks.end()) {
                return bad(fmt::format("non c'è il blocco di dati «{}»", act_.block));
            }
            values = block->second;
        }
        for (const auto& [field, text] : act_.values) {
            values[field] = text;
        }
        return values;
    }

    Stage& stage_;
    const Act& act_;
    const Line& line_;
};

}  // namespace

engine::machine::Actor make_actor(const Stage& stage, const Act& act) {
    engine::machine::Actor actor;
    actor.role = act.role;
    actor.person = act.role + ":" + act.person;
    if (const auto known = stage.known_as.find(actor.person); known != stage.known_as.end()) {
        actor.person = known->second;
    }
    actor.office = stage.office;
    // An officer may be called as a body of the script is.
    const auto party = stage.parties.find(act.person);
    if (party != stage.parties.end() && stage.acts_for_party(act.role)) {
        actor.party = party->second;
    }
    return actor;
}

Result<Command> make_command(Stage& stage, const Act& act, const Line& line,
                             const std::string& target) {
    const CommandMaker maker(stage, act, line);
    auto command = act.verb == "apre" ? maker.make_opening() : maker.make_event(target);
    if (!command) {
        return fail(command.error());
    }
    command->actor = make_actor(stage, act);
    command->received_at = stage.now();
    command->idempotency_key = act.key;
    for (const auto& [text, moment] : {std::pair(&act.begun, &command->begun_at),
                                       std::pair(&act.occurred, &command->occurred_at)}) {
        if (text->empty()) {
            continue;
        }
        auto stated = engine::calendar::parse_instant(*text);
        if (!stated) {
            return fail(stated.error());
        }
        *moment = *stated;
    }
    return command;
}

}  // namespace api::scenario
