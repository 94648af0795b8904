// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/calendar/legal_date.h"
#include "engine/proof/scene.h"

namespace engine::proof {

/// A document as the script has made it.
struct ScriptPaper {
    bool is_signed = false;
    bool is_published = false;
    std::string sha256;
};

/// A child that a machine has opened by itself, or that an act has.
struct OpenedChild {
    std::string event;  ///< with which it begins; empty when it only stands there
    base::Fields with;
};

/// An instance of the script.
struct ScriptInstance {
    std::string party;     ///< alias of its body
    std::string state;     ///< of one beside the line; the proof knows where the others stand
    std::string previous;  ///< where that one came from
    std::string alias;     ///< empty when the script cannot name it
    base::Fields values;
    std::map<std::string, std::optional<calendar::LegalDate>> dues;
    std::map<std::string, ScriptPaper> papers;
    std::map<std::string, std::set<std::string>> performed;  ///< acts, with who did them
    std::map<std::string, std::vector<OpenedChild>> opened;  ///< one by one, by list
};

/// What the writer of a script keeps in mind: the day, and the values and terms that its own lines
/// have made.
class ScriptWorld {
  public:
    ScriptWorld(const Scene& scene, const base::Fields& initiative);

    calendar::LegalDate today() const { return today_; }
    void set_today(calendar::LegalDate day) { today_ = day; }
    ScriptInstance& at(std::size_t place) { return instances_[place]; }
    const ScriptInstance& at(std::size_t place) const { return instances_[place]; }
    /// The scene has one place more.
    void add_place() { instances_.emplace_back(); }

    /// What a source gives, as JSON; absent when the script does not know.
    std::optional<std::string> find(const ValueSource& source, std::size_t place,
                                    const base::Fields& payload) const;
    std::optional<calendar::LegalDate> find_date(const ValueSource& source, std::size_t place,
                                                 const base::Fields& payload) const;
    std::optional<int> find_count(const ValueSource& source, std::size_t place,
                                  const base::Fields& payload) const;

    /// Whether the guard cannot come out as `wanted`, by the values that are kept and by the
    /// initiative's parameters, which never change.
    bool rules_out(const Guard& guard, std::size_t place, bool wanted) const;

    /// Does what actions do to values, terms, documents and children; not those that are ruled out.
    void run(const std::vector<Action>& actions, std::size_t place, const base::Fields& payload);
    void start(const std::string& deadline, std::size_t place, const base::Fields& payload);

  private:
    std::optional<bool> decide(const Predicate& predicate, std::size_t place) const;
    void run_one(const ActionVerb& verb, std::size_t place, const base::Fields& payload);

    const Scene& scene_;
    const base::Fields& initiative_;
    calendar::LegalDate today_;
    std::vector<ScriptInstance> instances_;
};

}  // namespace engine::proof
