// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/compile_action.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/guards.h"

namespace engine::proof {

std::vector<Step> ActionCompiler::compile(const std::vector<Action>& actions,
                                          const TransitionDefinition* transition,
                                          const std::vector<Slot>* slots) {
    transition_ = transition;
    slots_ = slots;
    steps_.clear();
    for (const Action& action : actions) {
        const std::size_t before = steps_.size();
        std::visit(*this, action.verb);
        for (std::size_t index = before; action.when && index < steps_.size(); ++index) {
            Condition when = guards_.compile(*action.when, slots);
            if (!steps_[index].when.empty()) {
                Condition all;
                all.shape = Condition::Shape::all;
                all.parts = {std::move(when), std::move(steps_[index].when.front())};
                when = std::move(all);
            }
            steps_[index].when = {std::move(when)};
        }
    }
    return std::move(steps_);
}

/// A term that cannot be computed refuses the act.
void ActionCompiler::require(const ValueSource& source) {
    Step step;
    step.verb = Step::Verb::impossible;
    if (source.scope == SourceScope::deadline) {
        step.at = model_.layout.find(Kind::deadline, place_, source.name);
        if (step.at != kNowhere) {
            Condition absent;
            absent.shape = Condition::Shape::byte;
            absent.at = step.at;
            absent.table = {Truth::yes, Truth::no, Truth::no, Truth::no, Truth::no, Truth::yes};
            step.when = {std::move(absent)};
            add(std::move(step));
        }
    } else if (const Truth is_there = guards_.is_available(source); is_there <= Truth::unknown) {
        Condition absent;
        absent.fixed = opposite(is_there);
        step.when = {std::move(absent)};
        add(std::move(step));
    }
}

void ActionCompiler::operator()(const StartDeadline& a) {
    const DueRule& due = machine_.deadlines.find(a.deadline)->due;
    if (place_ == scene_.focus) {
        require(due.on ? *due.on : due.from);
        if (!due.on) {
            require(due.count);
        }
    }
    add_term(Step::Verb::start, a.deadline);
}

void ActionCompiler::add_term(Step::Verb verb, const std::string& deadline) {
    Step step;
    step.verb = verb;
    step.at = model_.layout.find(Kind::deadline, place_, deadline);
    const auto& duties = model_.obligations;
    const auto duty = std::find(duties.begin(), duties.end(), deadline);
    const bool is_duty = place_ == scene_.focus && duty != duties.end();
    step.value = is_duty ? static_cast<unsigned char>(1 + (duty - duties.begin())) : 0;
    if (step.at != kNowhere || is_duty) {
        add(std::move(step));
    }
}

void ActionCompiler::operator()(const SuspendDeadline& a) {
    Step step;
    step.verb = Step::Verb::suspend;
    step.at = model_.layout.find(Kind::deadline, place_, a.deadline);
    const bool has_end = a.days.has_value() || a.until.has_value();
    step.value = has_end ? static_cast<unsigned char>(running)
                         : static_cast<unsigned char>(suspended + static_cast<int>(a.ground));
    const auto name = fmt::format("{}:{}", a.deadline, calendar::suspension_ground_name(a.ground));
    step.from = model_.layout.find(Kind::ground, place_, name);
    if (step.at != kNowhere || step.from != kNowhere) {
        add(std::move(step));
    }
}

void ActionCompiler::operator()(const EndSuspension& a) {
    Step step;
    step.verb = Step::Verb::resume;
    step.at = model_.layout.find(Kind::deadline, place_, a.deadline);
    step.value = static_cast<unsigned char>(suspended + static_cast<int>(a.ground));
    if (step.at != kNowhere) {
        add(std::move(step));
    }
}

void ActionCompiler::add_task(const std::string& task, Step::Verb verb, unsigned char value) {
    Step step;
    step.verb = verb;
    step.at = model_.layout.find(Kind::task, place_, task);
    step.value = value;
    if (step.at != kNowhere) {
        add(std::move(step));
    }
}

void ActionCompiler::add_paper(const std::string& document, Step::Verb verb) {
    Step step;
    step.verb = verb;
    step.at = model_.layout.find(Kind::document, place_, document);
    const auto* known = machine_.documents.find(document);
    if (step.at == kNowhere && place_ == scene_.focus && !has_office_role(machine_, known->by)) {
        // Nothing asks for it, and yet the act is refused without it.
        step.verb = has_party_role(machine_, known->by) ? verb : Step::Verb::impossible;
    }
    if (step.at != kNowhere || step.verb == Step::Verb::impossible) {
        add(std::move(step));
    }
}

/// Whether the fields that the event must have come along.
Truth ActionCompiler::reaches(const MachineModel& target, std::size_t event,
                              const Carried& with) const {
    const auto& takes = target.events[event].transition->takes;
    const auto is_carried = [&](const std::string& field) {
        return std::any_of(with.begin(), with.end(),
                           [&](const auto& one) { return one.first == field; });
    };
    const bool comes_along = std::all_of(takes.begin(), takes.end(), [&](const auto& field) {
        return is_carried(field) || (transition_ != nullptr && has_name(transition_->takes, field));
    });
    const bool may_come = std::all_of(takes.begin(), takes.end(), [&](const auto& field) {
        return is_carried(field) || transition_ == nullptr || has_name(transition_->takes, field) ||
               has_name(transition_->may_take, field);
    });
    return takes.empty() || comes_along ? Truth::yes : may_come ? Truth::maybe : Truth::no;
}

void ActionCompiler::operator()(const OpenChild& a) {
    Step step;
    step.verb = Step::Verb::open_child;
    step.place = scene_.find_child(place_, a.child);
    if (step.place == kNowhere) {
        return;
    }
    step.arrives = a.for_each ? Truth::maybe : Truth::yes;  // there may be nobody to open for
    const MachineModel& child = model_.machines[step.place];
    for (const std::size_t event : child.states[child.initial].events) {
        if (child.events[event].name == a.event) {
            step.event = event;
        }
    }
    for (const auto& [name, field] : scene_.places[step.place].definition->fields) {
        Step given;
        given.at = model_.layout.find(Kind::value, step.place, name);
        if (given.at != kNowhere) {
            given.verb = Step::Verb::put_any;
            given.values = codes_given(name, field, given.at, a.with);
            step.inside.push_back(std::move(given));
        }
    }
    add(std::move(step));
}

/// What a field of the new instance may be, by the schemas of both machines.
std::vector<unsigned char> ActionCompiler::codes_given(const std::string& name,
                                                       const FieldDefinition& field, std::size_t at,
                                                       const Carried& with) const {
    if (std::any_of(with.begin(), with.end(), [&](const auto& one) { return one.first == name; })) {
        return every_code(at);
    }
    if (transition_ == nullptr) {
        return {kEmpty};
    }
    const bool is_taken = has_name(transition_->takes, name);
    const auto* sent = machine_.fields.find(name);
    if (sent == nullptr || (!is_taken && !has_name(transition_->may_take, name))) {
        return {kEmpty};
    }
    std::vector<unsigned char> codes;
    const auto& options = model_.options[at];
    for (std::size_t index = 0; index < options.size(); ++index) {
        if (accepts(field, options[index]) && accepts(*sent, options[index])) {
            codes.push_back(static_cast<unsigned char>(kFirstOption + index));
        }
    }
    if (accepts_another(field, options) && accepts_another(*sent, options)) {
        codes.push_back(kOther);
    }
    if (!is_taken || codes.empty()) {
        codes.push_back(kEmpty);
    }
    return codes;
}

void ActionCompiler::operator()(const Signal& a) {
    Step step;
    step.verb = Step::Verb::send_signal;
    step.place = a.to == SignalTarget::children               ? scene_.find_path(place_, a.path)
                 : a.to == SignalTarget::parent && place_ > 0 ? place_ - 1
                                                              : kNowhere;
    if (step.place == kNowhere) {
        return;
    }
    const auto& definition = *scene_.places[step.place].definition;
    step.states.push_back(false);
    for (const auto& [name, state] : definition.states) {
        step.states.push_back(a.in.empty() || a.to == SignalTarget::parent || has_name(a.in, name));
    }
    // The event may be another transition in each state: each is tried where it stands.
    const MachineModel& target = model_.machines[step.place];
    for (std::size_t event = 0; event < target.events.size(); ++event) {
        if (target.events[event].name != a.event) {
            continue;
        }
        Step one = step;
        one.event = event;
        one.arrives =
            both(reaches(target, event, a.with), a.same_party ? Truth::maybe : Truth::yes);
        for (std::size_t state = 0; state < target.states.size(); ++state) {
            const auto& known = target.states[state].events;
            if (std::find(known.begin(), known.end(), event) == known.end()) {
                one.states[state + 1] = false;
            }
        }
        if (one.arrives != Truth::no) {
            add(std::move(one));
        }
    }
}

unsigned char ActionCompiler::code_of(std::size_t at, const std::string& json) const {
    if (is_empty_json(json)) {
        return kEmpty;
    }
    const auto& options = model_.options[at];
    const auto found = std::find(options.begin(), options.end(), json);
    return found == options.end()
               ? kOther
               : static_cast<unsigned char>(kFirstOption + (found - options.begin()));
}

std::vector<unsigned char> ActionCompiler::every_code(std::size_t at) const {
    std::vector<unsigned char> codes;
    for (std::size_t code = 0; code < kFirstOption + model_.options[at].size(); ++code) {
        codes.push_back(static_cast<unsigned char>(code));
    }
    return codes;
}

std::vector<unsigned char> ActionCompiler::translate(const std::vector<std::string>& from,
                                                     std::size_t at) const {
    std::vector<unsigned char> codes{kEmpty, kOther};
    for (const std::string& option : from) {
        codes.push_back(code_of(at, option));
    }
    return codes;
}

void ActionCompiler::put_other(const std::string& field) {
    Step step;
    step.at = model_.layout.find(Kind::value, place_, field);
    step.value = kOther;
    if (step.at != kNowhere) {
        add(std::move(step));
    }
}

void ActionCompiler::operator()(const SetValue& a) {
    Step step;
    step.at = model_.layout.find(Kind::value, place_, a.field);
    if (step.at == kNowhere) {
        return;
    }
    if (a.value.scope == SourceScope::constant) {
        step.value = code_of(step.at, a.value.name);
        return add(std::move(step));
    }
    if (a.value.scope == SourceScope::now || a.value.scope == SourceScope::instant) {
        return put_other(a.field);
    }
    const std::size_t from = guards_.find_byte(a.value);
    if (from != kNowhere && a.value.scope != SourceScope::initiative) {
        step.verb = Step::Verb::copy;
        step.from = from;
        step.values = translate(model_.options[from], step.at);
        return add(std::move(step));
    }
    if (a.value.scope == SourceScope::payload && slots_ != nullptr) {
        for (std::size_t slot = 0; slot < slots_->size(); ++slot) {
            const auto known = tracking_.options.find({place_, a.value.name});
            if ((*slots_)[slot].field == a.value.name && known != tracking_.options.end()) {
                step.verb = Step::Verb::take;
                step.from = slot;
                step.values = translate(known->second, step.at);
                return add(std::move(step));
            }
        }
    }
    if (guards_.is_available(a.value) == Truth::no) {
        return;  // nothing to read: the value stays as it is
    }
    step.verb = Step::Verb::put_any;
    step.values = every_code(step.at);
    step.hangs_on_kin = scene_.is_alone && (a.value.scope == SourceScope::parent ||
                                            a.value.scope == SourceScope::root);
    add(std::move(step));
}

}  // namespace engine::proof
