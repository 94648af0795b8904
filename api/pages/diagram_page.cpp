// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "api/pages/page_families.h"
#include "engine/base/embedded.h"

namespace api::pages {
namespace {

using engine::InstanceView;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

std::string diagram_path(const InstanceView& view) {
    return fmt::format("workflows/{}/{}.diagramma.svg", view.definition->family,
                       view.definition->machine);
}

std::string_view find_diagram(const InstanceView& view) {
    const std::string path = diagram_path(view);
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path == path) {
            return file.bytes;
        }
    }
    return {};
}

/// Paints the present state: the box whose id is `stato_NAME`.
std::string mark_state(std::string_view drawing, const std::string& state) {
    std::string marked(drawing.substr(drawing.find("<svg")));
    const std::size_t box = marked.find(fmt::format("id=\"stato_{}\"", state));
    if (box == std::string::npos) {
        return marked;
    }
    const std::size_t end = marked.find("</g>", box);
    std::string group = marked.substr(box, end - box);
    const std::size_t fill = group.find("fill=\"");
    if (fill != std::string::npos) {
        const std::size_t from = fill + std::string_view("fill=\"").size();
        group.replace(from, group.find('"', from) - from, "#17324d");
    }
    for (std::size_t text = group.find("<text "); text != std::string::npos;
         text = group.find("<text ", text + 1)) {
        group.insert(text + std::string_view("<text ").size(), "fill=\"#ffffff\" ");
    }
    return marked.replace(box, end - box, group);
}

}  // namespace

bool has_diagram(const PageCall& page, const InstanceView& view) {
    const auto newest =
        page.call.service.catalog().find(view.definition->family, view.definition->machine, 0);
    return newest && newest->sha256 == view.definition->sha256 && !find_diagram(view).empty();
}

Result<http::Response> procedure_diagram(const PageCall& page) {
    const auto seen = find_seen(page, access::Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    if (!has_diagram(page, seen->view)) {
        return fail(ErrorCode::not_found, "Di questo procedimento non c'è il disegno.");
    }
    http::Response response;
    response.headers.add("Content-Type", "image/svg+xml");
    response.headers.add("Content-Security-Policy", "default-src 'none'");
    response.headers.add("Cache-Control", "private, max-age=3600");
    response.body = mark_state(find_diagram(seen->view), seen->view.record.instance.state);
    return response;
}

}  // namespace api::pages
