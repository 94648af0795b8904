// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "engine/definition/kin.h"
#include "engine/definition/lint_findings.h"
#include "engine/definition/walk.h"

namespace engine::definition {

/// Checks each name of a definition against what defines it, and remembers what was used: one
/// overload for each action and predicate.
class NameLint {
  public:
    NameLint(const WorkflowDefinition& definition, const LintContext& context, Findings& findings)
        : definition_(definition),
          context_(context),
          findings_(findings),
          parents_(find_ancestors(context.catalog, definition)) {}

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
        const bool has_limit = a.days.has_value() || a.until.has_value();
        if (!has_limit && a.ground != calendar::SuspensionGround::provvedimento &&
            a.ground != calendar::SuspensionGround::legge) {
            findings_.error("suspension_without_limit", path_,
                            "Per questo motivo la legge limita la sospensione: serve «days» o "
                            "«until».");
        }
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
        sources(a.with);
        if (a.for_each) {
            children(*a.for_each);
        }
        if (known(definition_.children, a.child, "unknown_child", "l'elenco di figli")) {
            used_.insert("children/" + a.child);
            carried_to(follow_path(context_.catalog, definition_, a.child), a.with);
            if (!a.event.empty()) {
                child_event(Relation::own, a.child, a.event);
            }
        }
    }
    void operator()(const Signal& a) {
        sources(a.with);
        if (a.to == SignalTarget::children) {
            list_path(a.path);
            child_event(Relation::own, a.path, a.event);
            const auto child = follow_path(context_.catalog, definition_, a.path);
            carried_to(child, a.with);
            states_of(child.get(), a.in);
        } else if (a.to == SignalTarget::parent) {
            parent_event(a.event);
            states_of_parents(a.in);
            for (const auto& [name, value] : a.with) {
                parent_field(name);
            }
        } else {
            event(a.event);
            states_of(&definition_, a.in);
            for (const auto& [name, value] : a.with) {
                field(name);
            }
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
    void operator()(const AppendValue& a) { field(a.field), source(a.value); }
    void operator()(const ComputeValue& a) {
        field(a.field);
        if (!context_.has_computation(a.name, a.version)) {
            report("unknown_computation", "il calcolo", fmt::format("{}@{}", a.name, a.version));
        }
    }
    void operator()(const RecordSilence& a) { deadline(a.deadline), source(a.counts_as); }

    // ---- predicates -----------------------------------------------------------------------
    void operator()(const DeadlineOpen& p) { deadline_reference(p.deadline); }
    void operator()(const DeadlinePassed& p) { deadline_reference(p.deadline); }
    void operator()(const WithinTerm& p) {
        deadline(p.deadline);
        started_.insert(p.deadline);  // it is computed, even where it never runs
    }
    void operator()(const DeadlineMet& p) { deadline_reference(p.deadline); }
    void operator()(const SuspensionUnused& p) { deadline(p.deadline); }
    void operator()(const DocumentPresent& p) { document(p.document, false); }
    void operator()(const DocumentSigned& p) { document(p.document, true); }
    void operator()(const DocumentPublished& p) { document(p.document, false); }
    void operator()(const DocumentVersionIs& p) { document(p.document, false), source(p.value); }
    void operator()(const ValuePresent& p) { source(p.value); }
    void operator()(const ValueIn& p) { source(p.value); }
    void operator()(const DateAtLeast& p) { source(p.date), source(p.from), source(p.plus_days); }
    void operator()(const ChildrenCount& p) {
        children(p.children);
        optional_source(p.at_least);
        optional_source(p.at_most);
    }
    void operator()(const ChildrenAll& p) { children(p.children); }
    void operator()(const PartyAmong& p) { children(p.children); }
    void operator()(const PartyNotAmong& p) { children(p.children); }
    void operator()(const ParentIn& p) { states_of_parents(p.states); }
    void operator()(const ActorPerformed& p) { events_of(p.of, p.events); }
    void operator()(const EventPerformed& p) { events_of(p.of, p.events); }
    void operator()(const ActorNotPerformed& p) {
        for (const std::string& name : p.events) {
            if (!p.path.empty()) {
                child_event(p.of, p.path, name);
            } else {
                p.of == Relation::own ? event(name) : parent_event(name);
            }
        }
    }
    void operator()(const TaskDone& p) { task(p.task); }
    void operator()(const LaterThan& p) { source(p.value), source(p.than); }
    void operator()(const ActorIs& p) { source(p.person); }
    void operator()(const CheckPassed& p) {
        if (!context_.has_check(p.name, p.version)) {
            report("unknown_check", "il controllo", fmt::format("{}@{}", p.name, p.version));
        }
    }

  private:
    void lint_guard(const Guard& guard);
    void lint_guard_at(const std::string& suffix, const Guard& guard);
    void lint_actions(const std::vector<Action>& actions, const std::string& suffix);
    void lint_transitions();
    void lint_sections();
    void lint_holders();
    void lint_migration();
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
            case SourceScope::parent_deadline:
                return deadline_reference({value.name, Relation::parent});
            case SourceScope::parent:
            case SourceScope::root: return parent_field(value.name);
            case SourceScope::constant:
            case SourceScope::now:
            case SourceScope::instant:
            case SourceScope::initiative: return;
        }
    }
    void payload_field(const std::string& name);
    void parent_field(const std::string& name) {
        in_parents("unknown_field", "il campo", name,
                   [&](const WorkflowDefinition& parent) { return parent.fields.contains(name); });
    }
    void sources(const Carried& carried) {
        for (const auto& [name, value] : carried) {
            source(value);
        }
    }
    /// What travels must be a field where it arrives.
    void carried_to(const DefinitionPointer& child, const Carried& carried) {
        for (const auto& [name, value] : carried) {
            if (child && !child->fields.contains(name)) {
                report("unknown_field", "il campo", name);
            }
        }
    }
    void optional_source(const std::optional<ValueSource>& value) {
        if (value) {
            source(*value);
        }
    }
    void children(const Children& children) {
        optional_source(children.office);
        if (children.of == Relation::own) {
            list_path(children.path);
        }
        const auto child = find_list(children);
        states_of(child.get(), children.in);
        states_of(child.get(), children.not_in);
    }
    /// Names of states of a machine; null when the machine itself is not there, which is told.
    void states_of(const WorkflowDefinition* machine, const std::vector<std::string>& names) {
        for (const std::string& name : machine == nullptr ? std::vector<std::string>{} : names) {
            known(machine->states, name, "unknown_state", "lo stato");
        }
    }
    /// Names of states that any machine above has.
    void states_of_parents(const std::vector<std::string>& names) {
        for (const std::string& state : names) {
            in_parents(
                "unknown_state", "lo stato del procedimento", state,
                [&](const WorkflowDefinition& parent) { return parent.states.contains(state); });
        }
    }
    void list_path(const std::string& path) {
        const std::string first = path.substr(0, path.find('/'));
        known(definition_.children, first, "unknown_child", "l'elenco di figli");
    }
    DefinitionPointer find_list(const Children& children) const;
    void child_event(Relation of, const std::string& path, const std::string& name) {
        Children list;
        list.path = path;
        list.of = of;
        const auto child = find_list(list);
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
    /// Whether nothing arrives here: what time or the system does has no payload.
    bool is_without_payload_ = false;
    std::vector<DefinitionPointer> parents_;  ///< and their parents
    std::set<std::string> used_;
    std::set<std::string> started_;
};

}  // namespace engine::definition
