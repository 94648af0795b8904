// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "engine/proof/compile.h"
#include "engine/proof/evaluate.h"

namespace engine::proof {

/// Follow-ups of one act that change something: more is a circle.
inline constexpr int kMaxFollowUps = 40;
/// Ways in which one act can go, counting everything that is `maybe`.
inline constexpr std::size_t kMaxCourses = 4000;

/// Something that happens by itself after an act.
struct FollowUp {
    enum class What : std::uint8_t { opening, signal, automatic };
    What what = What::automatic;
    std::size_t place = 0;
    const Step* step = nullptr;
};

/// One way an act goes, until nothing more follows.
struct Course {
    Config config;
    std::vector<FollowUp> queue;
    std::size_t next = 0;
    std::vector<FollowUp> openings;  ///< of the act being carried out
    std::vector<FollowUp> signals;
    std::uint64_t started = 0;  ///< obligations of the focus, as bits
    std::uint64_t met = 0;
    std::vector<std::size_t> opened;  ///< places that a new instance has taken
    std::vector<std::size_t> trail;   ///< what acted by itself: place, then its state
    const Way* way = nullptr;         ///< the first that was taken: the act's own, or the term's
    int follow_ups = 0;
    bool is_certain = true;  ///< nothing it hangs on is `maybe`
    bool is_far = false;     ///< it hangs on what no script brings together
    Hiding hiding;           ///< what it hangs on that is not followed
};

/// A circle of things that happen by themselves.
struct Circle {
    std::set<std::pair<std::size_t, std::size_t>> states;  ///< place and state

    auto operator<=>(const Circle&) const = default;
};

/// How an act comes into a circle.
struct Turn {
    const Way* way = nullptr;
    std::vector<std::size_t> opened;
};

/// Who acts and with what.
struct Doing {
    const Payload* payload = nullptr;
    unsigned deeds = 0;
};

/// Carries out acts on configurations.
class Performer {
  public:
    explicit Performer(const CompiledScene& compiled)
        : scene_(compiled.scene),
          model_(compiled.model),
          is_possible_(compiled.model.ways, false),
          is_possible_for_somebody_(compiled.model.ways, false) {}

    /// Takes the event where it stands; nothing when every way is refused.
    std::vector<Course> take_event(const Config& config, std::size_t place, std::size_t event,
                                   const Doing& doing);
    /// Takes the first of the ways that holds; the configuration as it is when `stays` and none
    /// does.
    std::vector<Course> take_ways(Course course, std::size_t place, const std::vector<Way>& ways,
                                  const Doing& doing, bool stays);
    /// Ends a deadline: what it causes, and where the state goes.
    std::vector<Course> pass(const Config& config, std::size_t place, const TermModel& term);
    /// The same for a deadline that is not followed: it may pass at any time.
    std::vector<Course> wait(const Config& config, std::size_t place, const After& after);
    /// Opens the first instance.
    std::vector<Course> open(const Config& config, const Payload& payload);
    /// Something happens beside the focus.
    std::vector<Course> send(const Config& config, const Step& signal);
    /// A configuration changed without an act (a document added): what follows.
    std::vector<Course> settle_after(const Config& config, std::size_t place);

    /// Ways of the focus that were possible at least once, and those that would be if who acts did
    /// not matter.
    const std::vector<bool>& possible_ways() const { return is_possible_; }
    const std::vector<bool>& ways_possible_for_somebody() const {
        return is_possible_for_somebody_;
    }
    const std::map<Circle, Turn>& circles() const { return circles_; }
    bool has_overflowed() const { return has_overflowed_; }

  private:
    struct Chosen {
        const Way* way = nullptr;
        bool is_certain = true;
        bool is_far = false;
        Hiding hiding;
    };
    std::vector<Chosen> choose(const Config& config, std::size_t place,
                               const std::vector<Way>& ways, const Doing& doing);
    bool is_far(const Way& way, const Config& config, const Doing& doing) const;
    std::vector<Course> take_way(Course course, std::size_t place, const Way& way,
                                 const Doing& doing);
    bool goes_on_hidden(const Course& course, const Step& step) const;
    void put_each(const Course& course, const Step& step, std::vector<Course>& out) const;
    std::vector<Course> run(std::vector<Course> courses, std::size_t place,
                            const std::vector<Step>& steps, const Doing& doing);
    void run_step(Course course, std::size_t place, const Step& step, const Doing& doing,
                  std::vector<Course>& out);
    bool change_term(Course& course, const Step& step) const;
    void change_duty(Course& course, const Step& step) const;
    bool change(Course& course, std::size_t place, const Step& step, const Doing& doing) const;
    void enter(Course& course, std::size_t place, std::size_t target) const;
    void keep(Course& course, std::size_t place, const Event& event, const Doing& doing) const;
    void watch(Course& course, std::size_t place) const;
    std::vector<Course> settle(std::vector<Course> courses);
    std::vector<Course> follow(Course course, const FollowUp& follow_up);
    std::vector<Course> take_signal(Course course, const Step& step);
    std::vector<Course> open_child(Course course, const Step& step);
    std::vector<Course> begin(Course course, std::size_t place, const std::vector<Step>& given);
    void note_circle(const Course& course);

    const Scene& scene_;
    const Model& model_;
    std::vector<bool> is_possible_;
    std::vector<bool> is_possible_for_somebody_;
    std::map<Circle, Turn> circles_;  ///< the first act that comes into each
    bool has_overflowed_ = false;
};

}  // namespace engine::proof
