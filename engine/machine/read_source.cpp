// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/read_source.h"

#include <fmt/format.h>

#include <limits>

#include "engine/calendar/rome_moment.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using definition::Relation;
using definition::SourceScope;

std::optional<std::string> find_field(const base::Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> find_value(const Facts& facts, Relation relation,
                                      const std::string& name) {
    const Snapshot* snapshot = facts.find(relation);
    return snapshot == nullptr ? std::nullopt : find_field(snapshot->values, name);
}

std::optional<std::string> find_due_date(const Snapshot* snapshot, const std::string& name) {
    const Deadline* deadline = snapshot == nullptr ? nullptr : snapshot->record.find_deadline(name);
    return deadline != nullptr && deadline->due_date
               ? std::optional(base::render_text(*deadline->due_date))
               : std::nullopt;
}

tl::unexpected<base::Error> missing(const definition::ValueSource& source, std::string_view kind) {
    return fail({ErrorCode::invalid_input,
                 fmt::format("Serve {} in «{}», e non c'è: va indicato prima di questo atto.", kind,
                             source.name),
                 {{"/" + source.name, "required", fmt::format("manca {}", kind), {}}}});
}

}  // namespace

std::optional<std::string> read_source(const definition::ValueSource& source, const Facts& facts,
                                       const base::Fields& payload) {
    switch (source.scope) {
        case SourceScope::constant: return source.name;
        case SourceScope::now:
            return base::render_text(calendar::render_legal_date(facts.times.acted_on));
        case SourceScope::instant:
            return base::render_text(calendar::render_utc_instant(facts.times.judged_at));
        case SourceScope::own: return find_value(facts, Relation::own, source.name);
        case SourceScope::parent: return find_value(facts, Relation::parent, source.name);
        case SourceScope::root: return find_value(facts, Relation::root, source.name);
        case SourceScope::initiative: return find_field(facts.initiative, source.name);
        case SourceScope::payload: return find_field(payload, source.name);
        case SourceScope::deadline: return find_due_date(facts.find(Relation::own), source.name);
        case SourceScope::parent_deadline:
            return find_due_date(facts.find(Relation::parent), source.name);
    }
    return std::nullopt;
}

Result<calendar::LocalMoment> read_moment(const definition::ValueSource& source, const Facts& facts,
                                          const base::Fields& payload) {
    const auto json = read_source(source, facts, payload);
    const auto text = json ? base::read_text(*json) : std::nullopt;
    if (!text) {
        return missing(source, "una data");
    }
    const auto moment = calendar::parse_local_moment(*text);
    return moment ? calendar::in_rome(*moment) : moment;
}

Result<int> read_count(const definition::ValueSource& source, const Facts& facts,
                       const base::Fields& payload) {
    const auto json = read_source(source, facts, payload);
    const auto number = json ? base::read_integer(*json) : std::nullopt;
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max()) {
        return missing(source, "un numero");
    }
    return static_cast<int>(*number);
}

}  // namespace engine::machine
