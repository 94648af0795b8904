// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/script.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/guards.h"
#include "engine/proof/sample.h"
#include "engine/proof/script_lines.h"
#include "engine/proof/script_world.h"

namespace engine::proof {
namespace {

using base::Fields;
using calendar::LegalDate;

/// Days that pass when nobody can tell how many are enough.
constexpr int kManyDays = 400;
/// A day far enough ahead for terms to be running.
constexpr int kDaysAhead = 30;

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

class Writer {
  public:
    Writer(const CompiledScene& compiled, const Graph& graph, const Catalog& catalog)
        : compiled_(compiled),
          scene_(compiled.scene),
          model_(compiled.model),
          graph_(graph),
          catalog_(catalog) {}

    std::string run(std::uint32_t node, const ScriptText& text) {
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
            write(graph_.nodes[at].move);
        }
        finish(node, text.remark);
        return lines_.text();
    }

  private:
    const WorkflowDefinition& machine(std::size_t place) const {
        return *scene_.places[place].definition;
    }
    const std::string& alias(std::size_t place) { return world_->at(place).alias; }

    void finish(std::uint32_t node, const std::string& remark) {
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

    void write(const Move& move) {
        switch (move.what) {
            case Move::What::opening: return write_opening(move);
            case Move::What::event: return write_event(move);
            case Move::What::term:
            case Move::What::waiting: return write_passing(move);
            case Move::What::paper: {
                const PaperModel& paper = model_.machines[move.place].papers[move.index];
                return add_paper(move.place, paper.name, move.is_signed,
                                 move.mover == Mover::party);
            }
            case Move::What::task: {
                const std::string& name = model_.machines[move.place].tasks[move.index].name;
                const auto& role = machine(move.place).tasks.find(name)->role;
                return lines_.add(fmt::format("{}:{} conclude {} su {}", role,
                                              person_of(move.place, role), name,
                                              alias(move.place)));
            }
            case Move::What::others:
                return lines_.remark(
                    fmt::format("Qui arriva «{}» da un'altra istanza, che va aperta a mano.",
                                model_.machines[move.place].events[move.index].name));
        }
    }

    // ---- who -----------------------------------------------------------------------------------

    bool is_party(std::size_t place, const std::string& role) const {
        return has_party_role(machine(place), {role});
    }

    std::string person_of(std::size_t place, const std::string& role) const {
        return is_party(place, role) ? "alfa" : "anna";
    }

    /// A role of the side that moves; one of `wanted` when it can be.
    std::string choose_role(std::size_t place, const std::vector<std::string>& by, bool wants_party,
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

    /// Somebody with exactly these deeds: a new name when there is nobody.
    std::string choose_person(unsigned deeds) {
        for (auto& [name, done] : persons_) {
            if (done == deeds) {
                return name;
            }
        }
        static const std::vector<std::string> kNames{"anna",  "bruno", "carla", "dario",
                                                     "elena", "fabio", "gina",  "ivo"};
        const std::string name = persons_.size() < kNames.size()
                                     ? kNames[persons_.size()]
                                     : fmt::format("persona{}", persons_.size() + 1);
        persons_.emplace_back(name, deeds);
        return name;
    }

    // ---- acts ----------------------------------------------------------------------------------

    Fields make_payload(std::size_t place, const std::vector<std::string>& takes,
                        const std::vector<Slot>& slots, const Payload& codes, Fields payload) {
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

    void fill(std::size_t place, const std::string& name, const std::vector<std::string>& excluded,
              Fields& payload) {
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
            payload[name] = *sample;
        } else {
            lines_.remark(fmt::format("Il campo «{}» va riempito a mano.", name));
        }
    }

    std::string name_child(const Move& move, std::size_t skipped) {
        std::string name;
        for (const std::size_t place : move.opened) {
            ScriptInstance& instance = world_->at(place);
            const bool can_be_named = name.empty() && place != skipped;
            instance = {};
            if (can_be_named) {
                instance.alias = fmt::format("{}{}", place == 0 ? "P" : "F", ++instances_);
                name = instance.alias;
            } else if (place != skipped) {
                lines_.remark("Un'istanza si apre da sé e il copione non le può dare un nome.");
            }
        }
        return name;
    }

    void write_opening(const Move& move) {
        const auto& opening = *machine(0).opening;
        const Fields payload =
            make_payload(0, opening.takes, model_.machines[0].opening, move.payload, {});
        const std::string role = choose_role(0, opening.by, false, {});
        world_->at(0).alias = "P";
        lines_.act(
            fmt::format("{}:{} apre {} come P", role, person_of(0, role), machine(0).machine),
            payload);
        name_child(move, 0);
        world_->at(0).alias = "P";
        begin(0, payload);
    }

    void begin(std::size_t place, const Fields& payload) {
        for (const auto& [field, json] : payload) {
            if (machine(place).fields.contains(field)) {
                world_->at(place).values[field] = json;
            }
        }
        world_->run(machine(place).states.find(machine(place).initial)->entry, place, {});
    }

    void write_event(const Move& move) {
        const std::size_t place = move.place;
        const Event& event = model_.machines[place].events[move.index];
        const Branch* branch = find_branch(move);
        const bool wants_party = move.mover == Mover::party;
        std::vector<std::string> wanted;
        for_each_needed_deed(move.deeds_needed, [&](const Deed& deed, const auto& transition) {
            (void)deed;
            wanted.insert(wanted.end(), transition.by.begin(), transition.by.end());
        });
        const std::string role = choose_role(place, event.transition->by, wants_party, wanted);
        std::string person = person_of(place, role);
        if (event.asks_who || event.deed != 0) {
            person = wants_party ? person : choose_person(move.deeds_before);
            do_deeds(move, role, person);
        }
        Fields payload;
        if (branch != nullptr && branch->guard) {
            prepare(place, *branch->guard, payload);
        }
        if (branch != nullptr) {
            prepare_papers(place, branch->actions);
        }
        payload = make_payload(place, event.transition->takes, event.slots, move.payload,
                               std::move(payload));
        const std::string on = alias(place);
        const std::string named = name_child(move, kNowhere);
        lines_.act(fmt::format("{}:{} {} su {}{}", role, person, event.name, on,
                               named.empty() ? "" : " come " + named),
                   payload);
        for (auto& [name, done] : persons_) {
            done |= name == person ? event.deed | move.deeds_needed : 0U;
        }
        apply(place, branch, payload);
        for (const std::size_t opened : move.opened) {
            begin(opened, payload);
        }
    }

    void apply(std::size_t place, const Branch* branch, const Fields& payload) {
        for (const auto& [field, json] : payload) {
            world_->at(place).values[field] = json;
        }
        if (branch == nullptr) {
            return;
        }
        world_->run(branch->actions, place, payload);
        if (const auto* state = machine(place).states.find(branch->target)) {
            world_->run(state->entry, place, payload);
        }
    }

    /// The branch that the act takes: the first that can hold as things are.
    const Branch* find_branch(const Move& move) const {
        const Event& event = model_.machines[move.place].events[move.index];
        const Situation situation{model_, *before_, &move.payload,
                                  move.deeds_before | move.deeds_needed, false};
        for (const Way& way : event.ways) {
            if (way.guard.empty() || evaluate(way.guard.front(), situation) != Truth::no) {
                return way.branch;
            }
        }
        return nullptr;
    }

    template <class Visit>
    void for_each_needed_deed(unsigned needed, Visit visit) const {
        const auto& deeds = compiled_.tracking.deeds;
        for (std::size_t bit = 0; bit < deeds.size() && bit < kMaxDeeds; ++bit) {
            if ((needed >> bit & 1U) == 0 || deeds[bit].place == kNowhere) {
                continue;
            }
            for (const Event& event : model_.machines[deeds[bit].place].events) {
                if (event.name == deeds[bit].event) {
                    visit(deeds[bit], *event.transition);
                    break;
                }
            }
        }
    }

    void do_deeds(const Move& move, const std::string& role, const std::string& person) {
        for_each_needed_deed(move.deeds_needed, [&](const Deed& deed, const auto& transition) {
            const std::string as = choose_role(deed.place, transition.by, false, {role});
            const Fields payload = make_payload(deed.place, transition.takes, {}, {}, {});
            lines_.act(fmt::format("{}:{} {} su {}", as, person, deed.event, alias(deed.place)),
                       payload);
        });
    }

    // ---- what an act needs first
    // ------------------------------------------------------------------

    void add_paper(std::size_t place, const std::string& name, bool is_signed_now,
                   bool wants_party) {
        const auto* document = machine(place).documents.find(name);
        const std::string role = choose_role(place, document->by, wants_party, {});
        const bool has_signature = is_signed_now && !document->signed_by.empty();
        const std::string signature =
            has_signature ? fmt::format(" firmato da {}", document->signed_by) : "";
        const std::string sha256 =
            lines_.add_paper(fmt::format("{}:{} allega {}{} su {}", role, person_of(place, role),
                                         name, signature, alias(place)),
                             name);
        world_->at(place).papers[name] = {has_signature, false, sha256};
    }

    void ensure_paper(const Reference& reference, std::size_t from, bool must_be_signed,
                      bool must_be_new) {
        const std::size_t place = scene_.find_relation(from, reference.of);
        const bool is_followed =
            place == kNowhere ||
            model_.layout.find(Kind::document, place, reference.name) != kNowhere;
        if (is_followed || !machine(place).documents.contains(reference.name)) {
            return;  // the proof has added it itself
        }
        auto& papers = world_->at(place).papers;
        const auto found = papers.find(reference.name);
        const bool is_enough = found != papers.end() &&
                               (!must_be_signed || found->second.is_signed) &&
                               (!must_be_new || !found->second.is_published);
        if (!is_enough) {
            add_paper(place, reference.name, must_be_signed || found == papers.end(), false);
        }
    }

    void prepare_papers(std::size_t place, const std::vector<Action>& actions) {
        for (const Action& action : actions) {
            if (const auto* publish = std::get_if<PublishDocument>(&action.verb)) {
                ensure_paper({publish->document, Relation::own}, place, false, false);
            } else if (const auto* freeze = std::get_if<FreezeDocument>(&action.verb)) {
                ensure_paper({freeze->document, Relation::own}, place, false, false);
            }
        }
    }

    void prepare(std::size_t place, const Guard& guard, Fields& payload) {
        if (guard.kind == GuardKind::any) {
            return prepare(place, guard.parts.front(), payload);
        }
        for (const Guard& part : guard.parts) {
            if (guard.kind == GuardKind::all) {
                prepare(place, part, payload);
            }
        }
        if (guard.predicate) {
            prepare_for(place, *guard.predicate, payload);
        }
    }

    void prepare_for(std::size_t place, const Predicate& predicate, Fields& payload) {
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
        } else if (const auto* check = std::get_if<CheckPassed>(&predicate)) {
            lines_.remark(
                fmt::format("Il controllo «{}» può rifiutare l'atto che segue: i valori "
                            "vanno allora messi a mano.",
                            check->name));
        } else if (const auto* count = std::get_if<ChildrenCount>(&predicate)) {
            if (count->at_least.value_or(0) > 1) {
                lines_.remark(fmt::format("In «{}» ne servono {}: gli altri vanno aperti a mano.",
                                          count->children.path, *count->at_least));
            }
        }
    }

    void prepare_dates(std::size_t place, const DateAtLeast& dates, Fields& payload) {
        const auto days = world_->find_count(dates.plus_days, place, payload).value_or(0);
        if (dates.from.scope == SourceScope::payload) {
            payload[dates.from.name] =
                base::render_text(calendar::render_legal_date(world_->today()));
            return;
        }
        const auto from = world_->find_date(dates.from, place, payload);
        if (!from) {
            return;
        }
        const LegalDate first = from->plus_days(days);
        if (dates.date.scope == SourceScope::payload) {
            payload[dates.date.name] = base::render_text(calendar::render_legal_date(
                std::max(first, world_->today().plus_days(kDaysAhead))));
        } else if (dates.date.scope == SourceScope::now && world_->today() < first) {
            world_->set_today(first);
            lines_.clock(first);
        }
    }

    // ---- time
    // ------------------------------------------------------------------------------------

    void write_passing(const Move& move) {
        const auto& dues = world_->at(move.place).dues;
        const auto due = dues.find(move.deadline);
        const bool is_known = due != dues.end() && due->second;
        LegalDate day = is_known ? due->second->plus_days(1) : world_->today().plus_days(kManyDays);
        day = std::max(day, world_->today().plus_days(1));
        world_->set_today(day);
        lines_.clock(day);
        const auto* deadline = machine(move.place).deadlines.find(move.deadline);
        world_->run(deadline->on_due, move.place, {});
        if (deadline->every_months) {
            world_->at(move.place).dues[move.deadline].reset();
        }
        enter_after(move);
    }

    void enter_after(const Move& move) {
        const unsigned char state = read(*before_, model_.machines[move.place].state);
        for (const After& after : model_.machines[move.place].states[state - 1U].after) {
            if (after.deadline == move.deadline && !after.ways.empty()) {
                apply(move.place, after.ways.front().branch, {});
            }
        }
    }

    const CompiledScene& compiled_;
    const Scene& scene_;
    const Model& model_;
    const Graph& graph_;
    const Catalog& catalog_;
    std::optional<ScriptWorld> world_;
    ScriptLines lines_;
    const Config* before_ = nullptr;
    std::vector<std::pair<std::string, unsigned>> persons_;
    int instances_ = 0;
};

}  // namespace

std::string write_script(const CompiledScene& compiled, const Graph& graph, std::uint32_t node,
                         const Catalog& catalog, const ScriptText& text) {
    return Writer(compiled, graph, catalog).run(node, text);
}

}  // namespace engine::proof
