-- What operations are to hear of: one row for each cause, with how often it came up since they were last told of it.

create table notice (
    cause      text    primary key,                   -- what happened, to which drop or gate, and the code
    news       text    not null,
    drop_name  text,
    gate       text,
    code       text,
    import_id  text,                                  -- the newest
    file_name  text,                                  -- its CSV's, as the partner wrote it
    reason     text    not null,
    actor      text    not null,
    waiting    integer not null default 0,            -- times that were not told yet
    first_at   integer not null,                      -- of these
    last_at    integer not null,
    not_before integer not null default 0,
    failures   integer not null default 0             -- in a row, of telling it
);
create index notice_waiting on notice (not_before) where waiting > 0;
create index event_feed on event (drop_name, id) where kind in ('feed late', 'feed arrived');
create index event_old on event (at) where import_id is null;
create index import_arrival on import (drop_name, taken_at);
create index import_ended on import (finished_at) where settled = 1;
