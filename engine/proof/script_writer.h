// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/proof/script.h"
#include "engine/proof/script_lines.h"
#include "engine/proof/script_world.h"

namespace engine::proof {

using base::Fields;

/// Names that a script gives to the people of an office, and to the one body.
inline constexpr std::array kNames{"anna",  "bruno", "carla", "dario",
                                   "elena", "fabio", "gina",  "ivo"};
inline constexpr const char* kPartyAlias = "alfa";

/// More of a list, brought where the first condition that asks for them looks.
struct KinWish {
    std::size_t parent = 0;
    Children children;
    std::size_t count = 0;
};

/// What conditions of a later act ask for.
struct Wishes {
    std::map<std::pair<std::size_t, std::string>, std::string> values;  ///< by field, as JSON
    std::vector<KinWish> kin;
};

/// Who acts.
struct Doer {
    std::string role;
    std::string person;

    /// As the player tells people apart: who has two roles is two, unless the script says
    /// `persona`.
    std::string name() const { return role + ":" + person; }
};

/// An act that somebody can do, and how it goes; among hops, too, a term that ends (without
/// transition, called as the term) and what follows by itself (without a name).
struct Deedable {
    std::string event;
    const TransitionDefinition* transition = nullptr;
    const Branch* branch = nullptr;
};

/// What may lead from state to state: acts and terms, or what follows by itself.
struct HopKinds {
    bool acts = true;
    bool automatic = false;
};

/// What can be done or happen in a state: that which asks for others of a list after other acts.
std::vector<Deedable> hops_from(const WorkflowDefinition& machine, const std::string& state,
                                HopKinds kinds);

/// Whether one in that state is among those that are meant.
inline bool counts(const Children& children, const WorkflowDefinition& machine,
                   const std::string& state) {
    const auto* known = machine.states.find(state);
    return known != nullptr && children.includes(state, known->is_final);
}

/// Writes the moves of one way as lines: who acts, with which values, and before each act what its
/// conditions ask for.
class ScriptWriter {
  public:
    /// `wishes` grows by what could not be given where it was asked: who writes again has it given
    /// before.
    ScriptWriter(const CompiledScene& compiled, const Graph& graph, const Catalog& catalog,
                 Wishes& wishes)
        : wishes_(wishes),
          compiled_(compiled),
          scene_(compiled.scene),
          model_(compiled.model),
          graph_(graph),
          catalog_(catalog) {}
    std::string run(std::uint32_t node, const ScriptText& text);

  private:
    const WorkflowDefinition& machine(std::size_t place) const {
        return *scene_.places[place].definition;
    }
    const std::string& alias(std::size_t place) { return world_->at(place).alias; }
    void finish(std::uint32_t node, const std::string& remark);
    void write_endless(const Move& move);
    void write(const Move& move);
    bool is_party(std::size_t place, const std::string& role) const;
    std::string person_of(std::size_t place, const std::string& role) const;
    /// A role of the side that moves; one of `wanted` when it can be.
    std::string choose_role(std::size_t place, const std::vector<std::string>& by, bool wants_party,
                            const std::vector<std::string>& wanted) const;
    /// Somebody with exactly these deeds: a new name when there is nobody.
    std::string choose_person(unsigned deeds);
    Fields make_payload(std::size_t place, const std::vector<std::string>& takes,
                        const std::vector<Slot>& slots, const Payload& codes, Fields payload);
    std::string choose_party_code(std::size_t place) const;
    void fill(std::size_t place, const std::string& name, const std::vector<std::string>& excluded,
              Fields& payload);
    std::string name_child(const Move& move, std::size_t skipped);
    void write_opening(const Move& move);
    void begin(std::size_t place, const Fields& payload);
    void write_event(const Move& move);
    void apply(std::size_t place, const Branch* branch, const Fields& payload);
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
    void do_deeds(const Move& move, const std::string& role, const std::string& person);
    void add_paper(std::size_t place, const std::string& name, bool is_signed_now,
                   bool wants_party);
    void ensure_paper(const Reference& reference, std::size_t from, bool must_be_signed,
                      bool must_be_new);
    void renew_paper(std::size_t from, const Guard& guard);
    void prepare_papers(std::size_t place, const std::vector<Action>& actions);
    /// Of conditions one of which is enough: that which asks least, and can still be; the first of
    /// equals.
    const Guard& choose_part(std::size_t place, const Guard& any) const;
    const Branch* choose_branch(std::size_t place, const Event& event, const Branch& branch) const;
    /// The first branch that holds is taken: those before it must not.
    void assume_checks(const std::vector<Branch>& branches, const Branch* chosen);
    void tell_answers(const std::map<std::string, bool>& answers);
    void prepare(std::size_t place, const Guard& guard, Fields& payload);
    /// A body that has what the guard asks for in a list; empty when it asks for none, or there is
    /// none yet: then one is wished for.
    std::string choose_body(std::size_t place, const Guard& guard);
    /// For what follows by itself from a move (script_lists.cpp).
    void prepare_lists(const Move& move, const Config& after);
    void prepare_list_of(std::size_t place, const std::vector<Branch>& automatic,
                         const std::string& target);
    void prepare_list(std::size_t place, const Guard& guard);
    void prepare_for(std::size_t place, const Predicate& predicate, Fields& payload);
    void prepare_dates(std::size_t place, const DateAtLeast& dates, Fields& payload);
    void wait_for_given(std::size_t place, const Guard& guard, const Fields& payload);
    void write_passing(const Move& move);
    std::string state_of(std::size_t place) const;
    /// Acts that leave the state as it is, where the instance stands.
    std::vector<Deedable> acts_now(std::size_t place) const;
    bool give(std::size_t place, const Fields& given);
    void wish_for(std::size_t place, const Fields& given);
    void grant_wishes();
    /// Does an act that fits and leaves the state as it is; false when there is none now.
    template <class Fits>
    bool act_aside(std::size_t place, const Fields& given, Fits fits);
    std::size_t find_missing(std::size_t from, const ValueSource& source);
    void ensure_date(std::size_t from, const ValueSource& source, calendar::LegalDate day);
    void ensure_value(std::size_t from, const ValueSource& source,
                      const std::vector<std::string>& options, Fields& payload);
    Fields write_aside(std::size_t place, const Deedable& act, Fields payload,
                       const std::string& named = "");
    void write_act(std::size_t place, const Doer& doer, const std::string& event,
                   const std::string& named, const Fields& payload);
    void note_done(std::size_t place, const std::string& event);
    // ---- others of a list (script_kin.cpp)
    std::vector<std::size_t> kin_of(std::size_t parent, const std::string& list) const;
    void ensure_kin(std::size_t from, const Children& children, std::size_t least);
    void wish_for_kin(KinWish wish);
    DefinitionPointer find_child_machine(std::size_t parent, const std::string& list) const;
    std::string find_body(std::size_t from, const Children& children);
    void settle_kin(std::size_t from, const Children& children);
    bool bring_kin(const KinWish& wish);
    bool open_kin(std::size_t parent, const std::string& list);
    const OpenChild* find_unfollowed(std::size_t place, const Branch& branch) const;
    void add_opened(std::size_t parent, const std::string& list, const std::string& named,
                    const std::string& party, Fields payload);
    void name_party(const OpenChild& opening, Fields& payload);
    void bring_to(std::size_t place, const Children& children);
    void take_hop(std::size_t place, const Deedable& act);
    void move_kin(std::size_t place, const std::string& target);
    bool has_followed(std::size_t place, const Children& children) const;
    void bring_about(std::size_t place, const Deedable& act);
    /// Where a machine stands after a move, before anything follows by itself.
    std::string find_landing(std::size_t place, const Move& move) const;
    void follow_on(const Move& move, const Config& after);
    // ---- values that nobody gives (script_values.cpp)
    void wait_for(std::size_t place, const Guard& guard);
    bool set_aside(std::size_t place, const std::string& field,
                   const std::vector<std::string>& options);
    bool bring_from_child(std::size_t place, const std::string& field);
    bool bring_by_signal(std::size_t place, const std::string& list, const std::string& event);
    void wish_for_sources(std::size_t place, const std::string& list);
    void name_opened(std::size_t place, const std::string& list);
    void tell_parent(std::size_t place, const Signal& signal);
    const OpenChild* find_each(const Move& move, std::size_t opened) const;
    void open_each(std::size_t place, const std::vector<Action>& actions);
    void open_for_each(std::size_t parent, const OpenChild& opening);
    void add_kin(Place place, const std::string& named, const std::string& party,
                 const std::string& first_event);
    void follow_parent(std::size_t parent, const std::string& state);
    void set_beside(std::size_t place);
    void signal_kin(std::size_t place, const std::vector<Action>& actions);
    /// `person` empty: anybody.
    bool has_done(const std::string& person, const std::vector<std::string>& events,
                  std::size_t place);
    /// Whether the two-person rule keeps the person out, as far as the script knows.
    bool is_barred(const Guard& guard, const std::string& person);
    std::string choose_allowed(const Guard& guard, const Doer& first);
    void ensure_performed(std::size_t from, const std::vector<std::string>& events, Relation of,
                          const std::string& person);
    void ensure_passed(std::size_t from, const Reference& deadline);
    void pass(std::size_t place, const std::string& deadline);
    const After* find_after(const Move& move) const;
    void enter_after(const Move& move);
    Wishes& wishes_;
    const CompiledScene& compiled_;
    Scene scene_;  ///< with the places beside the line that the script has opened
    const Model& model_;
    const Graph& graph_;
    const Catalog& catalog_;
    std::optional<ScriptWorld> world_;
    ScriptLines lines_;
    Doer doer_;          ///< of the act in hand
    std::string party_;  ///< alias of the body that acts beside the line; empty: the instance's
    int parties_ = 0;    ///< bodies besides the first
    std::map<std::string, std::string> party_codes_;  ///< their tax codes, by alias
    int aside_ = 0;                                   ///< acts beside the way, one for another
    std::string outcome_;  ///< what the act in hand must come to; empty: it is done
    std::map<std::string, bool>
        assumed_;  ///< what checks are taken to answer, since they were told
    const Config* before_ = nullptr;
    std::optional<std::pair<std::size_t, std::string>>
        between_;  ///< a machine of the line, and where it stands until what follows has followed
    const Config* after_ = nullptr;  ///< while lists are brought together for a move
    std::set<std::size_t> brought_;  ///< places beside the line that are on their way
    std::vector<std::pair<std::string, unsigned>> persons_;
    int instances_ = 0;
    /// Opened one for each of a list: named by its body, with those that are opened like it.
    std::set<std::size_t> unnamed_;
};

}  // namespace engine::proof
