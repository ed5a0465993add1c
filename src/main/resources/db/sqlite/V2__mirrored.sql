-- What was mirrored from an SFTP server and may still lie there, so that it is not mirrored twice.

create table mirrored (
    drop_name text    not null,
    name      text    not null,                       -- the CSV's
    entries   text    not null,                       -- JSON: [[name, size:mtime, temporary name in the spool], …]
    placed    integer not null default 0,             -- 1: its files have their names in the spool, or had
    at        integer not null,
    primary key (drop_name, name)
);
