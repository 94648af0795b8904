-- SPDX-License-Identifier: EUPL-1.2
-- The keyed hash of a value that is there is made of it and its salt, and the journal has it: only
-- of a value that was erased must it be kept here. Messages are kept in the order of their ids,
-- which need no index beside the table; those that were never leased have their place in the queue
-- in `leased_until`, where a lease has the instant of its end.

create table field_value_hashed_once (
    instance_id text not null references instance (id),
    field text not null,
    position integer not null,
    value text,                         -- null: erased
    salt text,                          -- null: erased
    hash text,                          -- of an erased one
    primary key (instance_id, field, position),
    check ((value is null) = (salt is null))
) strict, without rowid;

insert into field_value_hashed_once (instance_id, field, position, value, salt, hash)
select instance_id, field, position, value, salt,
    case
        when value is null then hash
    end
from field_value
order by instance_id, field, position;

drop table field_value;

alter table field_value_hashed_once rename to field_value;

create table outbox_by_id (
    id text not null primary key,       -- that of its instance, a dot, its own
    instance_id text not null references instance (id),
    name text not null,
    template_name text not null,
    recipient text not null,
    channel text not null,
    status text not null,
    content_sha256 text not null,
    attempts integer not null,
    leased_until integer not null,
    fence integer not null,
    is_erased integer not null default 0
) strict, without rowid;

insert into outbox_by_id
    (id, instance_id, name, template_name, recipient, channel, status, content_sha256, attempts,
    leased_until, fence, is_erased)
select id, instance_id, name, template_name, recipient, channel, status, content_sha256, attempts,
    case
        when status = 'queued' and leased_until = 0 then row_number() over (order by rowid)
        else leased_until
    end,
    fence, is_erased
from outbox
order by id;

drop table outbox;

alter table outbox_by_id rename to outbox;

create index outbox_queued on outbox (leased_until)
    where status = 'queued';
