-- Whether operations were told last that a drop takes nothing, or that it takes files again.

create index event_drop on event (drop_name, id) where kind in ('drop closed', 'drop opened');
