// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/finisher.h"

#include <fmt/format.h>

#include "engine/base/sha256.h"

namespace tests::simulation {

using engine::base::InstanceId;
using engine::machine::Command;
using engine::machine::DeadlineStatus;
using engine::machine::InstanceRecord;
namespace definition = engine::definition;

namespace {

/// Payloads tried for each act and role: a guard may want one value among a few.
constexpr int kTries = 4;

class Finisher {
  public:
    Finisher(SimulatedWorld& world, const WalkRules& rules, std::uint64_t seed)
        : world_(world), rules_(rules), dice_(seed) {}

    /// Whether some act on the instance is accepted.
    bool moves(const InstanceRecord& record) {
        const auto machine = world_.catalog().find_by_hash(record.instance.definition_sha256);
        add_documents(*machine, record);
        // A document, or what was due before it, may have moved it already.
        if (world_.engine().queries().view(record.instance.id)->record.instance.state !=
            record.instance.state) {
            return true;
        }
        for (const std::string& event : machine->events_of(record.instance.state)) {
            const auto* transition = machine->find_transition(record.instance.state, event);
            for (const std::string& role : transition->by) {
                if (try_act(*machine, record, event, role)) {
                    return true;
                }
            }
        }
        return false;
    }

  private:
    Command make(const InstanceRecord& record, const std::string& role) const {
        Command command;
        command.instance = record.instance.id;
        command.actor = {"px", role, record.instance.office,
                         record.instance.party.empty() ? "A" : record.instance.party};
        command.received_at = world_.now();
        return command;
    }

    void add_documents(const definition::WorkflowDefinition& machine,
                       const InstanceRecord& record) {
        for (const auto& [name, document] : machine.documents) {
            Command command = make(record, document.by.front());
            command.event = engine::machine::kEventRecordDocument;
            command.payload["documento"] = engine::base::render_text(name);
            command.payload["sha256"] = engine::base::render_text(engine::base::sha256_hex("a"));
            if (!document.signed_by.empty()) {
                command.payload["firmato_da"] = engine::base::render_text(document.signed_by);
            }
            // Refused only where it may not be added any more: then it is not what is missing.
            static_cast<void>(world_.engine().execute(command));
        }
    }

    bool try_act(const definition::WorkflowDefinition& machine, const InstanceRecord& record,
                 const std::string& event, const std::string& role) {
        const auto* transition = machine.find_transition(record.instance.state, event);
        const auto today = engine::calendar::legal_date_of(world_.now());
        for (int number = 0; number < kTries; ++number) {
            Command command = make(record, role);
            command.event = event;
            for (const auto* names : {&transition->takes, &transition->may_take}) {
                for (const std::string& name : *names) {
                    command.payload[name] =
                        make_value(dice_, *machine.fields.find(name), name, rules_.pool, today);
                }
            }
            if (world_.engine().execute(command)) {
                return true;
            }
        }
        return false;
    }

    SimulatedWorld& world_;
    const WalkRules& rules_;
    Dice dice_;
};

/// A deadline that runs here or anywhere above or below may still move things.
bool waits_for_time(const Shadow& shadow, const InstanceId& top) {
    for (const InstanceId& id : shadow.instances()) {
        const InstanceRecord* record = shadow.find(id);
        const InstanceRecord* above = record;
        while (!above->instance.parent.empty()) {
            above = shadow.find(above->instance.parent);
        }
        if (above->instance.id != top) {
            continue;
        }
        for (const auto& [key, deadline] : record->deadlines) {
            if (deadline.status == DeadlineStatus::running) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

std::string find_stuck(SimulatedWorld& world, const Shadow& shadow, const WalkRules& rules,
                       std::uint64_t seed) {
    Finisher finisher(world, rules, seed);
    for (const InstanceId& id : shadow.instances()) {
        const auto view = world.engine().queries().view(id);
        const InstanceRecord& record = view->record;
        if (record.instance.is_final || view->definition->is_lasting) {
            continue;
        }
        const InstanceRecord* top = shadow.find(id);
        while (!top->instance.parent.empty()) {
            top = shadow.find(top->instance.parent);
        }
        if (!finisher.moves(record) && !waits_for_time(shadow, top->instance.id)) {
            return fmt::format("{} nello stato {} (ufficio «{}», ente «{}») non ha via d'uscita",
                               record.instance.machine, record.instance.state,
                               record.instance.office, record.instance.party);
        }
    }
    return "";
}

}  // namespace tests::simulation
