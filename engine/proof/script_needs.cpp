// SPDX-License-Identifier: EUPL-1.2
// What an act needs before it can be done: values, documents, days.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/proof/guards.h"
#include "engine/proof/sample.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

using calendar::LegalDate;

/// Days that pass when nobody can tell how many are enough.
constexpr int kManyDays = 400;
/// A day far enough ahead for terms to be running.
constexpr int kDaysAhead = 30;

/// How much a script must bring about for a condition to hold: what comes with the act is nothing,
/// a term that must pass is more than a paper, others of a list are most.
int effort_of(const Predicate& predicate) {
    if (const auto* there = std::get_if<ValuePresent>(&predicate)) {
        return there->value.scope == SourceScope::payload ? 0 : 2;
    }
    if (const auto* among = std::get_if<ValueIn>(&predicate)) {
        return among->value.scope == SourceScope::payload ? 0 : 2;
    }
    if (find_children(predicate) != nullptr) {
        return 5;
    }
    return std::holds_alternative<DeadlinePassed>(predicate) ? 4 : 1;
}

int effort_of(const Guard& guard) {
    if (guard.predicate) {
        return effort_of(*guard.predicate);
    }
    int effort = 0;
    bool is_first = true;
    for (const Guard& part : guard.parts) {
        const int one = guard.kind == GuardKind::negation ? 1 : effort_of(part);
        const bool is_choice = guard.kind == GuardKind::any && !is_first;
        effort = is_choice ? std::min(effort, one) : effort + one;
        is_first = false;
    }
    return effort;
}

/// What its checks must answer for the guard to come out as `wanted`. Where either of two would do,
/// both answer alike.
void find_answers(const Guard& guard, bool wanted, std::map<std::string, bool>& answers) {
    const bool turned = guard.kind == GuardKind::negation;
    for (const Guard& part : guard.parts) {
        find_answers(part, wanted != turned, answers);
    }
    const auto* check = guard.predicate ? std::get_if<CheckPassed>(&*guard.predicate) : nullptr;
    if (check != nullptr) {
        answers[check->name] = wanted;
    }
}

}  // namespace

const Guard& ScriptWriter::choose_part(std::size_t place, const Guard& any) const {
    const auto cost = [&](const Guard& part) {
        return std::pair(world_->rules_out(part, place, true), effort_of(part));
    };
    return *std::min_element(
        any.parts.begin(), any.parts.end(),
        [&](const Guard& one, const Guard& other) { return cost(one) < cost(other); });
}

Fields ScriptWriter::make_payload(std::size_t place, const std::vector<std::string>& takes,
                                  const std::vector<Slot>& slots, const Payload& codes,
                                  Fields payload) {
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const Slot& one = slots[slot];
        const auto options = compiled_.tracking.options.find({place, one.field});
        const unsigned char code = codes[slot];
        if (code == kEmpty) {
            payload[one.field] = "\"\"";
        } else if (code == kOther) {
            fill(place, one.field, options->second, payload);
        } else if (code != kNotGiven) {
            payload[one.field] = options->second[code - kFirstOption];
        }
    }
    for (const std::string& name : takes) {
        if (!payload.contains(name)) {
            fill(place, name, {}, payload);
        }
    }
    return payload;
}

/// Who names a body at a place means that of the child that the proof follows there.
std::string ScriptWriter::choose_party_code(std::size_t place) const {
    const std::size_t below = place + 1;
    const auto known = below < model_.machines.size() ? party_codes_.find(world_->at(below).party)
                                                      : party_codes_.end();
    return known == party_codes_.end() ? kSampleParty : known->second;
}

void ScriptWriter::fill(std::size_t place, const std::string& name,
                        const std::vector<std::string>& excluded, Fields& payload) {
    const auto* field = machine(place).fields.find(name);
    if (payload.contains(name) || field == nullptr) {
        return;
    }
    bool wants_date = false;
    for (const Place& one : scene_.places) {
        wants_date |= is_read_as_date(*one.definition, name);
    }
    const auto day = calendar::render_legal_date(world_->today().plus_days(kDaysAhead));
    const auto sample = make_sample(*field, wants_date, day, excluded);
    if (sample) {
        const bool is_party = *sample == base::render_text(kSampleParty);
        payload[name] = is_party ? base::render_text(choose_party_code(place)) : *sample;
    } else {
        lines_.remark(fmt::format("Il campo «{}» va riempito a mano.", name));
    }
}

void ScriptWriter::add_paper(std::size_t place, const std::string& name, bool is_signed_now,
                             bool wants_party) {
    const auto* document = machine(place).documents.find(name);
    const std::string role = choose_role(place, document->by, wants_party, {});
    const bool has_signature = is_signed_now && !document->signed_by.empty();
    const std::string signature =
        has_signature ? fmt::format(" firmato da {}", document->signed_by) : "";
    const std::string sha256 =
        lines_.add_paper(fmt::format("{}:{} allega {}{} su {}", role, person_of(place, role), name,
                                     signature, alias(place)),
                         name);
    world_->at(place).papers[name] = {has_signature, false, sha256};
}

void ScriptWriter::ensure_paper(const Reference& reference, std::size_t from, bool must_be_signed,
                                bool must_be_new) {
    const std::size_t place = scene_.find_relation(from, reference.of);
    const bool is_followed = place == kNowhere || model_.follows(model_.layout.find(
                                                      Kind::document, place, reference.name));
    if (is_followed || !machine(place).documents.contains(reference.name)) {
        return;  // the proof has added it itself
    }
    auto& papers = world_->at(place).papers;
    const auto found = papers.find(reference.name);
    const bool is_enough = found != papers.end() && (!must_be_signed || found->second.is_signed) &&
                           (!must_be_new || !found->second.is_published);
    if (!is_enough) {
        add_paper(place, reference.name, must_be_signed || found == papers.end(), false);
    }
}

/// Another version than the one that is kept, where the guard says that it must not be that one.
void ScriptWriter::renew_paper(std::size_t from, const Guard& guard) {
    const auto* kept = guard.kind == GuardKind::negation && guard.parts.front().predicate
                           ? std::get_if<DocumentVersionIs>(&*guard.parts.front().predicate)
                           : nullptr;
    const std::size_t place = kept ? scene_.find_relation(from, kept->document.of) : kNowhere;
    if (place == kNowhere) {
        return;
    }
    const auto& papers = world_->at(place).papers;
    const auto paper = papers.find(kept->document.name);
    if (paper != papers.end() &&
        world_->find(kept->value, from, {}) == base::render_text(paper->second.sha256)) {
        add_paper(place, kept->document.name, paper->second.is_signed, false);
    }
}

void ScriptWriter::prepare_papers(std::size_t place, const std::vector<Action>& actions) {
    for (const Action& action : actions) {
        const auto* where_it_is = action.when && action.when->predicate
                                      ? std::get_if<DocumentPresent>(&*action.when->predicate)
                                      : nullptr;
        const auto ensure = [&](const std::string& document) {
            if (where_it_is == nullptr || where_it_is->document.name != document) {
                ensure_paper({document, Relation::own}, place, false, false);
            }
        };
        if (const auto* publish = std::get_if<PublishDocument>(&action.verb)) {
            ensure(publish->document);
        } else if (const auto* freeze = std::get_if<FreezeDocument>(&action.verb)) {
            ensure(freeze->document);
        }
    }
}

/// The branch itself, or another with the same target when what the script knows rules it out: a
/// proof that does not follow a value takes either.
const Branch* ScriptWriter::choose_branch(std::size_t place, const Event& event,
                                          const Branch& branch) const {
    const auto is_out = [&](const Branch& one) {
        return one.guard && world_->rules_out(*one.guard, place, true);
    };
    if (is_out(branch)) {
        for (const Branch& other : event.transition->branches) {
            if (other.target == branch.target && !is_out(other)) {
                return &other;
            }
        }
    }
    return &branch;
}

void ScriptWriter::assume_checks(const std::vector<Branch>& branches, const Branch* chosen) {
    std::map<std::string, bool> answers;
    for (const Branch& branch : branches) {
        if (branch.guard) {
            find_answers(*branch.guard, &branch == chosen, answers);
        }
        if (&branch == chosen) {
            break;
        }
    }
    tell_answers(answers);
}

void ScriptWriter::tell_answers(const std::map<std::string, bool>& answers) {
    for (const auto& [check, passes] : answers) {
        const auto told = assumed_.find(check);
        if (told == assumed_.end() || told->second != passes) {
            lines_.add(fmt::format("controllo {} {}passa", check, passes ? "" : "non "));
            assumed_[check] = passes;
        }
    }
}

void ScriptWriter::prepare(std::size_t place, const Guard& guard, Fields& payload) {
    if (guard.kind == GuardKind::any) {
        return prepare(place, choose_part(place, guard), payload);
    }
    // First: what follows may name the latest version.
    renew_paper(place, guard);
    if (guard.kind == GuardKind::all) {
        for (const Guard& part : guard.parts) {
            renew_paper(place, part);
        }
        for (const Guard& part : guard.parts) {
            prepare(place, part, payload);
        }
    }
    if (guard.predicate) {
        prepare_for(place, *guard.predicate, payload);
    }
}

std::string ScriptWriter::choose_body(std::size_t place, const Guard& guard) {
    if (guard.kind == GuardKind::any) {
        return choose_body(place, choose_part(place, guard));
    }
    if (const auto* among =
            guard.predicate ? std::get_if<PartyAmong>(&*guard.predicate) : nullptr) {
        return find_body(place, among->children);
    }
    for (const Guard& part : guard.parts) {
        std::string body = guard.kind == GuardKind::all ? choose_body(place, part) : "";
        if (!body.empty()) {
            return body;
        }
    }
    return "";
}

void ScriptWriter::prepare_for(std::size_t place, const Predicate& predicate, Fields& payload) {
    if (const auto* there = std::get_if<DocumentPresent>(&predicate)) {
        ensure_paper(there->document, place, false, false);
    } else if (const auto* with = std::get_if<DocumentSigned>(&predicate)) {
        ensure_paper(with->document, place, true, true);
    } else if (const auto* version = std::get_if<DocumentVersionIs>(&predicate)) {
        ensure_paper(version->document, place, false, false);
        const std::size_t at = scene_.find_relation(place, version->document.of);
        if (version->value.scope == SourceScope::payload && at != kNowhere) {
            payload[version->value.name] =
                base::render_text(world_->at(at).papers[version->document.name].sha256);
        }
    } else if (const auto* dates = std::get_if<DateAtLeast>(&predicate)) {
        prepare_dates(place, *dates, payload);
    } else if (const auto* there_is = std::get_if<ValuePresent>(&predicate)) {
        ensure_value(place, there_is->value, {}, payload);
    } else if (const auto* among = std::get_if<ValueIn>(&predicate)) {
        ensure_value(place, among->value, among->options, payload);
    } else if (const auto* done = std::get_if<EventPerformed>(&predicate)) {
        ensure_performed(place, done->events, done->of, "");
    } else if (const auto* himself = std::get_if<ActorPerformed>(&predicate)) {
        ensure_performed(place, himself->events, himself->of, doer_.name());
    } else if (const auto* passed = std::get_if<DeadlinePassed>(&predicate)) {
        ensure_passed(place, passed->deadline);
    } else if (const auto* count = std::get_if<ChildrenCount>(&predicate)) {
        const auto least =
            count->at_least ? world_->find_count(*count->at_least, place, payload).value_or(2) : 0;
        ensure_kin(place, count->children, static_cast<std::size_t>(std::max(least, 0)));
    } else if (const auto* all = std::get_if<ChildrenAll>(&predicate)) {
        settle_kin(place, all->children);
    }
}

void ScriptWriter::prepare_dates(std::size_t place, const DateAtLeast& dates, Fields& payload) {
    const auto days = world_->find_count(dates.plus_days, place, payload).value_or(0);
    const auto given = world_->find_date(dates.date, place, payload);
    auto from = world_->find_date(dates.from, place, payload);
    if (given && from && from->plus_days(days) <= *given) {
        return;
    }
    if (dates.from.scope == SourceScope::payload) {
        payload.try_emplace(dates.from.name,
                            base::render_text(calendar::render_legal_date(world_->today())));
        return;
    }
    if (!from) {
        ensure_date(place, dates.from, world_->today());
        from = world_->find_date(dates.from, place, payload);
    }
    const LegalDate first = from.value_or(world_->today()).plus_days(days);
    ensure_date(place, dates.date, std::max(first, world_->today()).plus_days(kDaysAhead));
    if (!from) {
        return;
    }
    if (dates.date.scope == SourceScope::payload) {
        payload[dates.date.name] = base::render_text(
            calendar::render_legal_date(std::max(first, world_->today().plus_days(kDaysAhead))));
    } else if (dates.date.scope == SourceScope::now && world_->today() < first) {
        world_->set_today(first);
        lines_.clock(first);
    }
}

/// What is told of a day that is past cannot be told before it: another condition may have put the
/// day that is given ahead.
void ScriptWriter::wait_for_given(std::size_t place, const Guard& guard, const Fields& payload) {
    for (const Guard& part : guard.parts) {
        if (guard.kind == GuardKind::all) {
            wait_for_given(place, part, payload);
        }
    }
    const auto* dates = guard.predicate ? std::get_if<DateAtLeast>(&*guard.predicate) : nullptr;
    if (dates == nullptr || dates->date.scope != SourceScope::now ||
        dates->from.scope != SourceScope::payload) {
        return;
    }
    const auto given = world_->find_date(dates->from, place, payload);
    if (given && *given > world_->today()) {
        world_->set_today(*given);
        lines_.clock(*given);
    }
}

void ScriptWriter::write_passing(const Move& move) {
    const auto& dues = world_->at(move.place).dues;
    const auto due = dues.find(move.deadline);
    const bool is_known = due != dues.end() && due->second;
    LegalDate day = is_known ? due->second->plus_days(1) : world_->today().plus_days(kManyDays);
    day = std::max(day, world_->today().plus_days(1));
    world_->set_today(day);
    const auto* branches =
        machine(move.place).states.find(state_of(move.place))->after.find(move.deadline);
    if (branches != nullptr && move.way != nullptr) {
        assume_checks(*branches, move.way->branch);
    }
    lines_.clock(day);
    const auto* deadline = machine(move.place).deadlines.find(move.deadline);
    world_->run(deadline->on_due, move.place, {});
    if (deadline->every_months) {
        world_->at(move.place).dues[move.deadline].reset();
    }
    enter_after(move);
}

const After* ScriptWriter::find_after(const Move& move) const {
    const unsigned char state = read(*before_, model_.machines[move.place].state);
    for (const After& after : model_.machines[move.place].states[state - 1U].after) {
        if (after.deadline == move.deadline && !after.ways.empty()) {
            return &after;
        }
    }
    return nullptr;
}

void ScriptWriter::enter_after(const Move& move) {
    const After* after = find_after(move);
    for (std::size_t at = 0; after != nullptr && at < after->ways.size(); ++at) {
        if (&after->ways[at] == move.way) {
            apply(move.place, move.way->branch, {});
        }
    }
}

}  // namespace engine::proof
