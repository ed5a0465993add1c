PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO flyway_schema_history VALUES(1,'1','ledger','SQL','V1__ledger.sql',199517541,'','2026-11-27 14:23:20.777',8,1);
INSERT INTO flyway_schema_history VALUES(2,'2','mirrored','SQL','V2__mirrored.sql',1826846314,'','2026-11-27 14:23:20.802',0,1);
INSERT INTO flyway_schema_history VALUES(3,'3','operations','SQL','V3__operations.sql',1913639884,'','2026-11-27 14:23:20.827',6,1);
INSERT INTO flyway_schema_history VALUES(4,'4','drops','SQL','V4__drops.sql',-564466007,'','2026-11-27 14:23:20.839',0,1);
INSERT INTO flyway_schema_history VALUES(5,'5','chunks','SQL','V5__chunks.sql',567917934,'','2026-11-27 14:23:20.848',4,1);
CREATE TABLE import (
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
INSERT INTO import VALUES(1,'01M8EP7KPK3MZPXZSWAC2RR7Z4','acme','bad.csv','REJECTED','SIDE_UNKNOWN_KEY','expected a documented key, found `claer`; did you mean `clear`?',1,'[["bad.csv","20:1795789408571446766:2265806","source.csv"],["bad.csv.json","27:1795789408571446766:2265807","sidecar.json"]]',1795789410014,1795789410243,1795789410243,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,'[{"code":"SIDE_UNKNOWN_KEY","line":0,"column":"claer","message":"expected a documented key, found `claer`; did you mean `clear`?"}]',1,'[]',0,1,2,2,0,0,1);
INSERT INTO import VALUES(2,'01M8EP7KPWBCZPFHPDM7TEXD3P','acme','dry.csv','CHECKED',NULL,'a dry run; nothing was sent',1,'[["dry.csv","20:1795789408571446766:2265808","source.csv"],["dry.csv.json","41:1795789408571446766:2265809","sidecar.json"]]',1795789410014,1795789410363,1795789410363,NULL,'2',2,0,1,NULL,NULL,'897b4afb1189a8b79029434cce6a834dbe2a0263da4c9a2893117351709f5953','{"segment":{"value":2,"from":"sidecar"},"clear":{"value":false,"from":"sidecar"},"dryRun":{"value":true,"from":"sidecar"}}','d150bd1dc79766b767454220b0154e64ed18d7f3f46d751c18f903bc514a57e1',NULL,NULL,NULL,NULL,1,0,'[]',0,'[]',0,1,2,2,0,0,1);
INSERT INTO import VALUES(3,'01M8EP7KPY7EDF45GXNH1P3QCK','acme','good.csv','READY','API_UNREACHABLE','the API could not be reached, or the request did not get there whole',1,'[["good.csv","20:1795789408571446766:2265799","source.csv"],["good.csv.json","27:1795789408571446766:2265805","sidecar.json"]]',1795789410014,1795789410399,NULL,NULL,'1',1,0,0,'SAFE',NULL,'04476e00c6b804315c8d8c5b1a61ef8f16cb586a73b03cbcc1139fe0b1f2893a','{"segment":{"value":1,"from":"sidecar"},"clear":{"value":false,"from":"sidecar"}}','7ec7b4479bb394ac2947d82c04895d7563bfc29dc62a488b99dd90e156699e50','[["clear","0"]]',replace('email\n','\n',char(10)),20,1795789408571446766,1,0,'[]',0,'[]',0,1,2,2,1795789410899,0,0);
CREATE TABLE chunk (
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
INSERT INTO chunk VALUES('01M8EP7KPY7EDF45GXNH1P3QCK',1,'PLANNED',6,14,1,'04476e00c6b804315c8d8c5b1a61ef8f16cb586a73b03cbcc1139fe0b1f2893a',2,0,NULL,'API_UNREACHABLE',2,1795789410630,0,NULL,1795789418155,NULL);
CREATE TABLE attempt (
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
INSERT INTO attempt VALUES(1,'01M8EP7KPY7EDF45GXNH1P3QCK',1,1,1795789410420,1795789410630,'not applied','API_UNREACHABLE',NULL,'');
INSERT INTO attempt VALUES(2,'01M8EP7KPY7EDF45GXNH1P3QCK',1,2,1795789414359,1795789414383,'not applied','API_UNREACHABLE',NULL,'');
CREATE TABLE event (
    id        integer primary key autoincrement,
    at        integer not null,
    import_id text,
    drop_name text,
    kind      text    not null,
    detail    text    not null,
    actor     text    not null                        -- 'segment-drop' or a user's name
);
INSERT INTO event VALUES(1,1795789410104,'01M8EP7KPK3MZPXZSWAC2RR7Z4','acme','taken','bad.csv','segment-drop');
INSERT INTO event VALUES(2,1795789410104,'01M8EP7KPWBCZPFHPDM7TEXD3P','acme','taken','dry.csv','segment-drop');
INSERT INTO event VALUES(3,1795789410104,'01M8EP7KPY7EDF45GXNH1P3QCK','acme','taken','good.csv','segment-drop');
INSERT INTO event VALUES(4,1795789410243,'01M8EP7KPK3MZPXZSWAC2RR7Z4','acme','rejected','SIDE_UNKNOWN_KEY: expected a documented key, found `claer`; did you mean `clear`?','segment-drop');
INSERT INTO event VALUES(5,1795789410363,'01M8EP7KPWBCZPFHPDM7TEXD3P','acme','checked','a dry run; nothing was sent','segment-drop');
INSERT INTO event VALUES(6,1795789410399,'01M8EP7KPY7EDF45GXNH1P3QCK','acme','waiting','1 chunks','segment-drop');
CREATE TABLE gate (
    name      text primary key,                       -- api, credential, drop:<name>
    closed_at integer not null,
    code      text    not null,
    reason    text    not null,
    actor     text    not null,
    probe_at  integer not null,
    probes    integer not null default 0
);
CREATE TABLE created_segment (
    drop_name text    not null,
    name      text    not null,
    id        integer not null,
    primary key (drop_name, name)
);
CREATE TABLE mirrored (
    drop_name text    not null,
    name      text    not null,                       -- the CSV's
    entries   text    not null,                       -- JSON: [[name, size:mtime, temporary name in the spool], …]
    placed    integer not null default 0,             -- 1: its files have their names in the spool, or had
    at        integer not null,
    primary key (drop_name, name)
);
CREATE TABLE notice (
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
INSERT INTO notice VALUES('IMPORT_REJECTED acme SIDE_UNKNOWN_KEY','IMPORT_REJECTED','acme',NULL,'SIDE_UNKNOWN_KEY','01M8EP7KPK3MZPXZSWAC2RR7Z4','bad.csv','expected a documented key, found `claer`; did you mean `clear`?','segment-drop',0,1795789410243,1795789410243,1795790310554,0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('import',3);
INSERT INTO sqlite_sequence VALUES('event',6);
INSERT INTO sqlite_sequence VALUES('attempt',2);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX import_open on import (lane, seq) where state in ('TAKEN', 'READY', 'HELD');
CREATE INDEX import_state on import (state, seq);
CREATE INDEX import_untold on import (seq) where told < revision and finished_at is null;
CREATE INDEX import_untold_end on import (seq) where told < revision and finished_at is not null;
CREATE INDEX import_drop on import (drop_name, seq);
CREATE INDEX import_request on import (drop_name, request_id) where request_id is not null;
CREATE INDEX import_lane_done on import (lane, finished_at) where state = 'DELIVERED';
CREATE INDEX import_clearing on import (segment, finished_at) where clears = 1 and state = 'DELIVERED';
CREATE INDEX attempt_import on attempt (import_id, id);
CREATE INDEX attempt_open on attempt (import_id) where ended_at is null;
CREATE INDEX event_import on event (import_id, id);
CREATE TRIGGER event_is_append_only before update on event begin select raise(abort, 'events are only appended'); end;
CREATE INDEX import_name on import (drop_name, file_name, seq);
CREATE INDEX import_take on import (drop_name, file_name) where in_custody = 0;
CREATE INDEX import_hash on import (sha256) where sha256 is not null;
CREATE INDEX import_sender_id on import (request_id) where request_id is not null;
CREATE INDEX import_replay on import (replay_of) where replay_of is not null;
CREATE INDEX import_count on import (drop_name, state) where in_custody = 1;
CREATE INDEX import_day on import (taken_at, drop_name, state) where in_custody = 1;
CREATE INDEX import_end on import (state, finished_at, rows_read, rows_rejected) where finished_at is not null;
CREATE INDEX import_cause on import (state, code, changed_at, id) where state in ('HELD', 'REJECTED', 'UNDELIVERABLE');
CREATE INDEX event_decision on event (id) where actor <> 'segment-drop';
CREATE INDEX notice_waiting on notice (not_before) where waiting > 0;
CREATE INDEX event_feed on event (drop_name, id) where kind in ('feed late', 'feed arrived');
CREATE INDEX event_old on event (at) where import_id is null;
CREATE INDEX import_arrival on import (drop_name, taken_at);
CREATE INDEX import_ended on import (finished_at) where settled = 1;
CREATE INDEX event_drop on event (drop_name, id) where kind in ('drop closed', 'drop opened');
CREATE INDEX chunk_left on chunk (import_id, number) where state <> 'ACCEPTED';
COMMIT;
