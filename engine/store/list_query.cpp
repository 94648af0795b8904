// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/list_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "engine/base/ensure.h"

namespace engine::store {
namespace {

/// The rows of a partial index; the text is that of the migration, so that SQLite sees that the
/// query stays within it.
constexpr std::string_view kOpenTasks = "status in ('open', 'taken')";
constexpr std::string_view kLiveDeadlines = "status in ('running', 'suspended', 'missed')";
constexpr std::string_view kSuspendedDeadlines = "status = 'suspended'";
constexpr std::string_view kLiveInstances = "is_final = 0";
constexpr std::string_view kOfAParty = "party <> ''";
constexpr std::string_view kOfAPerson = "assignee <> ''";

/// An index of a list: the columns that must be equal, then the sort key.
struct ListIndex {
    std::string_view name;
    std::vector<std::string_view> equal;
    std::vector<std::string_view> rows;  ///< of a partial index, each true of them; empty: all
};

/// What a list is made of. The first index that can serve a filter does: the narrowest come first.
struct ListShape {
    std::string_view table;
    std::string_view columns;
    std::string_view join;
    std::vector<std::string_view> key;  ///< sort key, in order
    std::vector<ListIndex> indexes;
};

const ListShape& instance_list() {
    static const ListShape kShape{
        "instance",
        "instance.id, instance.root_id, instance.parent_id, instance.family, instance.machine,"
        " instance.list, instance.definition_sha256, instance.office, instance.party,"
        " instance.initiative_sha256, instance.state, instance.previous_state, instance.version,"
        " instance.is_final, instance.opened_at",
        "",
        {"opened_at", "id"},
        {{"instance_by_parent", {"parent_id"}, {}},
         {"instance_by_party", {"party"}, {kOfAParty}},
         {"instance_live_by_office_machine", {"office", "machine"}, {kLiveInstances}},
         {"instance_live_by_office", {"office"}, {kLiveInstances}},
         {"instance_live_by_machine", {"machine"}, {kLiveInstances}},
         {"instance_live", {}, {kLiveInstances}},
         {"instance_by_office_machine", {"office", "machine"}, {}},
         {"instance_by_machine", {"machine"}, {}}}};
    return kShape;
}

const ListShape& task_list() {
    static const ListShape kShape{
        "task",
        "task.id, task.name, task.role, task.status, task.assignee, task.opened_at, task.due_date,"
        " task.bound, task.instance_id, task.root_id, task.office, task.party,"
        " instance.definition_sha256, instance.state",
        " cross join instance on instance.id = task.instance_id",
        {"sort_bound", "id"},
        {{"task_open_by_assignee", {"assignee"}, {kOpenTasks, kOfAPerson}},
         {"task_by_root", {"root_id"}, {}},
         {"task_open_by_party", {"party"}, {kOpenTasks, kOfAParty}},
         {"task_open_by_office_role", {"office", "role"}, {kOpenTasks}},
         {"task_open_by_office", {"office"}, {kOpenTasks}},
         {"task_open_by_role", {"role"}, {kOpenTasks}},
         {"task_open", {}, {kOpenTasks}}}};
    return kShape;
}

const ListShape& deadline_list() {
    static const ListShape kShape{
        "deadline",
        "deadline.name, deadline.occurrence, deadline.kind, deadline.status, deadline.reminds_of,"
        " deadline.due_date, deadline.bound, deadline.rule, deadline.term, deadline.instance_id,"
        " deadline.root_id, deadline.office, deadline.party, instance.definition_sha256,"
        " instance.state",
        " cross join instance on instance.id = deadline.instance_id",
        {"sort_bound", "instance_id", "name", "occurrence"},
        {{"deadline_by_root", {"root_id"}, {}},
         {"deadline_suspended", {}, {kSuspendedDeadlines}},
         {"deadline_live_by_party", {"party"}, {kLiveDeadlines, kOfAParty}},
         {"deadline_live_by_office_kind", {"office", "kind"}, {kLiveDeadlines}},
         {"deadline_live_by_office", {"office"}, {kLiveDeadlines}},
         {"deadline_live_by_kind", {"kind"}, {kLiveDeadlines}},
         {"deadline_live", {}, {kLiveDeadlines}}}};
    return kShape;
}

/// Collects conditions, then writes the statement.
class QueryMaker {
  public:
    explicit QueryMaker(const ListShape& shape) : shape_(shape) {}

    /// Two values for one column: no row has both.
    void equal(std::string_view column, const std::string& value) {
        if (value.empty()) {
            return;
        }
        keep_to_those_with(column);
        const auto known = std::find_if(equal_.begin(), equal_.end(), [&](const auto& condition) {
            return condition.first == column;
        });
        if (known == equal_.end()) {
            equal_.emplace_back(column, value);
        } else if (known->second != value) {
            is_empty_ = true;
        }
    }
    void visible(const Visibility& visible) {
        using Scope = Visibility::Scope;
        switch (visible.scope) {
            case Scope::everything: return;
            case Scope::office: within("office", visible.office); return;
            case Scope::party: within("party", visible.party); return;
            case Scope::nothing: is_empty_ = true; return;
        }
    }
    /// Only rows that the text is true of.
    void only(std::string_view rows) { rows_.push_back(rows); }
    /// Bounds are exclusive: what ends at midnight of a day was due the day before.
    void ends_by(base::Instant instant) { last_end_ = std::min(last_end_, instant.utc_ms); }
    bool is_empty() const { return is_empty_; }

    /// Whether an index serves these conditions.
    bool is_indexed() const { return find_index() != nullptr; }

    ListQuery make(const ListPosition& position, bool is_descending) const {
        const ListIndex* index = find_index();
        base::ensure(index != nullptr, "who asks has looked whether an index serves the filter");
        ListQuery query;
        query.sql = fmt::format("select {} from {} indexed by {}{} where ", shape_.columns,
                                shape_.table, index->name, shape_.join);
        add_conditions(query);
        const std::string_view order = is_descending ? " desc" : "";
        const std::string key = key_text("");
        query.sql += fmt::format("({}) {} ({}) order by {} limit ?", key, is_descending ? "<" : ">",
                                 marks(shape_.key.size()), key_text(order));
        add_key(query, position, is_descending);
        query.parameters.emplace_back(static_cast<std::int64_t>(position.limit));
        return query;
    }

  private:
    /// Indexes by body and by person hold only those that have one.
    void keep_to_those_with(std::string_view column) {
        for (const std::string_view rows : {kOfAParty, kOfAPerson}) {
            if (rows.starts_with(column) &&
                std::find(rows_.begin(), rows_.end(), rows) == rows_.end()) {
                only(rows);
            }
        }
    }
    void within(std::string_view column, const std::string& value) {
        // A scope that names nobody sees nothing: it is no scope over everything.
        is_empty_ = is_empty_ || value.empty();
        equal(column, value);
    }
    bool serves(const ListIndex& index) const {
        const bool has_rows = std::all_of(index.rows.begin(), index.rows.end(), [&](auto rows) {
            return std::find(rows_.begin(), rows_.end(), rows) != rows_.end();
        });
        return has_rows && std::all_of(index.equal.begin(), index.equal.end(), [&](auto column) {
                   return std::any_of(equal_.begin(), equal_.end(), [&](const auto& condition) {
                       return condition.first == column;
                   });
               });
    }
    const ListIndex* find_index() const {
        const auto found = std::find_if(shape_.indexes.begin(), shape_.indexes.end(),
                                        [&](const ListIndex& index) { return serves(index); });
        return found == shape_.indexes.end() ? nullptr : &*found;
    }
    void add_conditions(ListQuery& query) const {
        for (const auto& [column, value] : equal_) {
            query.sql += fmt::format("{}.{} = ? and ", shape_.table, column);
            query.parameters.emplace_back(value);
        }
        for (const std::string_view rows : rows_) {
            query.sql += fmt::format("{}.{} and ", shape_.table, rows);
        }
        if (last_end_ != kNoEnd) {
            query.sql += fmt::format("{}.sort_bound <= ? and ", shape_.table);
            query.parameters.emplace_back(last_end_);
        }
    }
    /// The place to go on from; before every row, or after every row, for the first page.
    void add_key(ListQuery& query, const ListPosition& position, bool is_descending) const {
        ListKey first;
        first.sort = is_descending ? kNoEnd : std::numeric_limits<std::int64_t>::min();
        const ListKey& key = position.after ? *position.after : first;
        query.parameters.emplace_back(key.sort);
        query.parameters.emplace_back(key.id);
        if (shape_.key.size() > 2) {
            query.parameters.emplace_back(key.name);
            query.parameters.emplace_back(key.occurrence);
        }
    }
    std::string key_text(std::string_view order) const {
        std::string text;
        for (const std::string_view column : shape_.key) {
            text += fmt::format("{}{}.{}{}", text.empty() ? "" : ", ", shape_.table, column, order);
        }
        return text;
    }
    static std::string marks(std::size_t count) {
        std::string text = "?";
        for (std::size_t mark = 1; mark < count; ++mark) {
            text += ", ?";
        }
        return text;
    }

    const ListShape& shape_;
    std::vector<std::pair<std::string_view, std::string>> equal_;
    std::vector<std::string_view> rows_;
    std::int64_t last_end_ = kNoEnd;
    bool is_empty_ = false;
};

QueryMaker maker_of(const InstanceFilter& filter) {
    QueryMaker maker(instance_list());
    maker.visible(filter.visible);
    maker.equal("machine", filter.machine);
    maker.equal("office", filter.office);
    maker.equal("party", filter.party);
    maker.equal("state", filter.state);
    maker.equal("parent_id", filter.parent);
    if (filter.only_live) {
        maker.only(kLiveInstances);
    }
    return maker;
}

bool is_open_status(const std::string& status) {
    const auto known = machine::find_task_status(status);
    return known && machine::is_open(*known);
}

QueryMaker maker_of(const TaskFilter& filter, base::Instant now) {
    QueryMaker maker(task_list());
    maker.visible(filter.visible);
    maker.equal("assignee", filter.person);
    maker.equal("role", filter.role);
    maker.equal("office", filter.office);
    maker.equal("party", filter.party);
    maker.equal("root_id", filter.root);
    maker.equal("status", filter.status);
    if (filter.status.empty() ? filter.only_open || filter.only_overdue
                              : is_open_status(filter.status)) {
        maker.only(kOpenTasks);
    }
    if (filter.before) {
        maker.ends_by(*filter.before);
    }
    if (filter.only_overdue) {
        maker.ends_by(now);
    }
    return maker;
}

QueryMaker maker_of(const DeadlineFilter& filter, base::Instant now) {
    using machine::DeadlineStatus;
    QueryMaker maker(deadline_list());
    maker.visible(filter.visible);
    maker.equal("office", filter.office);
    maker.equal("party", filter.party);
    maker.equal("root_id", filter.root);
    maker.equal("kind", filter.kind);
    const auto status = machine::find_deadline_status(filter.status);
    if (status == DeadlineStatus::suspended) {
        maker.only(kSuspendedDeadlines);
    } else {
        maker.equal("status", filter.status);
    }
    if (status ? machine::is_live(*status) : filter.only_live || filter.only_overdue) {
        maker.only(kLiveDeadlines);
    }
    if (!filter.with_reminders) {
        maker.only("reminds_of = ''");
    }
    if (filter.before) {
        maker.ends_by(*filter.before);
    }
    if (filter.only_overdue) {
        maker.ends_by(now);
        maker.only("status <> 'suspended'");
    }
    return maker;
}

}  // namespace

bool is_indexed(const InstanceFilter& filter) {
    return maker_of(filter).is_indexed();
}

bool is_indexed(const TaskFilter& filter) {
    return maker_of(filter, {}).is_indexed();
}

bool is_indexed(const DeadlineFilter& filter) {
    return maker_of(filter, {}).is_indexed();
}

std::optional<ListQuery> make_instance_query(const InstanceFilter& filter,
                                             const ListPosition& position) {
    const QueryMaker maker = maker_of(filter);
    return maker.is_empty() ? std::nullopt
                            : std::optional(maker.make(position, !filter.oldest_first));
}

std::optional<ListQuery> make_task_query(const TaskFilter& filter, const ListPosition& position) {
    const QueryMaker maker = maker_of(filter, position.now);
    return maker.is_empty() ? std::nullopt : std::optional(maker.make(position, false));
}

std::optional<ListQuery> make_deadline_query(const DeadlineFilter& filter,
                                             const ListPosition& position) {
    const QueryMaker maker = maker_of(filter, position.now);
    return maker.is_empty() ? std::nullopt : std::optional(maker.make(position, false));
}

ListKey key_of(const machine::Instance& row) {
    return {row.opened_at.utc_ms, row.id.text, "", 0};
}

ListKey key_of(const ListedTask& row) {
    return {row.task.bound ? row.task.bound->utc_ms : kNoEnd, row.task.id.text, "", 0};
}

ListKey key_of(const ListedDeadline& row) {
    return {row.deadline.bound ? row.deadline.bound->utc_ms : kNoEnd, row.instance.text,
            row.deadline.name, row.deadline.occurrence};
}

}  // namespace engine::store
