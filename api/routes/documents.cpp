// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <charconv>

#include "api/routes/acts.h"
#include "api/routes/attachment.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "engine/base/sha256.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::render_text;
using engine::machine::Document;

/// The bytes may be kept: not too many, and what they are said to be.
Result<void> check_content(const http::Request& request, const std::string& stated_sha256) {
    if (request.body.empty() || request.body.size() > kMaxAttachmentBytes) {
        return fail(ErrorCode::payload_too_large,
                    fmt::format("Un allegato ha da 1 byte a {} MB: oltre va diviso o ridotto.",
                                kMaxAttachmentBytes >> 20U));
    }
    const auto detected = detect_media_type(request.body);
    if (!detected || !is_declared_as(*detected, media_type_of(request))) {
        return fail({ErrorCode::invalid_input,
                     fmt::format("Il file non è di un formato ammesso, o non è quello che dice "
                                 "Content-Type. Formati ammessi: {}.",
                                 kAttachmentFormats),
                     {}});
    }
    if (!stated_sha256.empty() && stated_sha256 != engine::base::sha256_hex(request.body)) {
        return fail({ErrorCode::invalid_input,
                     "Il file arrivato non ha l'impronta indicata: va inviato di nuovo.",
                     {{"?sha256", "mismatch", "non è l'impronta SHA-256 del corpo", {}}}});
    }
    return {};
}

/// The bytes are on disk before the command that names them is carried out.
Result<Command> add(const Call& call) {
    QueryReader query(call.request.target.query, {"documento", "firmato_da", "sha256"});
    const std::string name = query.text("documento");
    const std::string signed_by = query.text("firmato_da");
    const std::string sha256 = query.text("sha256");
    if (name.empty()) {
        query.refuse("documento", "required", "manca il nome del documento");
    }
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const auto seen = find_target(call, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    Command command;
    command.instance = seen->view.record.instance.id;
    command.event = engine::machine::kEventRecordDocument;
    const auto version = find_if_match(call.request);
    if (!version) {
        return fail(version.error());
    }
    command.expected_version = *version;
    auto keyed = with_key(call.request, std::move(command));
    if (!keyed) {
        return keyed;
    }
    if (auto good = check_content(call.request, sha256); !good) {
        return fail(good.error());
    }
    const auto kept = call.service.contents().put(call.request.body);
    if (!kept) {
        return fail(kept.error());
    }
    keyed->payload["documento"] = render_text(name);
    keyed->payload["sha256"] = render_text(*kept);
    if (!signed_by.empty()) {
        keyed->payload["firmato_da"] = render_text(signed_by);
    }
    return keyed;
}

/// Outside its own administration a reader gets what was published, and the papers of procedures
/// that belong to no body: those of a body's application hold persons' data.
bool may_read(const access::SeenInstance& seen, const Document& document) {
    switch (seen.sight) {
        case Sight::whole: return true;
        case Sight::contents:
            return document.published_at || seen.view.record.instance.party.empty();
        case Sight::outline: return document.published_at.has_value();
        case Sight::nothing: return false;
    }
    return false;
}

const Document* find_document(const engine::machine::InstanceRecord& record,
                              const std::string& name, const std::string& version) {
    int number = 0;
    const auto read = std::from_chars(version.data(), version.data() + version.size(), number);
    if (read.ec != std::errc{} || read.ptr != version.data() + version.size()) {
        return nullptr;
    }
    const auto found = record.documents.find({name, number});
    return found == record.documents.end() ? nullptr : &found->second;
}

Result<http::Response> download(const Call& call) {
    const auto seen = find_target(call, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto* document =
        find_document(seen->view.record, call.path.at("nome"), call.path.at("versione"));
    if (document == nullptr || !may_read(*seen, *document)) {
        return fail(ErrorCode::not_found, "Questo documento, in questa versione, non c'è.");
    }
    auto bytes = call.service.contents().get(document->sha256);
    if (!bytes && bytes.error().code == ErrorCode::not_found) {
        return fail(ErrorCode::not_found,
                    "Del documento è registrata l'impronta, ma il file non è conservato qui.");
    }
    if (!bytes) {
        return fail(bytes.error());
    }
    const std::string_view type = detect_media_type(*bytes).value_or("application/octet-stream");
    http::Response response;
    response.headers.add("Content-Type", std::string(type));
    // Shown by no browser as a page of ours, whatever is in it.
    response.headers.add("Content-Disposition",
                         fmt::format(R"(attachment; filename="{}-v{}{}")", document->name,
                                     document->version, extension_of(type)));
    response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.add("ETag", fmt::format("\"{}\"", document->sha256));
    response.body = std::move(*bytes);
    return response;
}

}  // namespace

std::vector<Route> document_routes() {
    return {
        {"documenti_aggiungi", "POST", "/v1/procedure/{id}/documenti", Act{add, answer_act}},
        {"documento_scarica", "GET", "/v1/procedure/{id}/documenti/{nome}/{versione}",
         Read{download}},
    };
}

}  // namespace api::routes
