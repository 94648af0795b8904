// SPDX-License-Identifier: EUPL-1.2
#include "api/service/folder_courier.h"

#include "engine/base/durable_file.h"
#include "engine/base/json.h"

namespace api::service {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::render_text;

engine::base::Result<void> not_now() {
    return fail(ErrorCode::busy, "La cartella dei messaggi in uscita ora non si può scrivere.");
}

}  // namespace

engine::base::Result<void> FolderCourier::deliver(const engine::documents::Envelope& envelope) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    const auto path = folder_ / (envelope.id.text + ".json");
    if (error || std::filesystem::exists(path, error)) {
        return error ? not_now() : engine::base::Result<void>{};
    }
    const std::string text =
        engine::base::render_fields({{"id", render_text(envelope.id.text)},
                                     {"procedura", render_text(envelope.instance.text)},
                                     {"messaggio", render_text(envelope.message)},
                                     {"titolo", render_text(envelope.title)},
                                     {"a", render_text(envelope.to)},
                                     {"ente", render_text(envelope.party)},
                                     {"amministrazione", render_text(envelope.office)},
                                     {"canale", render_text(envelope.channel)},
                                     {"testo", render_text(envelope.content)},
                                     {"sha256", render_text(envelope.content_sha256)}});
    // Under another name until it is whole: who empties the folder never takes half a message.
    const auto draft = folder_ / ("." + envelope.id.text);
    if (!engine::base::write_durably(draft, text + "\n")) {
        return not_now();
    }
    std::filesystem::rename(draft, path, error);
    return error || !engine::base::sync_folder(folder_) ? not_now() : engine::base::Result<void>{};
}

}  // namespace api::service
