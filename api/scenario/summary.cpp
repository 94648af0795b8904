// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/summary.h"

#include <fmt/format.h>

#include "engine/queries.h"

namespace api::scenario {

using engine::machine::InstanceRecord;

std::string summarise(Stage& stage) {
    std::string text;
    for (const std::string& alias : stage.aliases) {
        const auto view = stage.engine().queries().view(stage.instances.at(alias));
        if (!view) {
            text += alias + ": " + view.error().message_it + "\n";
            continue;
        }
        const InstanceRecord& record = view->record;
        text += fmt::format("{}: {} v{}\n", alias, record.instance.state, record.instance.version);
        for (const auto& [key, deadline] : record.deadlines) {
            text += fmt::format("  termine {} {} {} {}\n", key.name, key.occurrence,
                                deadline.due_date.value_or("sospeso"),
                                deadline_status_name(deadline.status));
        }
        for (const auto& [id, task] : record.tasks) {
            text += fmt::format("  compito {} {}\n", task.name, task_status_name(task.status));
        }
        for (const auto& [name, row] : record.registrations) {
            text += fmt::format("  registrazione {} {}/{}\n", name, row.number, row.year);
        }
    }
    return text;
}

}  // namespace api::scenario
