// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/proof/scene.h"
#include "engine/proof/truth.h"

// A scene made small: everything that decides where its instances can go, each thing in one byte.
// What does not fit (dates, checks, texts) is `maybe`.

namespace engine::proof {

/// What a byte tells.
enum class Kind : std::uint8_t {
    state,       ///< 0 before it is opened, else 1 + place in the file
    previous,    ///< the same, of the state it came from
    others,      ///< 1 when its list has held others besides the one that is followed
    deadline,    ///< a Term
    ground,      ///< 1 when the deadline has been suspended on that ground
    document,    ///< Paper bits of the latest version
    value,       ///< 0 absent or empty, 1 another value, 2 + place among the options
    task,        ///< Duty bits
    performed,   ///< 1 when somebody performed it
    persons,     ///< bit p: there is somebody whose deeds are the pattern p
    initiative,  ///< as value, of a parameter that never changes
};

enum Term : unsigned char { never, running, passed, cancelled, met, suspended };
/// A suspended deadline remembers on which ground: suspended + ground.
inline constexpr unsigned char kGrounds = 4;

enum Paper : unsigned char { present = 1, is_signed = 2, published = 4, frozen = 8 };
enum Duty : unsigned char { open_duty = 1, done_duty = 2 };

/// Codes of a value that arrives with an act.
inline constexpr unsigned char kEmpty = 0;
inline constexpr unsigned char kOther = 1;
inline constexpr unsigned char kFirstOption = 2;
inline constexpr unsigned char kNotGiven = 255;

struct Variable {
    Kind kind = Kind::state;
    std::size_t place = 0;
    std::string name;
};

/// Which byte is which; a byte is added once.
class Layout {
  public:
    std::size_t add(Kind kind, std::size_t place, const std::string& name) {
        const auto [entry, is_new] = places_.try_emplace({kind, place, name}, variables_.size());
        if (is_new) {
            variables_.push_back({kind, place, name});
        }
        return entry->second;
    }
    std::size_t find(Kind kind, std::size_t place, const std::string& name) const {
        const auto found = places_.find({kind, place, name});
        return found == places_.end() ? kNowhere : found->second;
    }
    const std::vector<Variable>& variables() const { return variables_; }

  private:
    std::map<std::tuple<Kind, std::size_t, std::string>, std::size_t> places_;
    std::vector<Variable> variables_;
};

/// Where all the instances of a scene are: one byte for each variable.
using Config = std::string;

/// A byte that is not followed this time: it stays so whatever happens.
inline constexpr unsigned char kHidden = 255;

inline unsigned char read(const Config& config, std::size_t at) {
    return static_cast<unsigned char>(config[at]);
}
inline void write(Config& config, std::size_t at, unsigned char value) {
    if (read(config, at) != kHidden) {
        config[at] = static_cast<char>(value);
    }
}

/// A guard that looks at bytes.
struct Condition {
    enum class Shape : std::uint8_t { all, any, negation, fixed, byte, payload, children, person };
    Shape shape = Shape::fixed;
    std::vector<Condition> parts;
    Truth fixed = Truth::yes;
    std::size_t at = 0;  ///< of byte; slot of payload; place of children
    /// By value of the byte (the last entry for all above); of children: whether a state counts.
    std::vector<Truth> table;
    enum class Ask : std::uint8_t { count, every, party, no_party };
    Ask ask = Ask::count;
    std::size_t owner = 0;  ///< of children: the place that asks
    std::int64_t at_least = 0;
    std::int64_t at_most = std::numeric_limits<std::int64_t>::max();
    /// Of others that no script brings together: below one's children, or of several offices.
    bool is_out_of_reach = false;
    unsigned mask = 0;  ///< of person: deeds, one of which
    bool wants_deed = true;
};

/// An action that changes bytes or sends something.
struct Step {
    enum class Verb : std::uint8_t {
        put,      ///< at := value
        put_any,  ///< at := one of values
        copy,     ///< at := values[byte `from`]
        take,     ///< at := values[payload slot `from`]; nothing when not given
        start,
        move,
        reopen,
        cancel,
        suspend,
        resume,
        add_bits,     ///< at |= value
        end_task,     ///< an open one becomes `value`
        publish,      ///< refused without a document
        need_paper,   ///< the same for freezing
        impossible,   ///< the act is refused
        open_child,   ///< place
        send_signal,  ///< event to place, when its state is among table
    };
    Verb verb = Verb::put;
    std::size_t at = kNowhere;
    std::size_t from = 0;
    unsigned char value = 0;
    std::vector<unsigned char> values;
    std::size_t place = 0;
    std::size_t event = kNowhere;
    std::vector<bool> states;  ///< of send_signal: by state byte
    Truth arrives = Truth::yes;
    bool hangs_on_kin = false;    ///< of put_any: which value, those know who are left out
    std::vector<Condition> when;  ///< none or one
    std::vector<Step> inside;     ///< of open_child: what the act gives to the new instance
};

inline constexpr std::size_t kStays = kNowhere;
inline constexpr std::size_t kPrevious = kNowhere - 1;

struct Way {
    std::vector<Condition> guard;  ///< none or one
    std::vector<Step> steps;
    std::size_t target = kStays;  ///< a state's place in the file
    const Branch* branch = nullptr;
    std::size_t id = 0;  ///< among the ways of the machine
};

/// A field of an act whose value decides something.
struct Slot {
    std::string field;
    std::vector<unsigned char> codes;  ///< what may arrive
    std::size_t own = kNowhere;        ///< the byte that keeps it
};

struct Event {
    std::string name;
    const TransitionDefinition* transition = nullptr;
    bool is_for_office = false;
    bool is_for_party = false;
    bool asks_who = false;  ///< some condition looks at who acts
    std::vector<Slot> slots;
    std::vector<Way> ways;
    std::size_t performed = kNowhere;                 ///< the byte that remembers it
    unsigned deed = 0;                                ///< its bit in a pattern of deeds
    std::vector<std::pair<std::size_t, bool>> meets;  ///< deadlines; whether they come back
    std::uint64_t obligations = 0;                    ///< met by it, as bits
};

struct After {
    std::string deadline;
    std::size_t at = kNowhere;  ///< kNowhere: not followed, may pass at any time
    std::vector<Way> ways;
};

struct StateModel {
    std::vector<std::size_t> events;
    std::vector<After> after;
    std::vector<Way> automatic;
    std::vector<Step> entry;
    bool is_final = false;
    bool uses_previous = false;
    unsigned obtainable = 0;        ///< deeds that anybody can do here at any time
    std::vector<std::size_t> dead;  ///< bytes that nothing will read again
};

/// A deadline that is followed.
struct TermModel {
    std::size_t at = 0;
    std::string name;
    bool comes_back = false;
    std::vector<Step> on_due;
};

/// A document whose versions are followed.
struct PaperModel {
    std::size_t at = 0;
    std::string name;
    unsigned char relevant = 0;
    bool is_for_office = false;
    bool is_for_party = false;
    bool is_signed_by_office = false;
    bool is_signed_by_party = false;
    std::vector<bool> states;  ///< where a version may be added, by state byte
    bool is_final_once_frozen = false;
};

struct TaskModel {
    std::size_t at = 0;
    std::string name;
    bool is_for_office = true;
    std::vector<bool> by_hand;  ///< by state (0: none): nothing but a person ends it there
};

/// A machine at its place in the scene.
struct MachineModel {
    std::vector<StateModel> states;
    std::vector<Event> events;
    std::vector<Slot> opening;
    std::size_t initial = 0;
    bool has_automatic = false;
    std::vector<TermModel> terms;
    std::vector<PaperModel> papers;
    std::vector<TaskModel> tasks;
    std::vector<Step> from_others;  ///< signals that others of its list may send
    /// Signals from children that the scene does not follow; whether the office can cause them.
    std::vector<std::pair<Step, bool>> from_below;
    std::size_t state = 0;  ///< bytes
    std::size_t previous = kNowhere;
    std::size_t others = kNowhere;
};

struct Model {
    Layout layout;
    std::vector<MachineModel> machines;             ///< by place
    std::vector<std::vector<std::string>> options;  ///< of value bytes, by byte; JSON texts
    std::size_t persons = kNowhere;
    unsigned remembered_deeds = 0;         ///< those that the persons byte follows
    std::vector<std::string> obligations;  ///< names, by bit
    std::size_t ways = 0;                  ///< how many the focus has
    std::vector<bool> is_hidden;           ///< by byte; empty when every byte is followed

    /// Whether the byte is there and is not hidden: what it tells happens in moves of its own.
    bool follows(std::size_t at) const {
        return at != kNowhere && (is_hidden.empty() || !is_hidden[at]);
    }

    /// Nothing is opened yet.
    Config make_blank() const {
        Config config(layout.variables().size(), '\0');
        for (std::size_t at = 0; at < is_hidden.size(); ++at) {
            config[at] = static_cast<char>(is_hidden[at] ? kHidden : 0);
        }
        return config;
    }
};

}  // namespace engine::proof
