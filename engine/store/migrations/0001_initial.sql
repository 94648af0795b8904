-- SPDX-License-Identifier: EUPL-1.2
-- First schema. Personal data live in `field_value` only (and in what a message will render from
-- it); the journal carries keyed hashes, so that erasing a value leaves the chain whole.

create table definition (
    sha256 text not null primary key,
    kind text not null,                 -- machine · initiative
    name text not null,                 -- "family/machine@version", or the initiative's id
    text text not null
) strict;

create index definition_by_name on definition (name);

create table instance (
    id text not null primary key,
    root_id text not null,
    parent_id text,                     -- null: opened by a person
    family text not null,
    machine text not null,
    list text not null,
    definition_sha256 text not null references definition (sha256),
    office text not null,
    party text not null,
    initiative_sha256 text not null,
    state text not null,
    previous_state text not null,
    version integer not null,
    is_final integer not null,
    opened_at integer not null
) strict;

create index instance_by_root on instance (root_id);
create index instance_by_parent on instance (parent_id);
create index instance_by_office on instance (office, machine, id);

create table deadline (
    instance_id text not null references instance (id),
    name text not null,
    occurrence integer not null,
    kind text not null,
    status text not null,
    reminds_of text not null,
    due_date text,                      -- null: suspended without an end
    bound integer,                      -- exclusive, UTC ms; null: the same
    rule text not null,
    term text not null,
    primary key (instance_id, name, occurrence)
) strict, without rowid;

-- What the scheduler asks for: running deadlines by the instant at which they end.
create index deadline_running on deadline (bound) where status = 'running';

create table task (
    id text not null primary key,
    instance_id text not null references instance (id),
    name text not null,
    role text not null,
    status text not null,
    assignee text not null,
    opened_at integer not null,
    due_date text,
    bound integer
) strict;

create index task_by_instance on task (instance_id);

create table document (
    instance_id text not null references instance (id),
    name text not null,
    version integer not null,
    sha256 text not null,
    signed_by text not null,
    signature_status text not null,
    recorded_at integer not null,
    published_at integer,
    is_frozen integer not null,
    primary key (instance_id, name, version)
) strict, without rowid;

-- Every value a field ever had, by the journal position that set it; the salt beside the value.
create table field_value (
    instance_id text not null references instance (id),
    field text not null,
    position integer not null,
    value text not null,
    salt text not null,
    hash text not null,
    primary key (instance_id, field, position)
) strict, without rowid;

create table registration (
    instance_id text not null references instance (id),
    register_name text not null,
    office text not null,
    year integer not null,
    number integer not null,
    registered_at integer not null,
    primary key (instance_id, register_name),
    unique (office, register_name, year, number)
) strict, without rowid;

create table register_counter (
    office text not null,
    register_name text not null,
    year integer not null,
    last_number integer not null,
    primary key (office, register_name, year)
) strict, without rowid;

create table silence (
    instance_id text not null references instance (id),
    ordinal integer not null,
    deadline text not null,
    counts_as text not null,
    recorded_at integer not null,
    primary key (instance_id, ordinal)
) strict, without rowid;

create table journal (
    root_id text not null,
    position integer not null,
    instance_id text not null,
    event text not null,
    person text not null,
    text text not null,
    previous_hash text not null,
    hash text not null,
    primary key (root_id, position)
) strict, without rowid;

create index journal_by_instance on journal (instance_id);

-- Messages wait here until the dispatcher has sent them; lease and fence keep two dispatchers
-- apart.
create table outbox (
    id text not null primary key,
    instance_id text not null references instance (id),
    name text not null,
    template_name text not null,
    recipient text not null,
    channel text not null,
    status text not null,
    content_sha256 text not null,
    attempts integer not null,
    leased_until integer not null,
    fence integer not null
) strict;

create index outbox_by_instance on outbox (instance_id);
create index outbox_queued on outbox (leased_until) where status = 'queued';

create table idempotency (
    key text not null,
    person text not null,
    request_sha256 text not null,
    answer text not null,
    created_at integer not null,
    primary key (key, person)
) strict, without rowid;
