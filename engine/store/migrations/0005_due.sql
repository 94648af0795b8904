-- SPDX-License-Identifier: EUPL-1.2
-- Deadlines that are due, in legal order without sorting: terms end at midnight, many at the same
-- instant, and each is asked for by itself, because the one before may have moved it.

drop index deadline_running;

create index deadline_running on deadline (bound, kind = 'closing', name, instance_id)
    where status = 'running';
