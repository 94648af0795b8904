// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/predicates.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/machine/refuser.h"

namespace engine::machine {
namespace {

using base::ErrorDetail;

bool reads_payload(const Predicate& predicate) {
    const auto is_payload = [](const ValueSource& source) {
        return source.scope == SourceScope::payload;
    };
    if (const auto* p = std::get_if<DocumentVersionIs>(&predicate))
        return is_payload(p->value);
    // What a term is counted from often comes with the act itself.
    if (std::holds_alternative<WithinTerm>(predicate))
        return true;
    if (const auto* p = std::get_if<ValuePresent>(&predicate))
        return is_payload(p->value);
    if (const auto* p = std::get_if<ValueIn>(&predicate))
        return is_payload(p->value);
    if (const auto* p = std::get_if<LaterThan>(&predicate))
        return is_payload(p->value) || is_payload(p->than);
    if (const auto* children = definition::find_children(predicate))
        return children->office && is_payload(*children->office);
    if (const auto* p = std::get_if<DateAtLeast>(&predicate)) {
        return is_payload(p->date) || is_payload(p->from) || is_payload(p->plus_days);
    }
    return false;
}

std::vector<ErrorDetail> refuse_check(const CheckPassed& call, const GuardContext& context,
                                      const std::vector<std::string>& legal_basis) {
    const Check* check = context.checks.find(call.name, call.version);
    base::ensure(check != nullptr, "lint and start-up refuse a definition that names a lost check");
    std::vector<ErrorDetail> details;
    for (const CheckFinding& finding : check->run(
             {context.definition, context.facts, context.actor, context.payload, call.params})) {
        details.push_back({finding.field.empty() ? "" : "/" + finding.field, call.name,
                           finding.message_it,
                           finding.legal_basis.empty() ? legal_basis : finding.legal_basis});
    }
    return details;
}

std::vector<ErrorDetail> refuse_predicate(const Guard& guard, const GuardContext& context) {
    const auto& legal_basis = guard.legal_basis.empty() ? context.legal_basis : guard.legal_basis;
    if (!context.is_payload_known && reads_payload(*guard.predicate)) {
        return {};
    }
    if (const auto* call = std::get_if<CheckPassed>(&*guard.predicate)) {
        return refuse_check(*call, context, legal_basis);
    }
    const Sentence sentence = std::visit(Refuser(context), *guard.predicate);
    if (!sentence) {
        return {};
    }
    return {{"", std::string(predicate_name(*guard.predicate)), *sentence, legal_basis}};
}

std::vector<ErrorDetail> refuse_any(const Guard& guard, const GuardContext& context) {
    std::vector<ErrorDetail> all;
    for (const Guard& part : guard.parts) {
        auto details = refuse(part, context);
        if (details.empty()) {
            return {};
        }
        all.insert(all.end(), details.begin(), details.end());
    }
    return all;
}

bool reads_payload(const Guard& guard) {
    return guard.predicate ? reads_payload(*guard.predicate)
                           : std::any_of(guard.parts.begin(), guard.parts.end(),
                                         [](const Guard& part) { return reads_payload(part); });
}

std::vector<ErrorDetail> refuse_negation(const Guard& guard, const GuardContext& context) {
    const Guard& part = guard.parts.front();
    if (!refuse(part, context).empty()) {
        return {};
    }
    if (!context.is_payload_known && reads_payload(part)) {
        return {};
    }
    const std::string condition =
        describe_guard(context.definition, part, [&](std::string_view name, int version) {
            return context.checks.find(name, version)->condition_it;
        });
    return {{"", part.predicate ? std::string(predicate_name(*part.predicate)) : "not",
             fmt::format("Non si può: {}.", condition),
             guard.legal_basis.empty() ? context.legal_basis : guard.legal_basis}};
}

}  // namespace

std::vector<ErrorDetail> refuse(const Guard& guard, const GuardContext& context) {
    std::vector<ErrorDetail> all;
    switch (guard.kind) {
        case GuardKind::predicate: return refuse_predicate(guard, context);
        case GuardKind::any: return refuse_any(guard, context);
        case GuardKind::negation: return refuse_negation(guard, context);
        case GuardKind::all:
            for (const Guard& part : guard.parts) {
                auto details = refuse(part, context);
                all.insert(all.end(), details.begin(), details.end());
            }
            return all;
    }
    return all;
}

}  // namespace engine::machine
