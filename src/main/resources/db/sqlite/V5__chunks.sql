-- The next chunk of an import, and whether one is left, without a look at all that were accepted.

create index chunk_left on chunk (import_id, number) where state <> 'ACCEPTED';
