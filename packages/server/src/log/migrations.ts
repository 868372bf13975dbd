import { APPEND_FUNCTION, SESSION_TRIGGER } from './append-function.js';
import { APPEND_GROUPS_BY_ENTRY, APPEND_GROUPS_NOTING, APPEND_RUN_NOTING } from './retired-functions.js';

/**
 * The tables, step by step. A step that has been released never changes; a later one corrects it.
 *
 * Every append updates a row of `channels`, and some of `clients`. None of the columns that change is in an index, and
 * their pages have room, so these updates stay where they are and touch no index.
 *
 * `channels.head` is the one source of sequence numbers: it moves under the row's lock, so numbers are in commit order
 * and without holes, which a sequence or serial column would not be.
 */
const TABLES = `
create table inkwire.channels (
  id integer generated always as identity primary key,
  name text not null unique,
  epoch text not null,
  head bigint not null default 0,
  floor bigint not null default 0,
  announced bigint not null default 0,
  appended_at bigint not null default 0,
  bytes bigint not null default 0
) with (fillfactor = 50);

create table inkwire.sessions (
  channel integer not null references inkwire.channels,
  session text not null,
  user_id text not null,
  user_name text,
  user_color text,
  last bigint not null default 0,
  revoked boolean not null default false,
  joined_at bigint not null,
  primary key (channel, session)
) with (fillfactor = 50);
create index on inkwire.sessions (user_id);

create table inkwire.clients (
  channel integer not null references inkwire.channels,
  client bigint not null,
  user_id text not null,
  clock bigint not null default 0,
  seq bigint not null default 0,
  primary key (channel, client)
) with (fillfactor = 50);

create table inkwire.entries (
  channel integer not null references inkwire.channels,
  seq bigint not null,
  session text not null,
  n bigint not null,
  appended_at bigint not null,
  seal bytea,
  body bytea,
  primary key (channel, seq),
  unique (channel, session, n)
);
alter table inkwire.entries alter column body set storage external;
`;

/**
 * Appends a batch that the server has checked, in one transaction and one round trip.
 *
 * What the check relied on is verified under the lock of the channel's row: each session's last number and each
 * client's owner. When another process changed them meanwhile, nothing is stored and the error has SQLSTATE IW001.
 * Clocks need no second look: they only grow.
 */
const APPEND = `
create function inkwire.append(
  in_channel integer,
  in_now bigint,
  entry_sessions text[], entry_ns bigint[], entry_starts integer[], entry_lengths integer[], seals bytea, bodies bytea,
  session_ids text[], session_before bigint[], session_after bigint[],
  client_ids bigint[], client_users text[], client_clocks bigint[]
) returns table (epoch text, head bigint) language plpgsql as $$
declare
  stored bigint;
  touched bigint;
begin
  update inkwire.channels c
    set head = c.head + cardinality(entry_ns), appended_at = in_now, bytes = c.bytes + length(bodies)
    where c.id = in_channel
    returning c.epoch, c.head, c.head - cardinality(entry_ns) into append.epoch, append.head, stored;

  update inkwire.sessions s set last = x.after
    from unnest(session_ids, session_before, session_after) as x(session, before, after)
    where s.channel = in_channel and s.session = x.session and s.last = x.before and not s.revoked;
  get diagnostics touched = row_count;
  if touched <> cardinality(session_ids) then
    raise exception 'a session moved on' using errcode = 'IW001';
  end if;

  update inkwire.clients c set clock = greatest(c.clock, x.clock), seq = append.head
    from unnest(client_ids, client_users, client_clocks) as x(client, user_id, clock)
    where c.channel = in_channel and c.client = x.client and c.user_id = x.user_id;
  get diagnostics touched = row_count;
  if touched <> cardinality(client_ids) then
    insert into inkwire.clients as c (channel, client, user_id, clock, seq)
      select in_channel, x.client, x.user_id, x.clock, append.head
        from unnest(client_ids, client_users, client_clocks) as x(client, user_id, clock)
      on conflict (channel, client) do update set seq = c.seq where c.user_id = excluded.user_id;
    get diagnostics touched = row_count;
    if touched <> cardinality(client_ids) then
      raise exception 'a client was claimed' using errcode = 'IW001';
    end if;
  end if;

  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
    select in_channel, stored + x.position, x.session, x.n, in_now,
      substring(seals from (x.position::integer - 1) * 16 + 1 for 16),
      substring(bodies from x.start + 1 for x.length)
    from unnest(entry_sessions, entry_ns, entry_starts, entry_lengths) with ordinality
      as x(session, n, start, length, position);
  return next;
end
$$;
`;

/** Snapshots lie in parts, so that none has to be in memory as a whole to be served. */
const SNAPSHOTS = `
create table inkwire.snapshots (
  channel integer not null references inkwire.channels,
  seq bigint not null,
  made_at bigint not null,
  length bigint not null,
  sessions text not null,
  primary key (channel, seq)
);
create table inkwire.snapshot_parts (
  channel integer not null,
  seq bigint not null,
  part integer not null,
  body bytea not null,
  primary key (channel, seq, part),
  foreign key (channel, seq) references inkwire.snapshots on delete cascade
);
alter table inkwire.snapshot_parts alter column body set storage external;
alter table inkwire.channels
  add column snapshot bigint not null default 0,
  add column compacted_at bigint not null default 0;
create table inkwire.facts (name text primary key, value text not null);
`;

/** Workspace events have numbers of their own, from `channels.event_head`, taken like those of entries. */
const EVENTS = `
create table inkwire.events (
  channel integer not null references inkwire.channels,
  seq bigint not null,
  event_id text not null,
  type text not null,
  actor text not null,
  at bigint not null,
  body text not null,
  primary key (channel, seq),
  unique (channel, event_id)
);
create index on inkwire.events (channel, type, actor, at);
alter table inkwire.channels
  add column event_head bigint not null default 0,
  add column event_floor bigint not null default 0,
  add column event_announced bigint not null default 0;
`;

/** Channels are never dropped, so rows need no look-up of theirs; and one call appends to many of them. */
const GROUPS = `
alter table inkwire.entries drop constraint entries_channel_fkey;
drop function inkwire.append;
${APPEND_GROUPS_NOTING}
`;

/** The content of rows that Yjs fails on, which is no longer served. */
const QUARANTINE = `
create table inkwire.quarantined (
  channel integer not null references inkwire.channels,
  seq bigint not null,
  body bytea not null,
  primary key (channel, seq)
);
`;

/** A snapshot is served from the moment that all its parts are stored until its first part is dropped. */
const SERVED_SNAPSHOTS = `
alter table inkwire.snapshots add column is_served boolean not null default true;
`;

/** A function for what a page usually hands in: a run of entries of one session, in which one client wrote, or none. */
const RUN = `
create function inkwire.append_run(
  in_now bigint, in_channel integer, in_session text, in_before bigint,
  in_client bigint, in_user text, in_clock bigint,
  starts integer[], lengths integer[], seals bytea, bodies bytea
) returns table (channel_id integer, channel_epoch text, channel_head bigint) language plpgsql
set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  stored bigint;
begin
  update inkwire.channels c
    set head = c.head + cardinality(starts), appended_at = in_now, bytes = c.bytes + length(bodies)
    where c.id = in_channel
    returning c.id, c.epoch, c.head, c.head - cardinality(starts)
    into channel_id, channel_epoch, channel_head, stored;

  update inkwire.sessions s set last = in_before + cardinality(starts)
    where s.channel = in_channel and s.session = in_session and s.last = in_before and not s.revoked;
  if not found then
    raise exception 'a session moved on' using errcode = 'IW001';
  end if;

  if in_client is not null then
    update inkwire.clients c set clock = greatest(c.clock, in_clock), seq = channel_head
      where c.channel = in_channel and c.client = in_client and c.user_id = in_user;
    if not found then
      insert into inkwire.clients as c (channel, client, user_id, clock, seq)
        values (in_channel, in_client, in_user, in_clock, channel_head)
        on conflict (channel, client) do update set seq = c.seq where c.user_id = excluded.user_id;
      if not found then
        raise exception 'a client was claimed' using errcode = 'IW001';
      end if;
    end if;
  end if;

  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
    select in_channel, stored + x.place, in_session, in_before + x.place, in_now,
      substring(seals from x.place::integer * 16 - 15 for 16),
      substring(bodies from x.start + 1 for x.length)
    from unnest(starts, lengths) with ordinality as x(start, length, place);
  return next;
end
$$;
`;

/** The same without settings of its own, which cost a fifth of each call; and one entry is stored without taking it apart. */
const LEAN_RUN = `
drop function inkwire.append_run;
${APPEND_RUN_NOTING}
`;

/**
 * An append writes its rows and the channel's, and no other: the rows say themselves how far sessions and clients have
 * come. `sessions.last` is the last number of those whose keys were dropped. `clients.clock` is the clock of all rows of
 * the client but its last ones, and above `clients.seq` it has none; both grow once for many rows. `channels.revision`
 * moves with whatever else an append relies on.
 */
const LEAN_APPENDS = `
alter table inkwire.channels add column revision bigint not null default 0;
alter table inkwire.entries add column client bigint, add column clock bigint;
drop function inkwire.append_groups;
drop function inkwire.append_run;
${APPEND_GROUPS_BY_ENTRY}
${SESSION_TRIGGER}
`;

/** Entries come in runs, and are found by their places in them: a third less of the database's time for ten of them. */
const RUNS_OF_GROUPS = `
drop function inkwire.append_groups;
${APPEND_FUNCTION}
`;

export const MIGRATIONS: readonly string[] = [
  TABLES + APPEND,
  SNAPSHOTS,
  EVENTS,
  GROUPS,
  QUARANTINE,
  RUN,
  SERVED_SNAPSHOTS,
  LEAN_RUN,
  LEAN_APPENDS,
  RUNS_OF_GROUPS,
];
