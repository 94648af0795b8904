// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/tracking.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/suspension.h"
#include "engine/definition/walk.h"
#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

/// Reads one predicate after another: one overload for each.
class Tracker {
  public:
    Tracker(const Scene& scene, Layout& layout, Detail detail)
        : scene_(scene), layout_(layout), detail_(detail) {}

    Tracking run() {
        const WorkflowDefinition& machine = scene_.machine();
        if (scene_.asked.empty()) {
            for (const auto& [name, state] : machine.states) {
                take_waiting(state.after);
            }
            take_waiting(machine.after);
        }
        // What an action decides matters when what it changes does; each round may show more.
        for (std::size_t before = 0; before != known();) {
            before = known();
            take_round(machine);
        }
        follow_papers(machine);
        return std::move(tracking_);
    }

    void operator()(const DeadlineOpen& p) {
        // Of one act by itself: an office may enter it late, as it had arrived in time.
        if (scene_.asked.empty() || is_negated_ || !is_for_office_) {
            follow(p.deadline);
        }
    }
    void operator()(const DeadlinePassed& p) { follow(p.deadline); }
    void operator()(const WithinTerm&) {}
    void operator()(const DeadlineMet& p) { follow(p.deadline); }
    void operator()(const SuspensionUnused& p) {
        if (asks_) {
            layout_.add(Kind::ground, scene_.focus, ground_name(p));
        }
    }
    void operator()(const DocumentPresent& p) { ask_paper(p.document, present, is_negated_); }
    void operator()(const DocumentSigned& p) { ask_paper(p.document, is_signed, is_negated_); }
    void operator()(const DocumentPublished& p) { ask_paper(p.document, published, !is_negated_); }
    void operator()(const DocumentVersionIs& p) { ask_paper(p.document, present, is_negated_); }
    void operator()(const ValuePresent& p) { compare(p.value, {}); }
    void operator()(const ValueIn& p) { compare(p.value, p.options); }
    void operator()(const DateAtLeast&) {}
    void operator()(const ChildrenCount&) {}
    void operator()(const ChildrenAll&) {}
    void operator()(const PartyAmong&) {}
    void operator()(const PartyNotAmong&) {}
    void operator()(const ParentIn&) {}
    void operator()(const ActorPerformed& p) {
        std::vector<std::size_t> wanted;
        for (const std::string& event : p.events) {
            const std::size_t place = scene_.find_relation(scene_.focus, p.of);
            if (asks_ && is_looked_at(place)) {
                wanted.push_back(add_deed({place, event}));
            }
        }
        if (!wanted.empty()) {
            tracking_.wanted_deeds.push_back(std::move(wanted));
        }
    }
    void operator()(const EventPerformed& p) {
        const bool is_own = scene_.find_relation(scene_.focus, p.of) == scene_.focus;
        if (asks_ && is_own && detail_ != Detail::states) {
            for (const std::string& event : p.events) {
                layout_.add(Kind::performed, scene_.focus, event);
            }
        }
    }
    void operator()(const ActorNotPerformed& p) {
        if (!asks_ || is_beside(p)) {
            return;
        }
        const std::size_t place = p.path.empty() ? scene_.find_relation(scene_.focus, p.of)
                                                 : scene_.find_path(scene_.focus, p.path);
        for (const std::string& event : p.events) {
            if (is_looked_at(place)) {
                add_deed({place, event});
            }
        }
    }
    void operator()(const TaskDone& p) {
        if (asks_) {
            layout_.add(Kind::task, scene_.focus, p.task);
        }
    }
    void operator()(const LaterThan&) {}
    void operator()(const ActorIs&) {}
    void operator()(const CheckPassed&) {}

  private:
    void take(const Guard& guard) {
        for_each_literal(guard, false, [&](const Predicate& predicate, bool is_negated) {
            is_negated_ = is_negated;
            std::visit(*this, predicate);
        });
    }

    void take_round(const WorkflowDefinition& machine) {
        take_branches(machine);
        for_each_action(machine, [&](const std::string&, const Action& action) {
            asks_ = scene_.asked.empty() ? changes_something(action.verb)
                                         : changes_followed(action.verb);
            if (action.when && (asks_ || !scene_.asked.empty())) {
                take(*action.when);
            }
            asks_ = true;
            take_origin(action.verb);
        });
        take_busy_deadlines(machine);
    }

    void take_branches(const WorkflowDefinition& machine) {
        for (const BranchPlace& place : find_branches(machine)) {
            asks_ = scene_.asked.empty() || is_asked(place.branch);
            is_for_office_ =
                place.transition != nullptr && has_office_role(machine, place.transition->by);
            const auto& actions = place.branch->actions;
            is_idle_ = place.branch->target.empty() &&
                       std::none_of(actions.begin(), actions.end(), [&](const Action& action) {
                           return changes_something(action.verb);
                       });
            if (place.branch->guard) {
                take(*place.branch->guard);
            }
        }
        is_idle_ = false;
        asks_ = true;
        is_for_office_ = false;
    }

    /// How much is known of what is followed: it grows until a round shows nothing new.
    std::size_t known() const {
        std::size_t count = layout_.variables().size() + tracking_.deeds.size() + 1;
        for (const auto& [field, options] : tracking_.options) {
            count += 1 + options.size();
        }
        for (const auto& [name, options] : tracking_.parameters) {
            count += 1 + options.size();
        }
        for (const auto& [name, use] : tracking_.papers) {
            count += 1U + static_cast<unsigned>(use.asked) + (use.is_followed ? 1U : 0U);
        }
        return count;
    }

    bool is_asked(const Branch* branch) const {
        return std::count(scene_.asked.begin(), scene_.asked.end(), branch) > 0;
    }

    void take_waiting(const Named<std::vector<Branch>>& after) {
        for (const auto& [deadline, branches] : after) {
            layout_.add(Kind::deadline, scene_.focus, deadline);
        }
    }

    /// Deadlines that must run for an act to be possible, or that do something when they pass.
    void take_busy_deadlines(const WorkflowDefinition& machine) {
        for_each_action(machine, [&](const std::string&, const Action& action) {
            if (!scene_.asked.empty()) {
                return;
            }
            if (const auto* moved = std::get_if<MoveDeadline>(&action.verb)) {
                layout_.add(Kind::deadline, scene_.focus, moved->deadline);
            } else if (const auto* again = std::get_if<ReopenDeadline>(&action.verb)) {
                layout_.add(Kind::deadline, scene_.focus, again->deadline);
            }
        });
        for (const auto& [name, deadline] : machine.deadlines) {
            if (std::any_of(deadline.on_due.begin(), deadline.on_due.end(),
                            [&](const Action& one) { return is_busy(one.verb); })) {
                layout_.add(Kind::deadline, scene_.focus, name);
            }
        }
    }

    /// Whether a deadline that does this when it passes must be followed.
    bool is_busy(const ActionVerb& verb) const {
        if (const auto* publish = std::get_if<PublishDocument>(&verb)) {
            return tracking_.papers.contains(publish->document);
        }
        if (const auto* freeze = std::get_if<FreezeDocument>(&verb)) {
            return tracking_.papers.contains(freeze->document);
        }
        if (const auto* suspend = std::get_if<SuspendDeadline>(&verb)) {
            return changes_something(verb) || is_followed(Kind::ground, ground_name(*suspend));
        }
        return changes_something(verb);
    }

    template <class Suspension>
    static std::string ground_name(const Suspension& one) {
        return fmt::format("{}:{}", one.deadline, calendar::suspension_ground_name(one.ground));
    }

    /// A followed value that is copied from another makes that other one matter.
    void take_origin(const ActionVerb& verb) {
        const auto* set = std::get_if<SetValue>(&verb);
        if (set != nullptr && set->value.scope != SourceScope::initiative &&
            is_followed(Kind::value, set->field)) {
            compare(set->value,
                    std::vector<std::string>(tracking_.options[{scene_.focus, set->field}]));
        }
    }

    bool is_followed(Kind kind, const std::string& name) const {
        return layout_.find(kind, scene_.focus, name) != kNowhere;
    }

    /// Of a machine by itself, what persons did elsewhere is not looked at: it takes no bit.
    bool is_looked_at(std::size_t place) const { return place != kNowhere || !scene_.is_alone; }

    /// Whether an action changes something that is followed, or another instance.
    bool changes_something(const ActionVerb& verb) const {
        return std::holds_alternative<OpenChild>(verb) || std::holds_alternative<Signal>(verb) ||
               changes_followed(verb);
    }

    bool changes_followed(const ActionVerb& verb) const {
        return std::visit(
            [&](const auto& a) {
                if constexpr (requires { a.deadline; }) {
                    return is_followed(Kind::deadline, a.deadline);
                } else if constexpr (requires { a.field; }) {
                    return is_followed(Kind::value, a.field);
                } else if constexpr (requires { a.task; }) {
                    return is_followed(Kind::task, a.task);
                } else {
                    return false;
                }
            },
            verb);
    }

    void follow(const Reference& deadline) {
        const std::size_t place = scene_.find_relation(scene_.focus, deadline.of);
        const bool is_known = asks_ && place != kNowhere &&
                              (place == scene_.focus || detail_ <= Detail::all) &&
                              scene_.places[place].definition->deadlines.contains(deadline.name);
        if (is_known) {
            layout_.add(Kind::deadline, place, deadline.name);
        }
    }

    void ask_paper(const Reference& document, unsigned char bit, bool is_followed) {
        const bool is_wanted = asks_ || tracking_.papers.contains(document.name);
        if (is_wanted && document.of == Relation::own && detail_ != Detail::states) {
            PaperUse& use = tracking_.papers[document.name];
            use.asked = static_cast<unsigned char>(use.asked | bit | present);
            use.is_followed |= asks_ && is_followed;
        }
    }

    void add_options(std::vector<std::string>& known, const std::vector<std::string>& options) {
        for (const std::string& option : options) {
            if (!has_name(known, option) && !is_empty_json(option)) {
                known.push_back(option);
            }
        }
    }

    void compare(const ValueSource& source, const std::vector<std::string>& options) {
        const bool is_own =
            source.scope == SourceScope::own || source.scope == SourceScope::payload;
        if (is_idle_ && !is_own) {
            return;  // an act that leads nowhere need not know how those above are
        }
        if (detail_ == Detail::states || (detail_ == Detail::own && !is_own)) {
            return;
        }
        if (source.scope == SourceScope::initiative) {
            if (!asks_ && !tracking_.parameters.contains(source.name)) {
                return;
            }
            layout_.add(Kind::initiative, 0, source.name);
            add_options(tracking_.parameters[source.name], options);
            return;
        }
        const std::size_t place = place_of(source.scope);
        const bool is_wanted = asks_ || tracking_.options.contains({place, source.name});
        if (is_wanted && place != kNowhere &&
            scene_.places[place].definition->fields.contains(source.name)) {
            add_options(tracking_.options[{place, source.name}], options);
            if (asks_ && source.scope != SourceScope::payload) {
                layout_.add(Kind::value, place, source.name);
            }
        }
    }

    /// Whose field a source reads; kNowhere when it reads none.
    std::size_t place_of(SourceScope scope) const {
        switch (scope) {
            case SourceScope::own:
            case SourceScope::payload: return scene_.focus;
            case SourceScope::parent: return scene_.find_relation(scene_.focus, Relation::parent);
            case SourceScope::root: return scene_.find_relation(scene_.focus, Relation::root);
            default: return kNowhere;
        }
    }

    std::size_t add_deed(const Deed& deed) {
        const std::size_t known = tracking_.find_deed(deed);
        if (known == kNowhere) {
            tracking_.deeds.push_back(deed);
        }
        return tracking_.find_deed(deed);
    }

    /// A document that the office may add at any moment is never in the way.
    void follow_papers(const WorkflowDefinition& machine) {
        for (auto& [name, use] : tracking_.papers) {
            const auto* document = machine.documents.find(name);
            if (document == nullptr) {
                continue;
            }
            const bool is_signed_by_office =
                document->signed_by.empty() || has_office_role(machine, {document->signed_by});
            const bool is_free = document->in.empty() && !document->is_final_once_frozen &&
                                 has_office_role(machine, document->by) &&
                                 (is_signed_by_office || (use.asked & is_signed) == 0);
            use.asked = static_cast<unsigned char>(use.asked |
                                                   (document->is_final_once_frozen ? frozen : 0));
            use.is_followed |= !is_free;
            if (use.is_followed) {
                layout_.add(Kind::document, scene_.focus, name);
            }
        }
    }

    const Scene& scene_;
    Layout& layout_;
    Detail detail_;
    Tracking tracking_;
    bool is_negated_ = false;
    /// Whether what is read is to be followed; else only what it asks of what is followed anyway.
    bool asks_ = true;
    bool is_for_office_ = false;  ///< the act that is read
    bool is_idle_ = false;        ///< what is asked decides nothing that is followed
};

}  // namespace

std::size_t Tracking::find_deed(const Deed& deed) const {
    const auto found = std::find(deeds.begin(), deeds.end(), deed);
    return found == deeds.end() ? kNowhere : static_cast<std::size_t>(found - deeds.begin());
}

Tracking track(const Scene& scene, Layout& layout, Detail detail) {
    return Tracker(scene, layout, detail).run();
}

}  // namespace engine::proof
