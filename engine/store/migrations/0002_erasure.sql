-- SPDX-License-Identifier: EUPL-1.2
-- A value erased on an act leaves its row, with the hash that the journal knows; value and salt go,
-- always together. A message whose text was erased keeps the hash of what was sent.

create table field_value_with_gaps (
    instance_id text not null references instance (id),
    field text not null,
    position integer not null,
    value text,                         -- null: erased
    salt text,                          -- null: erased
    hash text not null,
    primary key (instance_id, field, position),
    check ((value is null) = (salt is null))
) strict, without rowid;

insert into field_value_with_gaps (instance_id, field, position, value, salt, hash)
select instance_id, field, position, value, salt, hash from field_value;

drop table field_value;

alter table field_value_with_gaps rename to field_value;

alter table outbox add column is_erased integer not null default 0;
