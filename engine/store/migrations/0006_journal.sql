-- SPDX-License-Identifier: EUPL-1.2
-- The same rows in a table of another shape. Where there is no rowid a row longer than a quarter of
-- a page goes on in a page of its own: two thirds of the journal were empty, and every act wrote
-- one page more.

create table journal_by_rowid (
    root_id text not null,
    position integer not null,
    instance_id text not null,
    event text not null,
    person text not null,
    text text not null,
    previous_hash text not null,
    hash text not null,
    primary key (root_id, position)
) strict;

insert into journal_by_rowid
    (root_id, position, instance_id, event, person, text, previous_hash, hash)
select root_id, position, instance_id, event, person, text, previous_hash, hash
from journal
order by root_id, position;

drop table journal;

alter table journal_by_rowid rename to journal;

create index journal_by_instance on journal (instance_id);
