import { sqlState } from './database.js';

/** Raised where what a plan relied on is no longer so; where two processes store the same entry, by the table itself. */
const OVERTAKEN = 'IW001';
const NOT_UNIQUE = '23505';

/** Nothing was stored: another process changed what the plan relied on. */
export class LogMovedError extends Error {
  readonly code = OVERTAKEN;
}

/** Whether nothing was stored because another process was faster. */
export const isOvertaken = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === OVERTAKEN || state === NOT_UNIQUE;
};

/**
 * A client's row is written once for so many rows of its log: until then, how far the client has come is what its own
 * rows say, so this is also how many of them have to be looked through to know it.
 */
export const CLIENT_ROW_LASTS = 1_000;

/**
 * Stores what the server has checked for any number of channels, in one transaction and one round trip.
 *
 * What the check relied on is verified under the lock of each channel's row. `revision` has not moved, so the sessions
 * are as they were, none of them ended, and no key of theirs was dropped; numbers follow each other then, since the table
 * has each at most once. The head stays within `channel_limits`, up to which the rows of the clients hold that are not
 * handed in; the others belong to whom the check took for their owner. Otherwise the whole call fails with SQLSTATE IW001.
 * Clocks need no second look: they only grow.
 *
 * Arrays that belong together have one element for each channel, run, entry or client. A run is of entries of one session
 * that follow each other on a channel, in which one client wrote, or none (-1): its last entry says how far that client
 * has come. Runs, entries, seals and updates stand one after another, whatever they belong to: starts say where those of a
 * channel, a run or an entry begin. A client's clock is all there is to know of it when its channel gets the head that is
 * handed in; else other processes have written too, and what they wrote is looked through.
 *
 * Its plans are made when a process calls it first, perhaps on empty tables, and kept: so they are told to use indexes.
 * Runs and entries are found by their places: a join would compare each channel with every run.
 */
export const APPEND_FUNCTION = `
create function inkwire.append_groups(
  in_now bigint,
  channel_ids integer[], channel_revisions bigint[], channel_limits bigint[],
  channel_counts integer[], channel_sizes bigint[], channel_starts integer[], channel_runs integer[],
  run_sessions text[], run_befores bigint[], run_starts integer[], run_counts integer[],
  run_clients bigint[], run_clocks bigint[],
  entry_starts integer[], entry_lengths integer[], seals bytea, bodies bytea,
  client_channels integer[], client_ids bigint[], client_users text[], client_clocks bigint[], client_heads bigint[]
) returns table (channel_id integer, channel_epoch text, channel_head bigint) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
declare
  touched bigint;
begin
  -- Always in the same order, so that no two calls wait for each other.
  if cardinality(channel_ids) > 1 then
    perform from inkwire.channels c where c.id = any(channel_ids) order by c.id for no key update;
  end if;

  with c as (
    update inkwire.channels c
      set head = c.head + x.count, appended_at = in_now, bytes = c.bytes + x.size
      from unnest(
        channel_ids, channel_revisions, channel_limits, channel_counts, channel_sizes, channel_starts, channel_runs
      ) as x(id, revision, highest, count, size, start, runs)
      where c.id = x.id and c.revision = x.revision and c.head + x.count <= x.highest
      returning c.id, c.head - x.count - run_starts[x.start + 1] as before, x.start, x.runs
  )
  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body, client, clock)
    select c.id, c.before + place, run_sessions[run], run_befores[run] - run_starts[run] + place, in_now,
      substring(seals from place * 16 - 15 for 16),
      substring(bodies from entry_starts[place] + 1 for entry_lengths[place]),
      case when place = run_starts[run] + run_counts[run] then nullif(run_clients[run], -1) end,
      case when place = run_starts[run] + run_counts[run] then nullif(run_clocks[run], -1) end
    from c,
      generate_series(c.start + 1, c.start + c.runs) as run,
      generate_series(run_starts[run] + 1, run_starts[run] + run_counts[run]) as place;
  get diagnostics touched = row_count;
  if touched <> cardinality(entry_lengths) then
    raise exception 'a log moved on' using errcode = '${OVERTAKEN}';
  end if;

  if cardinality(client_ids) > 0 then
    update inkwire.clients c set seq = greatest(c.seq, h.head + ${CLIENT_ROW_LASTS}),
        clock = greatest(c.clock, x.clock, case when h.head <> x.head then (
          select max(e.clock) from inkwire.entries e
            where e.channel = c.channel and e.client = c.client
              and e.seq > c.seq - ${CLIENT_ROW_LASTS} and e.seq <= c.seq
        ) end)
      from unnest(client_channels, client_ids, client_users, client_clocks, client_heads)
        as x(channel, client, user_id, clock, head)
      join inkwire.channels h on h.id = x.channel
      where c.channel = x.channel and c.client = x.client and c.user_id = x.user_id;
    get diagnostics touched = row_count;
    if touched <> cardinality(client_ids) then
      insert into inkwire.clients as c (channel, client, user_id, clock, seq)
        select x.channel, x.client, x.user_id, x.clock, h.head + ${CLIENT_ROW_LASTS}
          from unnest(client_channels, client_ids, client_users, client_clocks) as x(channel, client, user_id, clock)
          join inkwire.channels h on h.id = x.channel
        on conflict (channel, client) do update set seq = c.seq where c.user_id = excluded.user_id;
      get diagnostics touched = row_count;
      if touched <> cardinality(client_ids) then
        raise exception 'a client was claimed' using errcode = '${OVERTAKEN}';
      end if;
    end if;
  end if;

  return query select c.id, c.epoch, c.head from inkwire.channels c where c.id = any(channel_ids);
end
$$;
`;

/** Whatever changes what processes remember of sessions moves the revision of their log, so that appends look again. */
export const SESSION_TRIGGER = `
create function inkwire.note_session() returns trigger language plpgsql as $$
begin
  update inkwire.channels set revision = revision + 1 where id = new.channel;
  return null;
end
$$;
create trigger note_session after update of last, revoked on inkwire.sessions for each row
  when (old.last <> new.last or old.revoked <> new.revoked) execute function inkwire.note_session();
`;
