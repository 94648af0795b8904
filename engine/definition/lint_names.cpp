// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/lint_names.h"

#include <fmt/format.h>

#include <set>

namespace engine::definition {
namespace {

/// Checks each name against what defines it and remembers what was used.
class NameLint {
  public:
    NameLint(const WorkflowDefinition& definition, const LintContext& context, Findings& findings)
        : definition_(definition), context_(context), findings_(findings) {
        find_parents();
    }

    void run();

    // ---- actions --------------------------------------------------------------------------
    void operator()(const StartDeadline& a) {
        deadline(a.deadline);
        started_.insert(a.deadline);
    }
    void operator()(const MoveDeadline& a) { deadline(a.deadline), source(a.to); }
    void operator()(const ReopenDeadline& a) { deadline(a.deadline), source(a.to); }
    void operator()(const CancelDeadline& a) { deadline(a.deadline); }
    void operator()(const SuspendDeadline& a) {
        deadline(a.deadline);
        source(a.after);
        optional_source(a.days);
        optional_source(a.until);
    }
    void operator()(const EndSuspension& a) { deadline(a.deadline), source(a.on); }
    void operator()(const StartTask& a) { task(a.task); }
    void operator()(const CompleteTask& a) { task(a.task); }
    void operator()(const CancelTask& a) { task(a.task); }
    void operator()(const OpenChild& a) {
        optional_source(a.party);
        optional_source(a.office);
        if (known(definition_.children, a.child, "unknown_child", "l'elenco di figli")) {
            used_.insert("children/" + a.child);
            if (!a.event.empty()) {
                child_event(a.child, a.event);
            }
        }
    }
    void operator()(const Signal& a) {
        if (a.to == SignalTarget::children) {
            list_path(a.path);
            child_event(a.path, a.event);
        } else if (a.to == SignalTarget::parent) {
            parent_event(a.event);
        } else {
            event(a.event);
        }
    }
    void operator()(const SendMessage& a) { message(a.message); }
    void operator()(const PublishDocument& a) { document({a.document, Relation::own}, false); }
    void operator()(const FreezeDocument& a) { document({a.document, Relation::own}, false); }
    void operator()(const AssignNumber& a) {
        if (!definition_.registers.contains(a.register_name)) {
            report("unknown_register", "il registro", a.register_name);
        }
    }
    void operator()(const SetValue& a) { field(a.field), source(a.value); }
    void operator()(const RecordSilence& a) { deadline(a.deadline), source(a.counts_as); }

    // ---- predicates -----------------------------------------------------------------------
    void operator()(const DeadlineOpen& p) { deadline_reference(p.deadline); }
    void operator()(const DeadlinePassed& p) { deadline_reference(p.deadline); }
    void operator()(const DeadlineMet& p) { deadline_reference(p.deadline); }
    void operator()(const SuspensionUnused& p) { deadline(p.deadline); }
    void operator()(const DocumentPresent& p) { document(p.document, false); }
    void operator()(const DocumentSigned& p) { document(p.document, true); }
    void operator()(const DocumentPublished& p) { document(p.document, false); }
    void operator()(const DocumentVersionIs& p) { document(p.document, false), source(p.value); }
    void operator()(const ValuePresent& p) { source(p.value); }
    void operator()(const ValueIn& p) { source(p.value); }
    void operator()(const DateAtLeast& p) { source(p.date), source(p.from), source(p.plus_days); }
    void operator()(const ChildrenCount& p) { children(p.children); }
    void operator()(const ChildrenAll& p) { children(p.children); }
    void operator()(const PartyAmong& p) { children(p.children); }
    void operator()(const PartyNotAmong& p) { children(p.children); }
    void operator()(const ParentIn& p) {
        for (const std::string& state : p.states) {
            in_parents(
                "unknown_state", "lo stato del procedimento", state,
                [&](const WorkflowDefinition& parent) { return parent.states.contains(state); });
        }
    }
    void operator()(const ActorPerformed& p) { events_of(p.of, p.events); }
    void operator()(const ActorNotPerformed& p) {
        for (const std::string& name : p.events) {
            p.path.empty() ? event(name) : child_event(p.path, name);
        }
    }
    void operator()(const TaskDone& p) { task(p.task); }
    void operator()(const CheckPassed& p) {
        if (!context_.has_check(p.name, p.version)) {
            report("unknown_check", "il controllo", fmt::format("{}@{}", p.name, p.version));
        }
    }

  private:
    void find_parents();
    void lint_transitions();
    void lint_sections();
    void lint_due(const std::string& path, const DueRule& due);
    void lint_unused();

    void report(std::string code, std::string_view what, std::string_view name) {
        findings_.error(std::move(code), path_,
                        fmt::format("Non c'è {} «{}» che qui è nominato.", what, name));
    }
    template <class T>
    bool known(const Named<T>& section, const std::string& name, const char* code,
               std::string_view what) {
        if (!section.contains(name)) {
            report(code, what, name);
            return false;
        }
        return true;
    }
    void deadline(const std::string& name) {
        known(definition_.deadlines, name, "unknown_deadline", "il termine");
        used_.insert("deadlines/" + name);
    }
    void task(const std::string& name) {
        known(definition_.tasks, name, "unknown_task", "il compito");
        used_.insert("tasks/" + name);
    }
    void message(const std::string& name) {
        known(definition_.messages, name, "unknown_message", "il messaggio");
        used_.insert("messages/" + name);
    }
    void field(const std::string& name) {
        known(definition_.fields, name, "unknown_field", "il campo");
    }
    void role(const std::string& name) {
        known(definition_.roles, name, "unknown_role", "il ruolo");
    }
    void state(const std::string& name) {
        if (name != "@previous") {
            known(definition_.states, name, "unknown_state", "lo stato");
        }
    }
    static bool knows_event(const WorkflowDefinition& definition, const std::string& name) {
        if (definition.shared.contains(name)) {
            return true;
        }
        for (const auto& [state_name, one] : definition.states) {
            if (one.on.contains(name)) {
                return true;
            }
        }
        return false;
    }
    void event(const std::string& name) {
        if (!knows_event(definition_, name)) {
            report("unknown_event", "l'atto", name);
        }
    }
    void document(const Reference& reference, bool must_be_signed) {
        if (reference.of != Relation::own) {
            in_parents("unknown_document", "il documento", reference.name,
                       [&](const WorkflowDefinition& parent) {
                           return parent.documents.contains(reference.name);
                       });
            return;
        }
        used_.insert("documents/" + reference.name);
        if (known(definition_.documents, reference.name, "unknown_document", "il documento") &&
            must_be_signed && definition_.documents.find(reference.name)->signed_by.empty()) {
            findings_.error(
                "unsignable_document", path_,
                fmt::format("Si chiede firmato «{}», ma nessun ruolo lo firma.", reference.name));
        }
    }
    void deadline_reference(const Reference& reference) {
        if (reference.of == Relation::own) {
            deadline(reference.name);
            return;
        }
        in_parents("unknown_deadline", "il termine", reference.name,
                   [&](const WorkflowDefinition& parent) {
                       return parent.deadlines.contains(reference.name);
                   });
    }
    void source(const ValueSource& value) {
        switch (value.scope) {
            case SourceScope::own: return field(value.name);
            case SourceScope::payload: return payload_field(value.name);
            case SourceScope::deadline: return deadline(value.name);
            case SourceScope::parent:
            case SourceScope::root:
                return in_parents("unknown_field", "il campo", value.name,
                                  [&](const WorkflowDefinition& parent) {
                                      return parent.fields.contains(value.name);
                                  });
            case SourceScope::constant:
            case SourceScope::now:
            case SourceScope::initiative: return;
        }
    }
    void payload_field(const std::string& name);
    void optional_source(const std::optional<ValueSource>& value) {
        if (value) {
            source(*value);
        }
    }
    void children(const Children& children) {
        if (children.of == Relation::own) {
            list_path(children.path);
        }
        if (const auto child = find_list(children)) {
            for (const auto* names : {&children.in, &children.not_in}) {
                for (const std::string& name : *names) {
                    known(child->states, name, "unknown_state", "lo stato");
                }
            }
        }
    }
    void list_path(const std::string& path) {
        const std::string first = path.substr(0, path.find('/'));
        known(definition_.children, first, "unknown_child", "l'elenco di figli");
    }
    DefinitionPointer find_list(const Children& children) const;
    DefinitionPointer follow(const WorkflowDefinition& from, const std::string& path) const;
    void child_event(const std::string& path, const std::string& name) {
        const auto child = follow(definition_, path);
        if (child && !knows_event(*child, name)) {
            report("unknown_event", "l'atto", name);
        }
    }
    void parent_event(const std::string& name) {
        in_parents("unknown_event", "l'atto", name,
                   [&](const WorkflowDefinition& parent) { return knows_event(parent, name); });
    }
    void events_of(Relation relation, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            relation == Relation::own ? event(name) : parent_event(name);
        }
    }
    /// Something above this machine must know the name; without anything above nothing does.
    template <class Knows>
    void in_parents(const char* code, std::string_view what, const std::string& name, Knows knows) {
        for (const auto& parent : parents_) {
            if (knows(*parent)) {
                return;
            }
        }
        report(code, what, name);
    }

    const WorkflowDefinition& definition_;
    const LintContext& context_;
    Findings& findings_;
    std::string path_;
    const TransitionDefinition* transition_ = nullptr;
    std::vector<DefinitionPointer> parents_;  ///< and their parents
    std::set<std::string> used_;
    std::set<std::string> started_;
};

void NameLint::find_parents() {
    std::vector<const WorkflowDefinition*> queue{&definition_};
    std::set<std::string> seen;
    while (!queue.empty()) {
        const WorkflowDefinition* child = queue.back();
        queue.pop_back();
        for (const auto& candidate : context_.catalog.definitions()) {
            for (const auto& [list, one] : candidate->children) {
                const bool is_parent = one.family == child->family &&
                                       one.machine == child->machine &&
                                       one.version == child->version;
                if (is_parent && seen.insert(definition_name(*candidate)).second) {
                    parents_.push_back(candidate);
                    queue.push_back(candidate.get());
                }
            }
        }
    }
}

DefinitionPointer NameLint::follow(const WorkflowDefinition& from, const std::string& path) const {
    DefinitionPointer found;
    const WorkflowDefinition* here = &from;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const auto* child = here->children.find(path.substr(start, end - start));
        found = child == nullptr
                    ? nullptr
                    : context_.catalog.find(child->family, child->machine, child->version);
        if (!found) {
            return nullptr;
        }
        here = found.get();
        start = end + 1;
    }
    return found;
}

DefinitionPointer NameLint::find_list(const Children& children) const {
    if (children.of == Relation::own) {
        return follow(definition_, children.path);
    }
    for (const auto& parent : parents_) {
        if (auto found = follow(*parent, children.path)) {
            return found;
        }
    }
    return nullptr;
}

/// A value of the event must be one that the event takes.
void NameLint::payload_field(const std::string& name) {
    field(name);
    if (transition_ == nullptr) {
        return;
    }
    const auto has = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (!has(transition_->takes) && !has(transition_->may_take)) {
        findings_.error("payload_not_taken", path_,
                        fmt::format("Si legge «{}» dall'atto, che però non lo riceve.", name));
    }
}

void NameLint::lint_transitions() {
    for (const BranchPlace& place : find_branches(definition_)) {
        path_ = place.path;
        transition_ = place.transition;
        if (!place.branch->target.empty()) {
            state(place.branch->target);
        }
        for (const Action& action : place.branch->actions) {
            std::visit(*this, action.verb);
        }
        if (place.transition == nullptr) {
            continue;
        }
        for (const std::string& name : place.transition->by) {
            role(name);
        }
        for (const auto* names : {&place.transition->takes, &place.transition->may_take}) {
            for (const std::string& name : *names) {
                field(name);
            }
        }
    }
    transition_ = nullptr;
}

void NameLint::lint_due(const std::string& path, const DueRule& due) {
    path_ = path;
    for (const auto* one :
         {&due.on, &due.roll_holiday, &due.roll_saturday, &due.patron, &due.time}) {
        optional_source(*one);
    }
    if (!due.on) {
        source(due.count);
        source(due.from);
    }
}

void NameLint::lint_sections() {
    for (const auto& [name, one] : definition_.deadlines) {
        lint_due(fmt::format("deadlines/{}", name), one.due);
        for (const std::string& event_name : one.met_by) {
            event(event_name);
        }
        if (!one.reminder.empty()) {
            message(one.reminder);
        }
    }
    for (const auto& [name, one] : definition_.tasks) {
        path_ = fmt::format("tasks/{}", name);
        role(one.role);
        if (one.due) {
            lint_due(path_, *one.due);
        }
    }
    for (const auto& [name, one] : definition_.documents) {
        path_ = fmt::format("documents/{}", name);
        for (const std::string& role_name : one.by) {
            role(role_name);
        }
        if (!one.signed_by.empty()) {
            role(one.signed_by);
        }
    }
    for (const auto& [name, one] : definition_.messages) {
        path_ = fmt::format("messages/{}", name);
        if (one.to != "party") {
            role(one.to);
        }
        if (!context_.has_template(one.template_name)) {
            report("unknown_template", "il modello", one.template_name);
        }
    }
    for (const auto& [name, one] : definition_.children) {
        path_ = fmt::format("children/{}", name);
        if (!context_.catalog.find(one.family, one.machine, one.version)) {
            report("unknown_definition", "la definizione",
                   fmt::format("{}/{}@{}", one.family, one.machine, one.version));
        }
    }
}

void NameLint::lint_unused() {
    const auto warn = [&](const char* section, const auto& names, std::string_view what) {
        for (const auto& [name, one] : names) {
            const std::string path = fmt::format("{}/{}", section, name);
            if (!used_.contains(path)) {
                findings_.warning("unused", path,
                                  fmt::format("{} «{}» non serve a niente.", what, one.title));
            }
        }
    };
    warn("tasks", definition_.tasks, "Il compito");
    warn("documents", definition_.documents, "Il documento");
    warn("messages", definition_.messages, "Il messaggio");
    warn("children", definition_.children, "L'elenco");
    for (const auto& [name, one] : definition_.deadlines) {
        if (!started_.contains(name)) {
            findings_.error("deadline_never_starts", fmt::format("deadlines/{}", name),
                            fmt::format("Il termine «{}» non decorre mai.", one.title));
        }
    }
}

void NameLint::run() {
    path_ = "initial";
    state(definition_.initial);
    if (definition_.opening) {
        path_ = "opening";
        for (const std::string& name : definition_.opening->by) {
            role(name);
        }
        for (const auto* names : {&definition_.opening->takes, &definition_.opening->may_take}) {
            for (const std::string& name : *names) {
                field(name);
            }
        }
    }
    lint_sections();
    lint_transitions();
    for (const auto& [name, one] : definition_.states) {
        path_ = fmt::format("states/{}/entry", name);
        for (const Action& action : one.entry) {
            std::visit(*this, action.verb);
        }
        for (const auto& [deadline_name, branches] : one.after) {
            path_ = fmt::format("states/{}/after/{}", name, deadline_name);
            deadline(deadline_name);
        }
    }
    for (const auto& [name, one] : definition_.deadlines) {
        path_ = fmt::format("deadlines/{}/on_due", name);
        for (const Action& action : one.on_due) {
            std::visit(*this, action.verb);
        }
    }
    for (const auto& [event_name, one] : definition_.shared) {
        path_ = fmt::format("shared/{}", event_name);
        for (const auto* names : {&one.in, &one.except}) {
            for (const std::string& name : *names) {
                state(name);
            }
        }
    }
    for_each_predicate(definition_, [&](const std::string& path, const Predicate& predicate) {
        path_ = path;
        std::visit(*this, predicate);
    });
    lint_unused();
}

}  // namespace

void lint_names(const WorkflowDefinition& definition, const LintContext& context,
                Findings& findings) {
    NameLint(definition, context, findings).run();
}

}  // namespace engine::definition
