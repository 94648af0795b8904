// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/definition/definition.h"
#include "engine/definition/sentences.h"

namespace engine::definition {

/// The Italian *scheda* of a machine, in Markdown: who may do what, when, on which article, what
/// follows, what happens if nobody does. An officer and a lawyer review it without the JSON. With
/// its kin known, what it does to other machines is told by their titles.
std::string render_sheet(const Kin& kin, const CheckTitle& check_title);

/// The same machine in Graphviz's language: boxes for states (their ids are `stato_<name>`), arrows
/// for acts, dashed arrows for terms, dotted ones for automatic transitions.
std::string render_diagram_source(const WorkflowDefinition& definition);

}  // namespace engine::definition
