// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/guards.h"
#include "engine/proof/sample.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

/// A script is written again while something more must have been given before.
constexpr std::size_t kMaxWritings = 8;

/// An initiative whose parameters are as the proof chose them; null when none fits.
InitiativePointer choose_initiative(const Catalog& catalog, const Model& model,
                                    const Config& config) {
    for (const auto& initiative : catalog.initiatives()) {
        bool fits = true;
        const auto& variables = model.layout.variables();
        for (std::size_t at = 0; at < variables.size(); ++at) {
            if (variables[at].kind == Kind::initiative) {
                const auto found = initiative->parameters.find(variables[at].name);
                const bool is_there = found != initiative->parameters.end();
                fits = fits && is_there == (read(config, at) != kEmpty);
            }
        }
        if (fits) {
            return initiative;
        }
    }
    return nullptr;
}

}  // namespace

std::string ScriptWriter::run(std::uint32_t node, const ScriptText& text) {
    std::vector<std::uint32_t> path;
    for (std::uint32_t at = node; at != 0; at = graph_.nodes[at].from) {
        path.push_back(at);
    }
    std::reverse(path.begin(), path.end());
    const InitiativePointer initiative =
        choose_initiative(catalog_, model_, graph_.nodes[node].config);
    static const Fields kNone;
    world_.emplace(scene_, initiative ? initiative->parameters : kNone);
    lines_.head(text.title, initiative ? initiative->id : "");
    lines_.clock(world_->today());
    for (const std::uint32_t at : path) {
        before_ = &graph_.nodes[graph_.nodes[at].from].config;
        grant_wishes();
        prepare_lists(graph_.nodes[at].move, graph_.nodes[at].config);
        write(graph_.nodes[at].move);
        follow_on(graph_.nodes[at].move, graph_.nodes[at].config);
    }
    finish(node, text.remark);
    if (text.endless != nullptr) {
        before_ = &graph_.nodes[node].config;
        write_endless(*text.endless);
    }
    return lines_.text();
}

/// What people do is refused; a term that passes is tried again and again, and nothing changes.
void ScriptWriter::write_endless(const Move& move) {
    const bool is_act = move.what == Move::What::event || move.what == Move::What::opening;
    lines_.remark(is_act
                      ? "L'atto che segue fa girare senza fine gli stati: il programma lo rifiuta."
                      : "Ciò che segue fa girare senza fine gli stati: il programma non lo fa.");
    outcome_ = is_act ? " -> rifiuto internal" : "";
    write(move);
}

void ScriptWriter::finish(std::uint32_t node, const std::string& remark) {
    const unsigned char state =
        read(graph_.nodes[node].config, model_.machines[scene_.focus].state);
    if (state != 0 && !alias(scene_.focus).empty()) {
        const auto entry = machine(scene_.focus).states.begin() + (state - 1);
        lines_.add(fmt::format("sistema -> stato {} di {}", entry->first, alias(scene_.focus)));
    }
    if (!remark.empty()) {
        lines_.remark(remark);
    }
}

void ScriptWriter::write(const Move& move) {
    switch (move.what) {
        case Move::What::opening: return write_opening(move);
        case Move::What::event: return write_event(move);
        case Move::What::term:
        case Move::What::waiting: return write_passing(move);
        case Move::What::paper: {
            const PaperModel& paper = model_.machines[move.place].papers[move.index];
            return add_paper(move.place, paper.name, move.is_signed, move.mover == Mover::party);
        }
        case Move::What::task: {
            const std::string& name = model_.machines[move.place].tasks[move.index].name;
            const auto& role = machine(move.place).tasks.find(name)->role;
            return lines_.add(fmt::format("{}:{} conclude {} su {}", role,
                                          person_of(move.place, role), name, alias(move.place)));
        }
        case Move::What::others:
            return lines_.remark(
                fmt::format("Qui arriva «{}» da un'altra pratica, che va aperta a mano.",
                            model_.machines[move.place].events[move.index].name));
    }
}

bool ScriptWriter::is_party(std::size_t place, const std::string& role) const {
    return has_party_role(machine(place), {role});
}

std::string ScriptWriter::person_of(std::size_t place, const std::string& role) const {
    if (!is_party(place, role)) {
        return kNames.front();
    }
    const std::string& own = world_->at(place).party;
    return !party_.empty() ? party_ : !own.empty() ? own : kPartyAlias;
}

std::string ScriptWriter::choose_role(std::size_t place, const std::vector<std::string>& by,
                                      bool wants_party,
                                      const std::vector<std::string>& wanted) const {
    std::string first;
    for (const std::string& role : by) {
        if (is_party(place, role) != wants_party) {
            continue;
        }
        if (has_name(wanted, role)) {
            return role;
        }
        first = first.empty() ? role : first;
    }
    return first.empty() && !by.empty() ? by.front() : first;
}

std::string ScriptWriter::choose_person(unsigned deeds) {
    for (auto& [name, done] : persons_) {
        if (done == deeds) {
            return name;
        }
    }
    const std::string name = persons_.size() < kNames.size()
                                 ? kNames[persons_.size()]
                                 : fmt::format("persona{}", persons_.size() + 1);
    persons_.emplace_back(name, deeds);
    return name;
}

std::string ScriptWriter::name_child(const Move& move, std::size_t skipped) {
    std::string name;
    for (const std::size_t place : move.opened) {
        set_beside(place);
        ScriptInstance& instance = world_->at(place);
        const bool can_be_named = name.empty() && place != skipped;
        instance = {};
        if (find_each(move, place) != nullptr) {
            unnamed_.insert(place);
            continue;
        }
        if (can_be_named) {
            instance.alias = fmt::format("{}{}", place == 0 ? "P" : "F", ++instances_);
            name = instance.alias;
        } else if (place != skipped) {
            lines_.remark("Una pratica si apre da sé e il copione non le può dare un nome.");
        }
    }
    return name;
}

void ScriptWriter::write_opening(const Move& move) {
    const auto& opening = *machine(0).opening;
    const Fields payload =
        make_payload(0, opening.takes, model_.machines[0].opening, move.payload, {});
    const std::string role = choose_role(0, opening.by, false, {});
    world_->at(0).alias = "P";
    lines_.act(fmt::format("{}:{} apre {} come P", role, person_of(0, role), machine(0).machine),
               payload, outcome_);
    name_child(move, 0);
    world_->at(0).alias = "P";
    begin(0, payload);
}

void ScriptWriter::begin(std::size_t place, const Fields& payload) {
    for (const auto& [field, json] : payload) {
        if (machine(place).fields.contains(field)) {
            world_->at(place).values[field] = json;
        }
    }
    const auto& entry = machine(place).states.find(machine(place).initial)->entry;
    world_->run(entry, place, {});
    open_each(place, entry);
}

void ScriptWriter::write_event(const Move& move) {
    const std::size_t place = move.place;
    const Event& event = model_.machines[place].events[move.index];
    const Branch* branch =
        move.way == nullptr ? nullptr : choose_branch(place, event, *move.way->branch);
    const bool wants_party = move.mover == Mover::party;
    std::vector<std::string> wanted;
    for_each_needed_deed(move.deeds_needed, [&](const Deed& deed, const auto& transition) {
        (void)deed;
        wanted.insert(wanted.end(), transition.by.begin(), transition.by.end());
    });
    const std::string role = choose_role(place, event.transition->by, wants_party, wanted);
    if (branch != nullptr && branch->guard && wants_party) {
        party_ = choose_body(place, *branch->guard);
    }
    std::string person = person_of(place, role);
    party_.clear();
    if (event.asks_who || event.deed != 0) {
        person = wants_party ? person : choose_person(move.deeds_before);
        do_deeds(move, role, person);
    }
    if (branch != nullptr && branch->guard && !wants_party) {
        person = choose_allowed(*branch->guard, {role, person});
    }
    doer_ = {role, person};
    Fields payload;
    assume_checks(event.transition->branches, branch);
    if (branch != nullptr && branch->guard) {
        prepare(place, *branch->guard, payload);
        wait_for_given(place, *branch->guard, payload);
    }
    if (branch != nullptr) {
        prepare_papers(place, branch->actions);
    }
    for (const std::size_t opened : move.opened) {
        if (const OpenChild* each = find_each(move, opened)) {
            ensure_kin(scene_.find_parent(opened), *each->for_each, 1);
        }
    }
    payload =
        make_payload(place, event.transition->takes, event.slots, move.payload, std::move(payload));
    std::string named = name_child(move, kNowhere);
    const OpenChild* unfollowed = named.empty() && branch != nullptr && !alias(place).empty()
                                      ? find_unfollowed(place, *branch)
                                      : nullptr;
    if (unfollowed != nullptr) {
        named = fmt::format("F{}", ++instances_);
    }
    write_act(place, doer_, event.name, named, payload);
    for (const std::size_t opened : move.opened) {
        std::string& body = world_->at(opened).party;
        body = wants_party && body.empty() && person != kPartyAlias ? person : body;
    }
    for (auto& [name, done] : persons_) {
        done |= name == person ? event.deed | move.deeds_needed : 0U;
    }
    note_done(place, event.name);
    apply(place, branch, payload);
    for (const std::size_t opened : move.opened) {
        begin(opened, payload);
    }
    if (unfollowed != nullptr) {
        add_opened(place, unfollowed->child, named, wants_party ? person : kPartyAlias, payload);
    }
}

/// `named` is what the act opens, empty when it opens nothing.
void ScriptWriter::write_act(std::size_t place, const Doer& doer, const std::string& event,
                             const std::string& named, const Fields& payload) {
    if (alias(place).empty()) {
        lines_.remark(fmt::format("Qui «{}» fa «{}» su «{}», che va aperta a mano.", doer.role,
                                  event, machine(place).machine));
        return;
    }
    lines_.act(fmt::format("{} {} su {}{}", doer.name(), event, alias(place),
                           named.empty() ? "" : " come " + named),
               payload, aside_ > 0 ? "" : outcome_);
}

void ScriptWriter::apply(std::size_t place, const Branch* branch, const Fields& payload) {
    for (const auto& [field, json] : payload) {
        world_->at(place).values[field] = json;
    }
    if (branch == nullptr) {
        return;
    }
    world_->run(branch->actions, place, payload);
    signal_kin(place, branch->actions);
    if (const auto* state = machine(place).states.find(branch->target)) {
        world_->run(state->entry, place, payload);
        signal_kin(place, state->entry);
        follow_parent(place, branch->target);
    }
}

void ScriptWriter::do_deeds(const Move& move, const std::string& role, const std::string& person) {
    for_each_needed_deed(move.deeds_needed, [&](const Deed& deed, const auto& transition) {
        const std::string as = choose_role(deed.place, transition.by, false, {role});
        const Fields payload = make_payload(deed.place, transition.takes, {}, {}, {});
        lines_.act(fmt::format("{}:{} {} su {}", as, person, deed.event, alias(deed.place)),
                   payload);
        world_->at(deed.place).performed[deed.event].insert(Doer{as, person}.name());
    });
}

std::string write_script(const CompiledScene& compiled, const Graph& graph, std::uint32_t node,
                         const Catalog& catalog, const ScriptText& text) {
    if (compiled.scene.is_alone && !compiled.scene.machine().opening) {
        return "";  // nobody opens it by itself: there is nothing to play
    }
    Wishes wishes;
    std::string script;
    for (std::size_t times = 0; times < kMaxWritings; ++times) {
        const std::size_t known = wishes.values.size() + wishes.kin.size();
        script = ScriptWriter(compiled, graph, catalog, wishes).run(node, text);
        if (wishes.values.size() + wishes.kin.size() == known) {
            break;
        }
    }
    return script;
}

}  // namespace engine::proof
