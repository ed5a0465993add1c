-- What each drop's folder is known by, so that another one in its place, or a drop that was renamed, is noticed over restarts.

create table drop_folder (
    drop_name text    primary key,
    place     text    not null,                       -- where the configuration last said that it is
    device    integer,                                -- null, with the next two, until it was seen; always for a server's
    inode     integer,
    born      integer                                 -- in nanoseconds since 1970 UTC; null where the file system does not say
) without rowid;
