// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/definition/catalog.h"
#include "engine/documents/content_store.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// What a value said, to be looked for where it may have been copied: its texts, however deep they
/// lie in its JSON, and whether the field it was in is personal.
using Phrases = std::map<std::string, bool>;

/// Adds the texts of a value. Those too short to tell anything are left out: a yes, a number, a
/// day are the same by chance.
void add_phrases(const std::string& value_json, bool is_personal, Phrases& phrases);

/// A value of an instance that says a phrase, alone or among other words.
struct ValueTrace {
    base::InstanceId instance;
    std::string field;
};

/// A kept letter that says a phrase.
struct LetterTrace {
    base::InstanceId instance;
    base::MessageId id;
    std::string name;  ///< of the message in the instance's definition
};

/// Where the phrases are still found in a root: in the values of all its instances, every version,
/// and in the texts of the messages that were sent. A short personal text (a name) is looked for in
/// personal fields and in letters only, and as whole words.
/// Errors of both: StoreFailure is thrown.
std::vector<ValueTrace> find_values(store::ReadUnit& unit, const definition::Catalog& catalog,
                                    const base::InstanceId& root, const Phrases& phrases);
std::vector<LetterTrace> find_letters(store::ReadUnit& unit,
                                      const documents::ContentStore& contents,
                                      const base::InstanceId& root, const Phrases& phrases);

}  // namespace engine::runtime
