// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/simulation/shadow.h"
#include "tests/simulation/simulated_world.h"

namespace tests::simulation {

/// What must hold whatever people, clocks and disks do. `check_step` is cheap and comes after every
/// step: acts in time, once in the journal, refused ones without a trace, numbers unique and
/// gapless, nothing open in what has ended, tables as the journal says (of what the step touched).
/// `check_all` is costly and comes now and then: the whole of `verify`.
/// Every check gives what is wrong, as a sentence; empty when all is well.
class Invariants {
  public:
    using Answers = std::vector<engine::base::Result<engine::Outcome>>;

    /// `repeats_refused`: a refused command is sent again, which must change nothing.
    Invariants(SimulatedWorld& world, bool repeats_refused)
        : world_(world), repeats_refused_(repeats_refused) {}

    /// Takes in what the journals hold already.
    std::string begin();
    std::string check_step(const Step& step, const Answers& answers);
    std::string check_all();
    /// After the last step, with every message given to a good courier.
    std::string check_messages() const;

    const Shadow& shadow() const { return shadow_; }
    std::size_t accepted() const { return accepted_; }
    std::size_t refused() const { return refused_; }

  private:
    std::string take_entries(const Step& step,
                             std::vector<engine::machine::JournalEntry>& of_persons);
    std::string take_entry(const engine::machine::JournalEntry& entry);
    std::string take_effect(const engine::machine::JournalEntry& entry,
                            const engine::machine::Effect& effect);
    std::string check_record(const engine::base::InstanceId& id);
    std::string check_answer(const engine::machine::Command& command,
                             const engine::base::Result<engine::Outcome>& answer,
                             std::vector<engine::machine::JournalEntry>& of_persons);
    std::string check_refusal(const engine::machine::Command& command,
                              const engine::base::Error& error, bool is_alone);

    SimulatedWorld& world_;
    bool repeats_refused_;
    Shadow shadow_;
    std::map<std::tuple<std::string, std::string, int>, std::set<std::int64_t>> numbers_;
    std::map<std::string, engine::machine::MessageStatus> messages_;
    /// By key and person: the command that was answered, and its instance.
    std::map<std::pair<std::string, std::string>,
             std::pair<engine::machine::Command, engine::base::InstanceId>>
        answered_;
    std::size_t accepted_ = 0;
    std::size_t refused_ = 0;
};

}  // namespace tests::simulation
