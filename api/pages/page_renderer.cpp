// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/page_renderer.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/base/embedded.h"
#include "engine/base/ensure.h"

namespace api::pages {
namespace {

namespace mustache = kainjow::mustache;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

constexpr std::string_view kFolder = "templates/pages/";
constexpr std::string_view kExtension = ".mustache";

mustache::data to_data(const json& value) {
    if (value.is_object() && !value.empty()) {
        mustache::data object{mustache::data::type::object};
        for (const auto& [name, member] : value.items()) {
            object.set(name, to_data(member));
        }
        return object;
    }
    if (value.is_array() && !value.empty()) {
        mustache::data list{mustache::data::type::list};
        for (const json& member : value) {
            list.push_back(to_data(member));
        }
        return list;
    }
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
        return value.get<std::string>();
    }
    if (value.is_number()) {
        return value.dump();
    }
    return value.is_boolean() && value.get<bool>() ? mustache::data::type::bool_true
                                                   : mustache::data::type::bool_false;
}

Result<void> check_template(const std::string& name, const std::string& text) {
    const mustache::mustache view{text};
    if (!view.is_valid()) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("Il modello di pagina «{}» non è valido: {}.", name, view.error_message()));
    }
    return {};
}

std::string read_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

using Templates = std::map<std::string, std::string, std::less<>>;

Templates embedded_templates() {
    Templates templates;
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path.starts_with(kFolder)) {
            const auto name = file.path.substr(kFolder.size());
            templates.emplace(name.substr(0, name.size() - kExtension.size()), file.bytes);
        }
    }
    return templates;
}

Result<void> read_folder(Templates& templates, const std::string& folder) {
    std::error_code problem;
    std::filesystem::recursive_directory_iterator files(folder, problem);
    if (problem) {
        return fail(ErrorCode::not_found,
                    fmt::format("Non trovo la cartella dei modelli di pagina «{}».", folder));
    }
    for (const auto& file : files) {
        if (file.path().extension() == kExtension) {
            const auto name = file.path().lexically_relative(folder).replace_extension();
            templates.insert_or_assign(name.generic_string(), read_file(file.path()));
        }
    }
    return {};
}

}  // namespace

Result<PageRenderer> PageRenderer::open(const std::string& folder) {
    PageRenderer renderer;
    renderer.templates_ = embedded_templates();
    if (!folder.empty()) {
        if (auto read = read_folder(renderer.templates_, folder); !read) {
            return fail(read.error());
        }
    }
    for (const auto& [name, text] : renderer.templates_) {
        if (auto checked = check_template(name, text); !checked) {
            return fail(checked.error());
        }
    }
    return renderer;
}

std::string PageRenderer::render(std::string_view name, const json& data) const {
    const auto found = templates_.find(name);
    engine::base::ensure(found != templates_.end(), "every page names a template that exists");
    mustache::mustache view{found->second};
    mustache::data root = to_data(data);
    if (!root.is_object()) {
        root = mustache::data{mustache::data::type::object};
    }
    for (const auto& [partial, text] : templates_) {
        if (partial.starts_with('_')) {
            root.set(partial, mustache::partial{[&text] { return text; }});
        }
    }
    return view.render(root);
}

}  // namespace api::pages
