// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/document_file.h"

#include <fmt/format.h>

#include <charconv>

#include "api/routes/attachment.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::machine::Document;

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

}  // namespace

bool may_read_document(const access::SeenInstance& seen, const Document& document) {
    switch (seen.sight) {
        case Sight::whole: return true;
        case Sight::contents:
            return document.published_at || seen.view.record.instance.party.empty();
        case Sight::outline: return document.published_at.has_value();
        case Sight::nothing: return false;
    }
    return false;
}

Result<http::Response> send_document(const access::SeenInstance& seen, const std::string& name,
                                     const std::string& version,
                                     const engine::documents::ContentStore& contents) {
    const auto* document = find_document(seen.view.record, name, version);
    if (document == nullptr || !may_read_document(seen, *document)) {
        return fail(ErrorCode::not_found, "Questo documento, in questa versione, non c'è.");
    }
    auto bytes = contents.get(document->sha256);
    if (!bytes && bytes.error().code == ErrorCode::not_found) {
        return fail(ErrorCode::not_found,
                    "Il file di questo documento non si trova: chiedi all'ufficio che tiene il "
                    "procedimento.");
    }
    if (!bytes) {
        return fail(bytes.error());
    }
    const std::string_view type = detect_media_type(*bytes).value_or("application/octet-stream");
    http::Response response;
    const bool is_text = type.starts_with("text/");  // which is UTF-8, or it would not be text
    response.headers.add("Content-Type", std::string(type) + (is_text ? "; charset=utf-8" : ""));
    // Shown by no browser as a page of ours, whatever is in it.
    response.headers.add("Content-Disposition",
                         fmt::format(R"(attachment; filename="{}-v{}{}")", document->name,
                                     document->version, extension_of(type)));
    response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.add("ETag", fmt::format("\"{}\"", document->sha256));
    response.body = std::move(*bytes);
    return response;
}

}  // namespace api::routes
