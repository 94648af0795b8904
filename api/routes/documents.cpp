// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "api/routes/acts.h"
#include "api/routes/attachment.h"
#include "api/routes/document_file.h"
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

/// The bytes may be kept: not too many, and what they are said to be.
Result<void> check_content(const http::Request& request, const std::string& stated_sha256) {
    if (auto good = check_attachment(request.body, media_type_of(request)); !good) {
        return good;
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
    auto target = find_acted_on(call, Sight::outline);
    if (!target) {
        return fail(target.error());
    }
    Command command;
    command.instance = std::move(*target);
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

Result<http::Response> download(const Call& call) {
    const auto seen = find_target(call, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    return send_document(*seen, call.path.at("nome"), call.path.at("versione"),
                         call.service.contents());
}

}  // namespace

std::vector<Route> document_routes() {
    return {
        {"documenti_aggiungi",
         "POST",
         "/v1/procedure/{id}/documenti",
         Act{add, answer_act},
         access::Credential::bearer,
         {},
         kMaxAttachmentBodyBytes,
         attachment_media_types()},
        {"documento_scarica", "GET", "/v1/procedure/{id}/documenti/{nome}/{versione}",
         Read{download}},
    };
}

}  // namespace api::routes
