// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_audit.h"

#include <fmt/format.h>

namespace engine::store {
namespace {

/// Half a value: what an act erases goes with its salt, and only then its hash is kept.
std::string find_loose_value(Connection& connection) {
    Query query(
        connection.prepare("select instance_id, field, position from field_value"
                           " where (value is null) <> (salt is null)"
                           " or (value is null) <> (hash is not null)"
                           " order by instance_id, field, position limit 1"));
    if (!query.next()) {
        return "";
    }
    const std::string instance = query.text();
    const std::string field = query.text();
    return fmt::format(
        "Di un dato conservato c'è solo una parte, o qualcosa di troppo: qualcuno ha scritto "
        "fuori dal programma (field_value, {}, {}, {}).",
        instance, field, query.integer());
}

std::string find_number_gap(Connection& connection) {
    Query gap(
        connection.prepare("select office, register_name, year from register_counter as counter"
                           " where last_number <> (select count(*) from registration"
                           " where registration.office = counter.office"
                           " and registration.register_name = counter.register_name"
                           " and registration.year = counter.year)"));
    if (!gap.next()) {
        return "";
    }
    const std::string office = gap.text();
    const std::string name = gap.text();
    const std::int64_t year = gap.integer();
    return fmt::format(
        "Nel registro «{}» del {} manca un numero, o ce n'è uno di troppo "
        "(register_counter, {}, {}, {}).",
        name, year, office, name, year);
}

std::string find_lost_definition(Connection& connection) {
    Query lost(connection.prepare(
        "select id from instance where definition_sha256 not in (select sha256 from"
        " definition) or (initiative_sha256 <> '' and initiative_sha256 not in"
        " (select sha256 from definition)) order by id limit 1"));
    return lost.next()
               ? fmt::format(
                     "Di un procedimento mancano le regole, o l'iniziativa, con cui è stato "
                     "aperto (instance, {}).",
                     lost.text())
               : "";
}

/// Root, office and body that lists find a row by: copies of what its instance says; and the id,
/// by which an instance finds its own.
std::string find_stray_task(Connection& connection) {
    Query task(connection.prepare(
        "select task.id from task left join instance on instance.id = task.instance_id"
        " where (task.root_id, task.office, task.party)"
        " is not (instance.root_id, instance.office, instance.party)"
        " or task.id not between task.instance_id || '.' and task.instance_id || '/'"
        " order by task.id limit 1"));
    return task.next() ? fmt::format(
                             "Un compito non è elencato sotto il suo procedimento: qualcuno ha "
                             "scritto fuori dal programma (task, {}).",
                             task.text())
                       : "";
}

std::string find_stray_message(Connection& connection) {
    Query message(connection.prepare(
        "select id from outbox where id not between instance_id || '.' and instance_id || '/'"
        " order by id limit 1"));
    return message.next() ? fmt::format(
                                "Un messaggio non è elencato sotto il suo procedimento: qualcuno "
                                "ha scritto fuori dal programma (outbox, {}).",
                                message.text())
                          : "";
}

std::string find_stray_deadline(Connection& connection) {
    Query deadline(
        connection.prepare("select deadline.instance_id, name from deadline"
                           " left join instance on instance.id = deadline.instance_id"
                           " where (deadline.root_id, deadline.office, deadline.party)"
                           " is not (instance.root_id, instance.office, instance.party)"
                           " order by deadline.instance_id, name limit 1"));
    if (!deadline.next()) {
        return "";
    }
    const std::string instance = deadline.text();
    return fmt::format(
        "Un termine non è elencato sotto il suo procedimento: qualcuno ha scritto fuori dal "
        "programma (deadline, {}, {}).",
        instance, deadline.text());
}

}  // namespace

std::string find_loose_row(Connection& connection) {
    for (const auto find : {find_loose_value, find_number_gap, find_lost_definition,
                            find_stray_task, find_stray_message, find_stray_deadline}) {
        if (auto problem = find(connection); !problem.empty()) {
            return problem;
        }
    }
    return "";
}

std::string check_integrity(Connection& connection) {
    Query query(connection.prepare("pragma integrity_check(1)"));
    const std::string answer = query.next() ? query.text() : "nessuna risposta";
    return answer == "ok"
               ? ""
               : fmt::format("Il file dell'archivio è danneggiato (sqlite: {}).", answer);
}

}  // namespace engine::store
