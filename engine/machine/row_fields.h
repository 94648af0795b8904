// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/machine/effect.h"
#include "engine/machine/model.h"

// The one list of the fields of every row and effect. The journal's writer and reader and the
// comparison of rows in `verify` all walk it, so a field added here is written, read and checked.
// A visitor is called as visitor("name", field).

namespace engine::machine {

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Instance> {
    visitor("id", row.id);
    visitor("root", row.root);
    visitor("parent", row.parent);
    visitor("family", row.family);
    visitor("machine", row.machine);
    visitor("list", row.list);
    visitor("definition", row.definition_sha256);
    visitor("office", row.office);
    visitor("party", row.party);
    visitor("initiative", row.initiative_sha256);
    visitor("state", row.state);
    visitor("previous_state", row.previous_state);
    visitor("version", row.version);
    visitor("final", row.is_final);
    visitor("opened_at", row.opened_at);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Deadline> {
    visitor("name", row.name);
    visitor("occurrence", row.occurrence);
    visitor("kind", row.kind);
    visitor("status", row.status);
    visitor("reminds_of", row.reminds_of);
    visitor("due_date", row.due_date);
    visitor("bound", row.bound);
    visitor("rule", row.rule);
    visitor("term", row.term);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Task> {
    visitor("id", row.id);
    visitor("name", row.name);
    visitor("role", row.role);
    visitor("status", row.status);
    visitor("assignee", row.assignee);
    visitor("opened_at", row.opened_at);
    visitor("due_date", row.due_date);
    visitor("bound", row.bound);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Document> {
    visitor("name", row.name);
    visitor("version", row.version);
    visitor("sha256", row.sha256);
    visitor("signed_by", row.signed_by);
    visitor("signature_status", row.signature_status);
    visitor("recorded_at", row.recorded_at);
    visitor("published_at", row.published_at);
    visitor("frozen", row.is_frozen);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Registration> {
    visitor("register", row.register_name);
    visitor("office", row.office);
    visitor("year", row.year);
    visitor("number", row.number);
    visitor("at", row.registered_at);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Silence> {
    visitor("deadline", row.deadline);
    visitor("counts_as", row.counts_as);
    visitor("at", row.recorded_at);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, Message> {
    visitor("id", row.id);
    visitor("name", row.name);
    visitor("template", row.template_name);
    visitor("to", row.to);
    visitor("channel", row.channel);
    visitor("status", row.status);
    visitor("content", row.content_sha256);
    visitor("erased", row.is_erased);
}

template <class Visitor, class Row>
void visit_fields(Visitor& visitor,
                  Row& row) requires std::is_same_v<std::remove_const_t<Row>, ValueStamp> {
    visitor("field", row.field);
    visitor("hash", row.hash);
    visitor("erased", row.is_erased);
}

/// Effects: those that carry a row visit the row's fields.
template <class Visitor, class E>
void visit_effect(Visitor& visitor, E& effect) {
    using Bare = std::remove_const_t<E>;
    if constexpr (std::is_same_v<Bare, InstanceOpened>) {
        visit_fields(visitor, effect.instance);
    } else if constexpr (std::is_same_v<Bare, StateEntered>) {
        visitor("state", effect.state);
        visitor("final", effect.is_final);
    } else if constexpr (std::is_same_v<Bare, ValueSet>) {
        visitor("field", effect.field);
        visitor("hash", effect.hash);
    } else if constexpr (std::is_same_v<Bare, DeadlineSet>) {
        visitor("change", effect.change);
        visit_fields(visitor, effect.deadline);
    } else if constexpr (std::is_same_v<Bare, DeadlineEnded>) {
        visitor("name", effect.name);
        visitor("occurrence", effect.occurrence);
        visitor("status", effect.status);
    } else if constexpr (std::is_same_v<Bare, TaskOpened>) {
        visit_fields(visitor, effect.task);
    } else if constexpr (std::is_same_v<Bare, TaskAssigned>) {
        visitor("id", effect.id);
        visitor("assignee", effect.assignee);
    } else if constexpr (std::is_same_v<Bare, TaskEnded>) {
        visitor("id", effect.id);
        visitor("status", effect.status);
    } else if constexpr (std::is_same_v<Bare, DocumentRecorded>) {
        visit_fields(visitor, effect.document);
    } else if constexpr (std::is_same_v<Bare, DocumentPublished>) {
        visitor("name", effect.name);
        visitor("version", effect.version);
        visitor("at", effect.published_at);
    } else if constexpr (std::is_same_v<Bare, DocumentFrozen>) {
        visitor("name", effect.name);
        visitor("version", effect.version);
    } else if constexpr (std::is_same_v<Bare, Registered>) {
        visit_fields(visitor, effect.registration);
    } else if constexpr (std::is_same_v<Bare, MessageQueued>) {
        visit_fields(visitor, effect.message);
    } else if constexpr (std::is_same_v<Bare, MessageSent>) {
        visitor("id", effect.id);
        visitor("status", effect.status);
        visitor("content", effect.content_sha256);
    } else if constexpr (std::is_same_v<Bare, SilenceRecorded>) {
        visit_fields(visitor, effect.silence);
    } else if constexpr (std::is_same_v<Bare, Migrated>) {
        visitor("definition", effect.definition_sha256);
        visitor("version", effect.version);
        visitor("act", effect.act);
    } else if constexpr (std::is_same_v<Bare, ValueErased>) {
        visitor("field", effect.field);
        visitor("act", effect.act);
        visitor("reason", effect.reason);
    } else {
        static_assert(std::is_same_v<Bare, MessageErased>);
        visitor("id", effect.id);
        visitor("act", effect.act);
        visitor("reason", effect.reason);
    }
}

}  // namespace engine::machine
