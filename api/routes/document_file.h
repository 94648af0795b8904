// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "api/access/caller.h"
#include "api/http/message.h"
#include "engine/engine.h"

namespace api::routes {

/// Whether who sees that much of the instance may read the document. Outside its own administration
/// a reader gets what was published, and the papers of procedures that belong to no body: those of
/// a body's application hold persons' data.
bool may_read_document(const access::SeenInstance& seen, const engine::machine::Document& document);

/// A version of a document as a file to keep, never shown by a browser as a page of ours.
/// Errors: not_found (also for what may not be read), storage_corrupt.
engine::base::Result<http::Response> send_document(const access::SeenInstance& seen,
                                                   const std::string& name,
                                                   const std::string& version,
                                                   const engine::documents::ContentStore& contents);

}  // namespace api::routes
