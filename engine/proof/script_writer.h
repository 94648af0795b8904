// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/proof/script.h"
#include "engine/proof/script_lines.h"
#include "engine/proof/script_world.h"

namespace engine::proof {

using base::Fields;

/// Writes the moves of one way as lines: who acts, with which values, and before each act what its
/// conditions ask for.
class ScriptWriter {
  public:
    ScriptWriter(const CompiledScene& compiled, const Graph& graph, const Catalog& catalog)
        : compiled_(compiled),
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
    void prepare_papers(std::size_t place, const std::vector<Action>& actions);
    void prepare(std::size_t place, const Guard& guard, Fields& payload);
    void prepare_for(std::size_t place, const Predicate& predicate, Fields& payload);
    void prepare_dates(std::size_t place, const DateAtLeast& dates, Fields& payload);
    void write_passing(const Move& move);
    void enter_after(const Move& move);
    const CompiledScene& compiled_;
    const Scene& scene_;
    const Model& model_;
    const Graph& graph_;
    const Catalog& catalog_;
    std::optional<ScriptWorld> world_;
    ScriptLines lines_;
    const Config* before_ = nullptr;
    std::vector<std::pair<std::string, unsigned>> persons_;
    int instances_ = 0;
};

}  // namespace engine::proof
