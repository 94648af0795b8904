-- SPDX-License-Identifier: EUPL-1.2
-- What an act changes, in fewer places. Instances and tasks are kept in the order of their ids:
-- the id needs no index beside the table, and the tasks of an instance, whose ids begin with its
-- own, none by instance; nor do messages. Indexes by body, assignee, parent and root hold those
-- that have one, of another than itself.

create table instance_by_id (
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
) strict, without rowid;

insert into instance_by_id
    (id, root_id, parent_id, family, machine, list, definition_sha256, office, party,
    initiative_sha256, state, previous_state, version, is_final, opened_at)
select id, root_id, parent_id, family, machine, list, definition_sha256, office, party,
    initiative_sha256, state, previous_state, version, is_final, opened_at
from instance
order by id;

drop table instance;

alter table instance_by_id rename to instance;

create index instance_by_root on instance (root_id)
    where root_id <> id;
create index instance_by_parent on instance (parent_id, opened_at, id)
    where parent_id is not null;
create index instance_by_machine on instance (machine, opened_at, id);
create index instance_by_office_machine on instance (office, machine, opened_at, id);
create index instance_by_party on instance (party, opened_at, id)
    where party <> '';
create index instance_live on instance (opened_at, id)
    where is_final = 0;
create index instance_live_by_office on instance (office, opened_at, id)
    where is_final = 0;
create index instance_live_by_machine on instance (machine, opened_at, id)
    where is_final = 0;
create index instance_live_by_office_machine on instance (office, machine, opened_at, id)
    where is_final = 0;

create table task_by_id (
    id text not null primary key,       -- that of its instance, a dot, its own
    instance_id text not null references instance (id),
    name text not null,
    role text not null,
    status text not null,
    assignee text not null,
    opened_at integer not null,
    due_date text,
    bound integer,
    root_id text not null,
    office text not null,
    party text not null,
    sort_bound integer not null
        generated always as (ifnull(bound, 9223372036854775807)) virtual
) strict, without rowid;

insert into task_by_id
    (id, instance_id, name, role, status, assignee, opened_at, due_date, bound, root_id, office,
    party)
select id, instance_id, name, role, status, assignee, opened_at, due_date, bound, root_id, office,
    party
from task
order by id;

drop table task;

alter table task_by_id rename to task;

create index task_by_root on task (root_id, sort_bound, id);
create index task_open on task (sort_bound, id)
    where status in ('open', 'taken');
create index task_open_by_office on task (office, sort_bound, id)
    where status in ('open', 'taken');
create index task_open_by_role on task (role, sort_bound, id)
    where status in ('open', 'taken');
create index task_open_by_office_role on task (office, role, sort_bound, id)
    where status in ('open', 'taken');
create index task_open_by_party on task (party, sort_bound, id)
    where status in ('open', 'taken') and party <> '';
create index task_open_by_assignee on task (assignee, sort_bound, id)
    where status in ('open', 'taken') and assignee <> '';

drop index deadline_live_by_party;

create index deadline_live_by_party on deadline
    (party, sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed') and party <> '';

drop index outbox_by_instance;
