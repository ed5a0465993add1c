-- What waits or is counted has times of its own, which are moved along when the clock jumps; the history stays as it was
-- written, and order comes from sequences alone.

create table clock (
    id      integer primary key check (id = 1),
    seen_at integer not null                          -- what it said when the ledger last heard of it
);

alter table import add column state_since integer;    -- since when it counts as being in its state; null: changed_at

alter table chunk add column doubt_attempt integer;   -- the first attempt that may have been applied
alter table chunk add column same_attempt integer;    -- the newest attempt of all when the first that ended with last_code did
update chunk set doubt_attempt = coalesce((select min(a.id) from attempt a where a.import_id = chunk.import_id
    and a.chunk = chunk.number and a.started_at = chunk.doubt_since), 0) where doubts > 0;
update chunk set same_attempt = coalesce((select min(a.id) from attempt a where a.import_id = chunk.import_id
    and a.chunk = chunk.number and a.ended_at = chunk.same_since), 0) where same_code > 0;
alter table chunk drop column same_since;

-- The order in which imports were delivered.
alter table import add column delivered_after integer not null default 0; -- the newest attempt of all when it was
update import set delivered_after = coalesce((select max(a.id) from attempt a where a.import_id = import.id), 0)
    where state = 'DELIVERED';
drop index import_lane_done;
create index import_lane_done on import (lane, delivered_after) where state = 'DELIVERED';
drop index import_clearing;
create index import_clearing on import (segment, delivered_after) where clears = 1 and state = 'DELIVERED';
