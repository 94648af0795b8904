// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/routes/attachment.h"
#include "api/routes/document_file.h"
#include "api/routes/problem.h"
#include "engine/base/names.h"

namespace api::pages {
namespace {

using access::SeenInstance;
using access::Sight;
using engine::Outcome;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::render_text;
using engine::base::Result;
using engine::machine::Command;
using nlohmann::json;

constexpr const char* kDocument = "documento";
constexpr const char* kSigned = "firmato";
constexpr const char* kFile = "file";
constexpr const char* kYes = "si";

json field_json(const std::string& id, const std::string& title, const std::string& help,
                const std::string& problem) {
    std::string described = help.empty() ? "" : id + "-aiuto";
    if (!problem.empty()) {
        described += (described.empty() ? "" : " ") + id + "-errore";
    }
    return {{"id", id},      {"name", id},           {"titolo", title},
            {"aiuto", help}, {"errore", problem},    {"descritto", described},
            {"primo", id},   {"obbligatorio", true}, {"marca", ""}};
}

/// The documents the role may add in the present state.
json document_choices(const PageCall& page, const engine::InstanceView& view,
                      const std::string& chosen) {
    json choices = json::array();
    for (const auto& [name, document] : view.definition->documents) {
        const bool is_mine = engine::base::has_name(document.by, page.actor().role);
        const bool is_now =
            document.in.empty() || engine::base::has_name(document.in, view.record.instance.state);
        if (is_mine && is_now) {
            choices.push_back(
                {{"valore", name}, {"testo_opzione", document.title}, {"scelta", name == chosen}});
        }
    }
    return choices;
}

json fields_json(const PageCall& page, const SeenInstance& seen, const FormData& sent,
                 const std::map<std::string, std::string>& problems) {
    const auto problem = [&problems](const char* name) {
        const auto found = problems.find(name);
        return found == problems.end() ? std::string() : found->second;
    };
    json document = field_json(kDocument, "Quale documento è", "", problem(kDocument));
    document["elenco"] = {{"opzioni", document_choices(page, seen.view, sent.text(kDocument))}};
    json file =
        field_json(kFile, "File",
                   fmt::format("Formati ammessi: {}; al massimo {} MB.", routes::kAttachmentFormats,
                               routes::kMaxAttachmentBytes >> 20U),
                   problem(kFile));
    file["carica"] = {{"si", true}};
    json signature =
        field_json(kSigned, "Firma",
                   "La firma si registra come dichiarata: il programma non la verifica ancora.",
                   problem(kSigned));
    signature["scelte"] = {{"opzioni",
                            {{{"id_opzione", "firmato-0"},
                              {"valore", kYes},
                              {"testo_opzione", "È firmato da chi deve firmarlo"},
                              {"scelta", sent.text(kSigned) == kYes}}}}};
    signature["obbligatorio"] = false;
    signature["marca"] = "facoltativo";
    return {document, file, signature};
}

json errors_json(const json& fields, const Error* error) {
    json list = json::array();
    for (const json& field : fields) {
        const std::string words = field.at("errore").get<std::string>();
        if (!words.empty()) {
            list.push_back({{"indirizzo", "#" + field.at("primo").get<std::string>()},
                            {"testo", field.at("titolo").get<std::string>() + ": " + words},
                            {"fonti", ""}});
        }
    }
    if (list.empty() && error != nullptr) {
        list.push_back({{"indirizzo", ""}, {"testo", error->message_it}, {"fonti", ""}});
    }
    return list;
}

Page show(const PageCall& page, const SeenInstance& seen, const FormData& sent,
          const Error* error) {
    std::map<std::string, std::string> problems;
    if (error != nullptr) {
        for (const auto& detail : error->details) {
            problems.emplace(detail.pointer.substr(detail.pointer.find_first_not_of('/')),
                             detail.message_it);
        }
    }
    const auto& own = seen.view.record.instance;
    const std::string back = "/procedure/" + own.id.text;
    json fields = fields_json(page, seen, sent, problems);
    json errors = errors_json(fields, error);
    json data = {
        {"procedimento", fmt::format("{} · {}", owner_words(page.site, own.office, own.party),
                                     instance_title(page.site, seen.view))},
        {"azione", back + "/documenti/nuovo"},
        {"indietro", back},
        {"versione", std::to_string(own.version)},
        {"sigillo", session_seal(page.call.request)},
        {"chiave", engine::base::random_hex(page.site.random())},
        {"ha_errori", error != nullptr},
        {"titolo_errori", "Il documento non è stato aggiunto"},
        {"errori", std::move(errors)},
        {"campi", std::move(fields)}};
    return {error == nullptr ? "Aggiungi un documento" : "Errore: aggiungi un documento",
            page.site.fill("documento", std::move(data)),
            {{"Procedure", "/procedure"},
             {instance_title(page.site, seen.view), back},
             {"Aggiungi un documento", ""}},
            error == nullptr ? 200 : routes::status_of(error->code)};
}

tl::unexpected<Error> refuse(const char* field, const std::string& words) {
    return fail(Error{ErrorCode::invalid_input,
                      "Il documento non è stato aggiunto.",
                      {{std::string("/") + field, "field", words, {}}}});
}

Result<std::string> keep_file(const PageCall& page, const FormData& sent) {
    const UploadedFile* file = sent.find_file(kFile);
    if (file == nullptr || file->bytes.empty()) {
        return refuse(kFile, "Scegli il file da caricare.");
    }
    const auto good = routes::check_attachment(
        file->bytes, routes::browser_media_type(file->media_type, file->bytes));
    if (!good) {
        return refuse(kFile, good.error().message_it);
    }
    return page.call.service.contents().put(file->bytes);
}

}  // namespace

PageResult document_page(const PageCall& page) {
    const auto seen = find_seen(page, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    return show(page, *seen, {}, nullptr);
}

Result<http::Response> download_document(const PageCall& page) {
    const auto seen = find_seen(page, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    return routes::send_document(*seen, page.path("nome"), page.path("versione"),
                                 page.call.service.contents());
}

Result<Command> prepare_document(const PageCall& page) {
    const auto seen = find_seen(page, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(sent.error());
    }
    const std::string name = sent->text(kDocument);
    const auto* document = seen->view.definition->documents.find(name);
    if (document == nullptr) {
        return refuse(kDocument, "Scegli quale documento è.");
    }
    if (sent->text(kSigned) == kYes && document->signed_by.empty()) {
        return refuse(kSigned, "Per questo documento non è prevista una firma.");
    }
    const auto sha256 = keep_file(page, *sent);
    if (!sha256) {
        return fail(sha256.error());
    }
    Command command;
    command.instance = seen->view.record.instance.id;
    command.event = engine::machine::kEventRecordDocument;
    command.actor = page.actor();
    command.payload = {{"documento", render_text(name)}, {"sha256", render_text(*sha256)}};
    if (sent->text(kSigned) == kYes) {
        command.payload.emplace("firmato_da", render_text(document->signed_by));
    }
    command.received_at = page.call.request.received_at;
    command.expected_version = engine::base::read_integer(sent->text("versione"));
    command.idempotency_key = sent->text("chiave");
    return command;
}

Result<http::Response> answer_document(const PageCall& page, const Result<Outcome>& outcome) {
    if (outcome) {
        return see_other("/procedure/" + outcome->instance.text + "?esito=documento#documenti");
    }
    const auto code = outcome.error().code;
    const auto sent = read_sealed_form(page.call.request);
    const auto seen = find_seen(page, Sight::outline);
    if (!sent || !seen || code == ErrorCode::internal || code == ErrorCode::busy) {
        return fail(outcome.error());
    }
    return render_page(page.site, page.call.request, page.call.caller,
                       show(page, *seen, *sent, &outcome.error()));
}

}  // namespace api::pages
