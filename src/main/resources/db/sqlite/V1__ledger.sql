-- The ledger: the only memory. Times are milliseconds since 1970 UTC; booleans are 0 or 1; sequences come from here, not from the clock.

create table import (
    seq           integer primary key autoincrement,  -- the order of taking
    id            text    not null unique,            -- ULID
    drop_name     text    not null,
    file_name     text    not null,                   -- the CSV's, as the partner wrote it
    state         text    not null,
    code          text,                               -- why it is where it is
    reason        text,
    in_custody    integer not null default 0,         -- 0: the take was begun, 1: the files are in work/<id>
    sources       text    not null,                   -- JSON: [[name in the drop, size:mtime:identity, name in custody], …]
    taken_at      integer not null,
    changed_at    integer not null,
    finished_at   integer,
    replay_of     text,

    -- the plan, frozen when it is made
    lane          text,
    segment       integer,
    clears        integer not null default 0,
    dry_run       integer not null default 0,
    resend_class  text,
    request_id    text,
    sha256        text,
    options       text,                               -- JSON: {"clear": {"value": false, "from": "sidecar"}}
    options_hash  text,
    fields        text,                               -- JSON: [["clear", "0"], …]: the exact form fields
    header        text,
    content_size  integer,
    content_mtime integer,
    rows_read     integer not null default 0,
    rows_rejected integer not null default 0,
    problems      text,                               -- JSON, the first hundred
    problems_total integer not null default 0,
    warnings      text,

    not_before    integer not null default 0,
    checks        integer not null default 0,         -- how often its check was begun
    revision      integer not null default 1,         -- grows with each change that the partner should hear of
    told          integer not null default 0,         -- the revision of the newest receipt
    tell_at       integer not null default 0,         -- when to try the receipt again
    released      integer not null default 0,         -- 1: a person let it pass the guards
    settled       integer not null default 0          -- 1: moved to archive or dead-letter
);
create index import_open on import (lane, seq) where state in ('TAKEN', 'READY', 'HELD');
create index import_state on import (state, seq);
create index import_untold on import (seq) where told < revision and finished_at is null;
create index import_untold_end on import (seq) where told < revision and finished_at is not null;
create index import_drop on import (drop_name, seq);
create index import_request on import (drop_name, request_id) where request_id is not null;
create index import_lane_done on import (lane, finished_at) where state = 'DELIVERED';
create index import_clearing on import (segment, finished_at) where clears = 1 and state = 'DELIVERED';

create table chunk (
    import_id   text    not null references import (id),
    number      integer not null,
    state       text    not null,
    byte_offset integer not null,
    byte_length integer not null,
    row_count   integer not null,
    sha256      text    not null,
    attempts    integer not null default 0,
    failures    integer not null default 0,           -- counted ones
    first_failed_at integer,
    last_code   text,
    same_code   integer not null default 0,           -- attempts in a row that ended with last_code
    same_since  integer,                              -- when the first of these ended
    doubts      integer not null default 0,           -- attempts that may have been applied
    doubt_since integer,                              -- when the first of these began
    not_before  integer not null default 0,
    accepted_at integer,
    primary key (import_id, number)
) without rowid;

create table attempt (
    id         integer primary key autoincrement,
    import_id  text    not null references import (id),
    chunk      integer not null,
    number     integer not null,
    started_at integer not null,
    ended_at   integer,
    outcome    text,                                  -- null: open
    code       text,
    status     integer,
    answer     text
);
create index attempt_import on attempt (import_id, id);
create index attempt_open on attempt (import_id) where ended_at is null;

create table event (
    id        integer primary key autoincrement,
    at        integer not null,
    import_id text,
    drop_name text,
    kind      text    not null,
    detail    text    not null,
    actor     text    not null                        -- 'segment-drop' or a user's name
);
create index event_import on event (import_id, id);
create trigger event_is_append_only before update on event begin select raise(abort, 'events are only appended'); end;

create table gate (
    name      text primary key,                       -- api, credential, drop:<name>
    closed_at integer not null,
    code      text    not null,
    reason    text    not null,
    actor     text    not null,
    probe_at  integer not null,
    probes    integer not null default 0
);

create table created_segment (
    drop_name text    not null,
    name      text    not null,
    id        integer not null,
    primary key (drop_name, name)
);
create index import_name on import (drop_name, file_name, seq);
create index import_take on import (drop_name, file_name) where in_custody = 0;
create index import_hash on import (sha256) where sha256 is not null;
create index import_sender_id on import (request_id) where request_id is not null;
create index import_replay on import (replay_of) where replay_of is not null;
-- what operations see at a glance: counts, days, hours and causes, each read from its index alone
create index import_count on import (drop_name, state) where in_custody = 1;
create index import_day on import (taken_at, drop_name, state) where in_custody = 1;
create index import_end on import (state, finished_at, rows_read, rows_rejected) where finished_at is not null;
create index import_cause on import (state, code, changed_at, id) where state in ('HELD', 'REJECTED', 'UNDELIVERABLE');
create index event_decision on event (id) where actor <> 'segment-drop';
