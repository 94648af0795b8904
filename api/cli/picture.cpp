// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/picture.h"

#include <fmt/format.h>

#include <map>

#include "api/scenario/narration.h"
#include "engine/base/json.h"
#include "engine/base/make_id.h"
#include "engine/calendar/local_time.h"
#include "engine/queries.h"

namespace api::cli {
namespace {

using namespace engine::machine;
using engine::PastInstance;
using engine::calendar::LegalDate;
using engine::calendar::render_italian_instant;

template <class Section>
std::string title_in(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return found == nullptr ? name : found->title;
}

/// A day, or an instant on Rome's clock.
std::string italian_moment(const std::string& text) {
    const auto moment = engine::calendar::parse_local_moment(text);
    if (!moment || (moment->time && !moment->offset_minutes)) {
        return text;
    }
    const auto instant = engine::calendar::to_instant(*moment);
    return moment->time && instant ? engine::calendar::render_italian_instant(*instant)
                                   : engine::calendar::render_italian_date(moment->date);
}

/// A value as people read it; what has members stays JSON.
std::string value_words(const std::string& json) {
    if (const auto text = engine::base::read_text(json)) {
        return italian_moment(*text);
    }
    if (const auto flag = engine::base::read_flag(json)) {
        return *flag ? "sì" : "no";
    }
    const auto texts = engine::base::read_texts(json);
    return texts.empty() ? json : fmt::format("{}", fmt::join(texts, "; "));
}

std::string deadline_line(const PastInstance& instance, const Deadline& deadline) {
    const DeadlineStatus status = instance.status_of(deadline);
    const bool is_unrecorded =
        instance.ended_unrecorded.contains({deadline.name, deadline.occurrence});
    return fmt::format(
        "{}{}: {}, {}{}", title_in(instance.definition->deadlines, deadline.name),
        deadline.occurrence > 1 ? fmt::format(" ({}ª volta)", deadline.occurrence) : "",
        scenario::describe_status(status),
        deadline.due_date ? "ultimo giorno utile " + italian_moment(*deadline.due_date)
                          : "senza una fine nota",
        is_unrecorded ? " (il sistema non ne ha ancora registrato gli effetti)" : "");
}

std::string task_line(const PastInstance& instance, const Task& task) {
    return fmt::format(
        "{}: {}{}{}", title_in(instance.definition->tasks, task.name),
        title_in(instance.definition->roles, task.role),
        task.due_date ? ", entro " + italian_moment(*task.due_date) : "",
        task.status == TaskStatus::taken ? ", in carico a " + task.assignee : ", da prendere");
}

std::string document_line(const PastInstance& instance, const Document& document) {
    return fmt::format(
        "{}, versione {}{}{}{}", title_in(instance.definition->documents, document.name),
        document.version,
        document.signed_by.empty()
            ? ", senza firma"
            : ", risulta firmato: " + title_in(instance.definition->roles, document.signed_by),
        document.published_at ? ", pubblicato il " + render_italian_instant(*document.published_at)
                              : ", non pubblicato",
        document.is_frozen ? ", non più modificabile" : "");
}

using Lines = std::vector<std::string>;

Lines deadline_lines(const PastInstance& instance, bool with_ended, LegalDate today) {
    Lines lines;
    for (const auto& [key, deadline] : instance.record.deadlines) {
        const DeadlineStatus status = instance.status_of(deadline);
        const bool is_live = status == DeadlineStatus::running ||
                             status == DeadlineStatus::suspended ||
                             status == DeadlineStatus::missed;
        if (deadline.reminds_of.empty() && (with_ended || is_live)) {
            lines.push_back(deadline_line(instance, deadline));
            const auto remark = status == DeadlineStatus::running
                                    ? engine::machine::describe_later_holiday(deadline, today)
                                    : std::string();
            if (!remark.empty()) {
                lines.back() += ". " + remark;
            }
        }
    }
    return lines;
}

Lines task_lines(const PastInstance& instance) {
    Lines lines;
    for (const auto& [id, task] : instance.record.tasks) {
        if (task.status == TaskStatus::open || task.status == TaskStatus::taken) {
            lines.push_back(task_line(instance, task));
        }
    }
    return lines;
}

Lines document_lines(const PastInstance& instance) {
    Lines lines;
    for (const auto& [key, document] : instance.record.documents) {
        lines.push_back(document_line(instance, document));
    }
    return lines;
}

Lines value_lines(const PastInstance& instance, const PictureOptions& options) {
    Lines lines;
    for (const auto& [name, field] : instance.definition->fields) {
        const auto value = instance.values.find(name);
        if (instance.erased.contains(name)) {
            lines.push_back(fmt::format("{}: [cancellato]", field.title));
        } else if (value == instance.values.end()) {
            continue;
        } else if (field.is_personal && !options.with_personal) {
            lines.push_back(
                fmt::format("{}: [dato personale: si mostra con --personal]", field.title));
        } else {
            lines.push_back(fmt::format("{}: {}", field.title, value_words(value->second)));
        }
    }
    return lines;
}

Lines later_lines(const PastInstance& instance) {
    Lines lines;
    for (const auto& act : instance.later_acts) {
        lines.push_back(act.is_in_picture
                            ? fmt::format("«{}» del {}: il sistema l'ha registrato il {}",
                                          act.title, render_italian_instant(act.took_place_at),
                                          render_italian_instant(act.recorded_at))
                            : fmt::format("«{}»: registrato dopo, il {}; avvenuto il {}. Qui sopra "
                                          "non c'è ancora",
                                          act.title, render_italian_instant(act.recorded_at),
                                          render_italian_instant(act.took_place_at)));
    }
    return lines;
}

void add_section(std::string& text, const std::string& indent, const std::string& title,
                 const Lines& lines) {
    if (lines.empty()) {
        return;
    }
    text += fmt::format("{}{}\n", indent, title);
    for (const std::string& line : lines) {
        text += fmt::format("{}  - {}\n", indent, line);
    }
}

std::string state_words(const PastInstance& instance) {
    return fmt::format("«{}»{}",
                       title_in(instance.definition->states, instance.record.instance.state),
                       instance.record.instance.is_final ? " (concluso)" : "");
}

std::string registration_words(const PastInstance& instance) {
    std::string words;
    for (const auto& [name, row] : instance.record.registrations) {
        words += fmt::format(", n. {}/{}", row.number, row.year);
    }
    return words;
}

/// What a clock that was ahead wrote is in the journal, and not yet in force.
std::string future_words(std::size_t entries) {
    if (entries == 0) {
        return "";
    }
    return fmt::format(
        "Attenzione: nel registro {} una data che deve ancora venire, perché l'orologio era "
        "avanti: qui non {}. Va controllato l'orologio del computer.\n",
        entries == 1 ? "una riga ha" : fmt::format("{} righe hanno", entries),
        entries == 1 ? "si vede" : "si vedono");
}

/// Those under an instance, list by list, each with what is open in it.
class Tree {
  public:
    explicit Tree(const engine::PastPicture& picture)
        : today_(engine::calendar::legal_date_of(picture.at)) {
        for (const PastInstance& instance : picture.instances) {
            const auto& own = instance.record.instance;
            children_[own.parent.text][own.list].push_back(&instance);
        }
    }

    void add_children(std::string& text, const PastInstance& parent,
                      const std::string& indent) const {
        const auto lists = children_.find(parent.record.instance.id.text);
        if (lists == children_.end()) {
            return;
        }
        for (const auto& [list, children] : lists->second) {
            text += fmt::format("{}{} ({})\n", indent, title_in(parent.definition->children, list),
                                children.size());
            for (const PastInstance* child : children) {
                add_child(text, *child, indent + "  ");
            }
        }
    }

  private:
    void add_child(std::string& text, const PastInstance& child, const std::string& indent) const {
        const auto& own = child.record.instance;
        text += fmt::format(
            "{}- {}: {}{}, fascicolo {}\n", indent,
            own.party.empty() ? child.definition->title +
                                    (own.office.empty() ? "" : ", amministrazione " + own.office)
                              : "ente " + own.party,
            state_words(child), registration_words(child), engine::base::short_id(own.id.text));
        add_section(text, indent + "  ", "Termini", deadline_lines(child, false, today_));
        add_section(text, indent + "  ", "Compiti aperti", task_lines(child));
        add_section(text, indent + "  ", "Registrati dopo", later_lines(child));
        add_children(text, child, indent + "  ");
    }

    LegalDate today_;
    std::map<std::string, std::map<std::string, std::vector<const PastInstance*>>> children_;
};

}  // namespace

std::string render_picture(const engine::PastPicture& picture, const PictureOptions& options) {
    const PastInstance& first = picture.instances.front();
    const auto& own = first.record.instance;
    std::string text = fmt::format("{}{}{}: com'era il {}\n", first.definition->title,
                                   own.office.empty() ? "" : ", amministrazione " + own.office,
                                   own.party.empty() ? "" : ", ente " + own.party,
                                   render_italian_instant(picture.at));
    text += fmt::format("Fascicolo {}, aperto il {}{}\n", own.id.text,
                        render_italian_instant(own.opened_at), registration_words(first));
    text += fmt::format("Stato: {}\n", state_words(first));
    add_section(text, "", "Termini",
                deadline_lines(first, true, engine::calendar::legal_date_of(picture.at)));
    add_section(text, "", "Compiti aperti", task_lines(first));
    add_section(text, "", "Documenti", document_lines(first));
    add_section(text, "", "Dati", value_lines(first, options));
    Tree(picture).add_children(text, first, "");
    add_section(text, "", "Registrati dopo", later_lines(first));
    text += future_words(picture.future_entries);
    return text;
}

}  // namespace api::cli
