// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/catalog.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/base/embedded.h"
#include "engine/base/sha256.h"
#include "engine/definition/parse.h"

namespace engine::definition {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

bool is_definition(const SourceFile& file) {
    return file.path.ends_with(".json") && !file.path.ends_with(".schema.json") &&
           file.text.find("\"machine\"") != std::string::npos;
}

bool is_initiative(const SourceFile& file) {
    return file.path.ends_with(".json") && file.path.find("iniziative/") != std::string::npos;
}

/// Finds a file named by another, relative to its folder.
FileReader reader_beside(const std::vector<SourceFile>& files, const std::string& path) {
    return [&files, path](std::string_view name) -> Result<std::string> {
        const auto wanted =
            (std::filesystem::path(path).parent_path() / name).lexically_normal().string();
        for (const SourceFile& file : files) {
            if (file.path == wanted) {
                return file.text;
            }
        }
        return fail(ErrorCode::not_found, fmt::format("Manca il file «{}».", name));
    };
}

tl::unexpected<base::Error> in_file(const std::string& path, base::Error error) {
    error.message_it = fmt::format("{}: {}", path, error.message_it);
    return fail(std::move(error));
}

Result<void> add_file(Catalog& catalog, const std::vector<SourceFile>& files,
                      const SourceFile& file) {
    if (is_initiative(file)) {
        auto initiative = parse_initiative(file.text);
        const auto done =
            initiative ? catalog.add(*initiative) : Result<void>(fail(initiative.error()));
        return done ? done : Result<void>(in_file(file.path, done.error()));
    }
    if (is_definition(file)) {
        auto definition = parse_definition(file.text, reader_beside(files, file.path));
        const auto done =
            definition ? catalog.add(*definition) : Result<void>(fail(definition.error()));
        return done ? done : Result<void>(in_file(file.path, done.error()));
    }
    // A broken file must not pass for one that is not a definition.
    auto parsed = file.path.ends_with(".json") ? base::parse_ordered_json(file.text)
                                               : Result<nlohmann::ordered_json>(nullptr);
    return parsed ? Result<void>{} : Result<void>(in_file(file.path, parsed.error()));
}

}  // namespace

Result<InitiativePointer> parse_initiative(std::string_view text) {
    auto json = base::parse_ordered_json(text);
    if (!json) {
        return fail(json.error());
    }
    const bool is_shaped = json->is_object() && json->contains("id") &&
                           json->at("id").is_string() && json->contains("title") &&
                           json->at("title").is_string() && json->contains("parameters") &&
                           json->at("parameters").is_object();
    if (!is_shaped) {
        return fail(ErrorCode::invalid_input,
                    "Un'iniziativa ha «id», «title» e «parameters» (un oggetto).");
    }
    auto initiative = std::make_shared<Initiative>();
    initiative->id = json->at("id").get<std::string>();
    initiative->title = json->at("title").get<std::string>();
    initiative->text = json->dump();
    initiative->sha256 = base::sha256_hex(initiative->text);
    for (const auto& [name, value] : json->at("parameters").items()) {
        initiative->parameters.emplace(name, nlohmann::json(value).dump());
    }
    return InitiativePointer(std::move(initiative));
}

Result<void> Catalog::add(DefinitionPointer definition) {
    const std::string name = definition_name(*definition);
    const auto known = by_name_.find(name);
    if (known != by_name_.end() && known->second->sha256 != definition->sha256) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("«{}» compare due volte con testi diversi.", name));
    }
    by_hash_.insert_or_assign(definition->sha256, definition);
    by_name_.insert_or_assign(name, std::move(definition));
    return {};
}

Result<void> Catalog::add(InitiativePointer initiative) {
    if (initiatives_.contains(initiative->id)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("L'iniziativa «{}» compare due volte.", initiative->id));
    }
    initiatives_by_hash_.insert_or_assign(initiative->sha256, initiative);
    initiatives_.insert_or_assign(initiative->id, std::move(initiative));
    return {};
}

void Catalog::add_stored(DefinitionPointer definition) {
    by_hash_.emplace(definition->sha256, definition);
    by_name_.emplace(definition_name(*definition), std::move(definition));
}

void Catalog::add_stored(InitiativePointer initiative) {
    initiatives_by_hash_.emplace(initiative->sha256, initiative);
    initiatives_.emplace(initiative->id, std::move(initiative));
}

DefinitionPointer Catalog::find(std::string_view family, std::string_view machine,
                                int version) const {
    DefinitionPointer newest;
    for (const auto& [name, definition] : by_name_) {
        const bool is_named = definition->family == family && definition->machine == machine;
        if (is_named && definition->version == version) {
            return definition;
        }
        if (is_named && version == 0 && (!newest || definition->version > newest->version)) {
            newest = definition;
        }
    }
    return newest;
}

DefinitionPointer Catalog::find_by_hash(const std::string& sha256) const {
    const auto found = by_hash_.find(sha256);
    return found == by_hash_.end() ? nullptr : found->second;
}

InitiativePointer Catalog::find_initiative(const std::string& id) const {
    const auto found = initiatives_.find(id);
    return found == initiatives_.end() ? nullptr : found->second;
}

InitiativePointer Catalog::find_initiative_by_hash(const std::string& sha256) const {
    const auto found = initiatives_by_hash_.find(sha256);
    return found == initiatives_by_hash_.end() ? nullptr : found->second;
}

std::vector<DefinitionPointer> Catalog::definitions() const {
    std::vector<DefinitionPointer> all;
    for (const auto& [name, definition] : by_name_) {
        all.push_back(definition);
    }
    return all;
}

std::vector<DefinitionPointer> Catalog::every_definition() const {
    std::vector<DefinitionPointer> all;
    for (const auto& [hash, definition] : by_hash_) {
        all.push_back(definition);
    }
    return all;
}

std::vector<InitiativePointer> Catalog::initiatives() const {
    std::vector<InitiativePointer> all;
    for (const auto& [id, initiative] : initiatives_) {
        all.push_back(initiative);
    }
    return all;
}

Result<Catalog> load_catalog(const std::vector<SourceFile>& files) {
    Catalog catalog;
    for (const SourceFile& file : files) {
        if (auto done = add_file(catalog, files, file); !done) {
            return fail(done.error());
        }
    }
    return catalog;
}

std::vector<SourceFile> embedded_workflow_files() {
    std::vector<SourceFile> files;
    for (const base::EmbeddedFile& file : base::embedded_files()) {
        if (file.path.starts_with("workflows/")) {
            files.push_back({std::string(file.path), std::string(file.bytes)});
        }
    }
    return files;
}

}  // namespace engine::definition
