// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/definition/definition.h"

namespace engine::definition {

/// A regional initiative: its acts, objectives and dates, as parameters. No code.
struct Initiative {
    std::string id;
    std::string sha256;
    std::string title;
    std::string text;
    base::Fields parameters;
};

using InitiativePointer = std::shared_ptr<const Initiative>;

/// A file of the workflows room: its path in the repository and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

/// Parses an initiative: `{"id", "title", "parameters": {…}, …}`.
/// Errors: malformed, invalid_input.
base::Result<InitiativePointer> parse_initiative(std::string_view text);

/// Every definition and initiative that is known, by name and by hash.
/// Threads: filled by one, then read by any.
class Catalog {
  public:
    /// Errors: invalid_input when that name and version are known with another text.
    base::Result<void> add(DefinitionPointer definition);
    base::Result<void> add(InitiativePointer initiative);

    /// Adds what was stored by an earlier run: an older text of a known name stays reachable by
    /// its hash only.
    void add_stored(DefinitionPointer definition);
    void add_stored(InitiativePointer initiative);

    /// Version 0 is the newest. Null when unknown.
    DefinitionPointer find(std::string_view family, std::string_view machine, int version) const;
    DefinitionPointer find_by_hash(const std::string& sha256) const;
    InitiativePointer find_initiative(const std::string& id) const;
    InitiativePointer find_initiative_by_hash(const std::string& sha256) const;

    /// The present text of every name, in name order.
    std::vector<DefinitionPointer> definitions() const;
    /// Every text that is known, older ones of the same name included.
    std::vector<DefinitionPointer> every_definition() const;
    std::vector<InitiativePointer> initiatives() const;

  private:
    std::map<std::string, DefinitionPointer> by_name_;  ///< "family/machine@version"
    std::map<std::string, DefinitionPointer> by_hash_;
    std::map<std::string, InitiativePointer> initiatives_;
    std::map<std::string, InitiativePointer> initiatives_by_hash_;
};

/// Reads the definitions (JSON with a `machine`) and the initiatives (JSON under `…/iniziative/`)
/// among the files; names inside them are relative to their folder.
/// Errors: the first file's, with its path in front.
base::Result<Catalog> load_catalog(const std::vector<SourceFile>& files);

/// The files of the workflows room that the binary carries.
std::vector<SourceFile> embedded_workflow_files();

}  // namespace engine::definition
