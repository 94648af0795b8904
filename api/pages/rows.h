// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "api/pages/page.h"
#include "engine/accounts.h"

// Rows of lists as the partials `_compiti`, `_termini`, `_regola`, `_pagine` and `_fasi` read them.

namespace api::pages {

/// "D.Lgs. 117/2017 art. 55; DM 72/2021"
std::string sources_words(const std::vector<std::string>& sources);

/// `{"titolo", "ruolo", "stato", "assegnato", "base", "entro", "conto", "urgenza", "id",
/// "procedura", "nome_procedura", "ufficio"}`. The person is named by `person_words`.
nlohmann::json task_json(const PageCall& page, const engine::TaskRow& task,
                         const std::string& assignee);

/// Those who may act as the one who looks, that one too: to whom a task of the role may go. Nobody
/// for who is not in an administration: a body has no tasks. Errors: the store's.
engine::base::Result<std::vector<engine::Person>> read_colleagues(const PageCall& page);

/// Adds what the one who looks may do with the task: `ha_azioni`, `azioni` (take it in charge, give
/// it back, end it when no act does), `si_conclude` (by which act it ends: "con l'atto «…»") and,
/// where there is somebody to pass it on to, `ha_colleghi` and `colleghi`:
/// `[{"persona", "nome"}]`.
void add_task_actions(const PageCall& page, const engine::TaskRow& task,
                      const std::vector<engine::Person>& colleagues, nlohmann::json& row);

/// `{"titolo_termine", "conto", "urgenza", "entro", "tipo", "stato", "procedura",
/// "nome_procedura", "ufficio", "passi": [{"giorno", "motivo", "fonti"}], "ha_passi", "base"}`.
nlohmann::json deadline_json(const PageCall& page, const engine::DeadlineRow& deadline);

/// The deadlines of one instance as rows of the list, those that remind left out.
std::vector<engine::DeadlineRow> deadline_rows(const engine::InstanceView& view);
/// The tasks of one instance that wait for somebody, the most urgent first.
std::vector<engine::TaskRow> task_rows(const engine::InstanceView& view);

/// The phases with what is done, present and to come: `[{"titolo", "tipo": "fatta" · "presente" ·
/// "futura", "parole", "e_presente"}]`; empty for a machine without phases.
nlohmann::json phases_json(const Site& site, const std::string& machine, const std::string& state,
                           const std::string& state_title);

/// `{"avanti", "inizio"}`, or nothing when everything is on one page.
nlohmann::json paging_json(const http::Request& request, const std::string& next);

/// A list of choices: `{"valore", "testo", "scelta"}`.
nlohmann::json choice_json(const std::string& value, const std::string& words,
                           const std::string& chosen);
/// Every administration, after "Tutte"; for who sees more than its own.
nlohmann::json office_choices(const Site& site, const std::string& chosen);

/// A value of an instance as words; empty when there is none.
std::string value_of(const engine::InstanceView& view, const std::string& field);

/// The present title of an instance: its subject where it has one, else that of the machine.
std::string instance_title(const Site& site, const engine::InstanceView& view);

}  // namespace api::pages
