// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "api/pages/field_choices.h"
#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"
#include "api/routes/document_file.h"
#include "engine/base/names.h"

namespace api::pages {
namespace {

using engine::InstanceFilter;
using engine::InstanceRow;
using engine::InstanceView;
using engine::Visibility;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

/// Notices shown on the home; there are eight administrations, each with a few procedures.
constexpr std::size_t kMaxNotices = 100;

/// Everybody may see what was published: the states and fields shown are those of `notice` in
/// pagine.json.
Result<engine::Page<InstanceRow>> list_procedures(const PageCall& page) {
    InstanceFilter filter;
    filter.visible.scope = Visibility::Scope::everything;
    filter.machine = page.site.presentation().procedure;
    return page.queries().list_instances(filter, {"", kMaxNotices});
}

/// The term by which one takes part, as `_regola` reads it; nothing when it does not run.
json notice_term(const PageCall& page, const InstanceView& view) {
    for (const auto& row : deadline_rows(view)) {
        if (row.name == page.site.presentation().notice.deadline &&
            engine::machine::is_live(row.status)) {
            return deadline_json(page, row);
        }
    }
    return json();
}

json card_json(const PageCall& page, const InstanceView& view) {
    const auto& own = view.record.instance;
    return {{"id", own.id.text},
            {"ufficio", page.site.office_name(own.office)},
            {"oggetto", instance_title(page.site, view)},
            {"stato", view.definition->states.find(own.state)->title},
            {"termine", notice_term(page, view)}};
}

/// Open notices by term, the nearest first.
void sort_by_term(std::vector<std::pair<std::int64_t, json>>& cards) {
    std::stable_sort(cards.begin(), cards.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
}

std::int64_t term_end(const PageCall& page, const InstanceView& view) {
    const auto* deadline = view.record.find_deadline(page.site.presentation().notice.deadline);
    return deadline != nullptr && deadline->bound ? deadline->bound->utc_ms
                                                  : std::numeric_limits<std::int64_t>::max();
}

json notice_fields(const PageCall& page, const InstanceView& view) {
    json rows = json::array();
    for (const std::string& name : page.site.presentation().notice.fields) {
        const auto* field = view.definition->fields.find(name);
        const std::string words = explained_value(page, view, name);
        if (field != nullptr && !words.empty()) {
            rows.push_back({{"titolo", field->title}, {"valore", words}});
        }
    }
    return rows;
}

json published_documents(const PageCall& page, const InstanceView& view) {
    json rows = json::array();
    for (const auto& [key, document] : view.record.documents) {
        const auto* definition = view.definition->documents.find(document.name);
        if (document.published_at && definition != nullptr && definition->is_public) {
            rows.push_back({{"titolo", definition->title},
                            {"nome", document.name},
                            {"versione", document.version},
                            {"si_scarica", page.call.service.contents().has(document.sha256)},
                            {"pubblicato", instant_words(*document.published_at)},
                            {"impronta", document.sha256}});
        }
    }
    return rows;
}

/// The published procedure that the path names. Errors: not_found.
Result<InstanceView> find_notice(const PageCall& page) {
    auto view = page.queries().view(engine::base::InstanceId{page.path("id")});
    if (!view) {
        return fail(view.error());
    }
    const Presentation& shown = page.site.presentation();
    const auto& own = view->record.instance;
    if (own.machine != shown.procedure ||
        !engine::base::has_name(shown.notice.public_states, own.state)) {
        return fail(ErrorCode::not_found, "Questo avviso non c'è, o non è ancora pubblicato.");
    }
    return view;
}

Page static_page(const PageCall& page, const char* template_name, const char* title) {
    return {title, page.site.fill(template_name, json::object()), {{title, ""}}};
}

json row(const char* title, const std::string& value) {
    return {{"titolo", title}, {"valore", value}};
}

/// Bodies do, and whoever has not entered yet; an office reads the notice.
bool may_take_part(const access::Caller& caller) {
    return !caller.is_known() || !caller.actor.party.empty();
}

}  // namespace

PageResult home_page(const PageCall& page) {
    const auto rows = list_procedures(page);
    if (!rows) {
        return fail(rows.error());
    }
    const NoticeRules& rules = page.site.presentation().notice;
    std::vector<std::pair<std::int64_t, json>> open;
    json running = json::array();
    for (const InstanceRow& instance : rows->items) {
        if (!engine::base::has_name(rules.public_states, instance.state)) {
            continue;
        }
        const auto view = page.queries().view(instance.id);
        if (!view) {
            return fail(view.error());
        }
        if (engine::base::has_name(rules.open_states, instance.state)) {
            open.emplace_back(term_end(page, *view), card_json(page, *view));
        } else {
            running.push_back(card_json(page, *view));
        }
    }
    sort_by_term(open);
    json cards = json::array();
    for (auto& [end, card] : open) {
        cards.push_back(std::move(card));
    }
    return Page{"Partecipa", page.site.fill("home", {{"ha_avvisi", !cards.empty()},
                                                     {"avvisi", std::move(cards)},
                                                     {"ha_in_corso", !running.empty()},
                                                     {"in_corso", std::move(running)}})};
}

PageResult notice_page(const PageCall& page) {
    const auto view = find_notice(page);
    if (!view) {
        return fail(view.error());
    }
    const Presentation& shown = page.site.presentation();
    const auto& own = view->record.instance;
    const std::string title = instance_title(page.site, *view);
    const std::string state = view->definition->states.find(own.state)->title;
    json documents = published_documents(page, *view);
    json data = {{"ufficio", page.site.office_name(own.office)},
                 {"id", own.id.text},
                 {"oggetto", title},
                 {"stato", state},
                 {"termine", notice_term(page, *view)},
                 {"e_aperto", engine::base::has_name(shown.notice.open_states, own.state) &&
                                  may_take_part(page.call.caller)},
                 {"partecipa", "/procedure/" + own.id.text},
                 {"righe", notice_fields(page, *view)},
                 {"ha_documenti", !documents.empty()},
                 {"documenti", std::move(documents)},
                 {"fasi", phases_json(page.site, own.machine, own.state, state)}};
    return Page{title, page.site.fill("avviso", std::move(data)), {{"Avviso", ""}}};
}

Result<http::Response> download_public_document(const PageCall& page) {
    auto view = find_notice(page);
    if (!view) {
        return fail(view.error());
    }
    const auto* document = view->definition->documents.find(page.path("nome"));
    if (document == nullptr || !document->is_public) {
        return fail(ErrorCode::not_found, "Questo documento non c'è, o non è pubblico.");
    }
    // The outline of an instance shows what was published, and nothing else.
    return routes::send_document({std::move(*view), access::Sight::outline}, page.path("nome"),
                                 page.path("versione"), page.call.service.contents());
}

PageResult accessibility_page(const PageCall& page) {
    return static_page(page, "accessibilita", "Accessibilità");
}

PageResult guide_page(const PageCall& page) {
    return static_page(page, "guida", "Guida");
}

PageResult privacy_page(const PageCall& page) {
    return static_page(page, "privacy", "Privacy");
}

PageResult status_page(const PageCall& page) {
    const auto state = page.call.service.state();
    const bool is_writing = state.storage == service::StorageState::well;
    const bool is_well =
        is_writing && !state.is_stopping && state.acts_waiting < state.acts_at_most;
    const char* const trouble = is_writing ? "Il servizio è molto occupato"
                                           : "Per ora non si registra nulla: si può solo leggere";
    json rows = {row("Ora del servizio", instant_words(page.now)),
                 row("Atti in attesa di essere registrati", std::to_string(state.acts_waiting)),
                 row("Atti registrati dall'avvio", std::to_string(state.count.carried_out)),
                 row("Messaggi preparati dall'avvio",
                     fmt::format("{}, nella cartella di quelli in uscita: il programma non ne "
                                 "spedisce nessuno",
                                 state.messages_sent)),
                 row("Ultima copia di sicurezza",
                     state.last_backup ? instant_words(*state.last_backup)
                                       : "Nessuna di cui si sappia: si fa con «coprog backup»")};
    if (state.disk_free) {
        rows.push_back(row("Spazio libero", fmt::format("{} GB", *state.disk_free >> 30U)));
    }
    return Page{"Stato del servizio",
                page.site.fill("stato", {{"tono", is_well ? "later" : "late"},
                                         {"parole", is_well ? "Il servizio funziona" : trouble},
                                         {"righe", std::move(rows)}}),
                {{"Stato del servizio", ""}}};
}

}  // namespace api::pages
