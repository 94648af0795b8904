-- SPDX-License-Identifier: EUPL-1.2
-- What lists need: a page of tasks or deadlines costs the same of ten thousand and of a million.
-- Root, office and body of the instance are copied beside each row (they never change; `verify`
-- compares them); the sort key is generated from the end, those without one last. Indexes of what
-- still waits are partial: what is over costs them nothing.

alter table task add column root_id text not null default '';
alter table task add column office text not null default '';
alter table task add column party text not null default '';
alter table task add column sort_bound integer not null
    generated always as (ifnull(bound, 9223372036854775807)) virtual;

update task
set (root_id, office, party) = (
    select root_id, office, party
    from instance
    where instance.id = task.instance_id);

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
    where status in ('open', 'taken');
create index task_open_by_assignee on task (assignee, sort_bound, id)
    where status in ('open', 'taken');

alter table deadline add column root_id text not null default '';
alter table deadline add column office text not null default '';
alter table deadline add column party text not null default '';
alter table deadline add column sort_bound integer not null
    generated always as (ifnull(bound, 9223372036854775807)) virtual;

update deadline
set (root_id, office, party) = (
    select root_id, office, party
    from instance
    where instance.id = deadline.instance_id);

create index deadline_by_root on deadline (root_id, sort_bound, instance_id, name, occurrence);
create index deadline_live on deadline (sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed');
create index deadline_live_by_office on deadline
    (office, sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed');
create index deadline_live_by_kind on deadline
    (kind, sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed');
create index deadline_live_by_office_kind on deadline
    (office, kind, sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed');
create index deadline_live_by_party on deadline
    (party, sort_bound, instance_id, name, occurrence)
    where status in ('running', 'suspended', 'missed');
create index deadline_suspended on deadline (sort_bound, instance_id, name, occurrence)
    where status = 'suspended';

drop index instance_by_parent;
drop index instance_by_office;

create index instance_by_parent on instance (parent_id, opened_at, id);
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

-- What the timer prunes: answers older than a day.
create index idempotency_by_age on idempotency (created_at);
