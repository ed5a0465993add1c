-- How much each drop has in the home, and how much may still be written by checks: read from indexes alone.

alter table import add column source_bytes integer not null default 0;  -- of its files as they were dropped; 0 once they are removed

update import set source_bytes = (
    select coalesce(sum(cast(json_extract(file.value, '$[1]') as integer)), 0) from json_each(import.sources) file
) where settled = 0;

create index import_kept on import (drop_name, source_bytes) where source_bytes > 0;
create index import_load on import (drop_name, state, source_bytes) where settled = 0;
