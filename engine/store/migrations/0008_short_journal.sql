-- SPDX-License-Identifier: EUPL-1.2
-- Shorter rows of the journal. The hash before is that of the row before: a column of its own said
-- it again. From now on the names that every text repeats are written as one character each, of
-- those that JSON never has (engine/store/journal_text.h has the same list); `journal_plain` reads
-- the text as it was hashed, also that of older rows, which stay as they are. Who did what on an
-- instance is asked of people only.

drop index journal_by_instance;

alter table journal drop column previous_hash;

create index journal_by_instance on journal (instance_id)
    where person <> '';

-- In two steps: SQLite's parser takes no more in one.
create view journal_plain as
select root_id, position, instance_id, event, person, hash,
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(
    half,
    char(15), '"effect":"state_entered",'),
    char(14), '"},{'),
    char(13), '","title":"'),
    char(12), '{"effects":[{'),
    char(11), ',"role":"'),
    char(10), ',"recorded_at":'),
    char(9), ',"received_at":'),
    char(8), '}],' || char(3) || ',"instance":"' || char(2) || '","position":'),
    char(7), '}],' || char(3) || ',"instance":"' || char(2) || '",' || char(4) || '"position":'),
    char(6), '","root":"'),
    char(5), ',"role":"sistema","root":"'),
    char(4), '"person":"' || person || '",'),
    char(3), '"event":"' || event || '"'),
    char(1), root_id),
    char(2), instance_id) as text
from (
    select root_id, position, instance_id, event, person, hash,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(replace(replace(replace(
        text,
        char(31), '{"cause":'),
        char(30), '","template":"'),
        char(29), '"content":"'),
        char(28), '"channel":"'),
        char(27), '"due_date":"'),
        char(26), '"bound":'),
        char(25), '","opened_at":'),
        char(24), '","name":"'),
        char(23), '","status":"'),
        char(22), '"state":"'),
        char(21), '","hash":"'),
        char(20), '"effect":"message_sent","id":"' || char(2) || '.m'),
        char(19), '"effect":"message_queued","id":"' || char(2) || '.m'),
        char(18), '"effect":"value_set","field":"'),
        char(17), '"effect":"task_ended","id":"' || char(2) || '.t'),
        char(16), '"effect":"task_opened","id":"' || char(2) || '.t') as half
    from journal);
