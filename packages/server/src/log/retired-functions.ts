// Functions that earlier steps of the migrations made and a later one dropped, as they were released.

/** Stored entries of any number of channels, and noted with each call how far their sessions and clients had come. */
export const APPEND_GROUPS_NOTING = `
create function inkwire.append_groups(
  in_now bigint,
  channel_ids integer[], channel_counts integer[], channel_sizes bigint[],
  entry_channels integer[], entry_followers integer[], entry_sessions text[], entry_ns bigint[],
  entry_starts integer[], entry_lengths integer[], seals bytea, bodies bytea,
  session_channels integer[], session_ids text[], session_before bigint[], session_after bigint[],
  client_channels integer[], client_ids bigint[], client_users text[], client_clocks bigint[]
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
      from unnest(channel_ids, channel_counts, channel_sizes) as x(id, count, size)
      where c.id = x.id
      returning c.id, c.head
  )
  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
    select x.channel, c.head - x.followers, x.session, x.n, in_now,
      substring(seals from (x.position::integer - 1) * 16 + 1 for 16),
      substring(bodies from x.start + 1 for x.length)
    from unnest(
      entry_channels, entry_followers, entry_sessions, entry_ns, entry_starts, entry_lengths
    ) with ordinality as x(channel, followers, session, n, start, length, position)
    join c on c.id = x.channel;

  update inkwire.sessions s set last = x.after
    from unnest(session_channels, session_ids, session_before, session_after) as x(channel, session, before, after)
    where s.channel = x.channel and s.session = x.session and s.last = x.before and not s.revoked;
  get diagnostics touched = row_count;
  if touched <> cardinality(session_ids) then
    raise exception 'a session moved on' using errcode = 'IW001';
  end if;

  update inkwire.clients c set clock = greatest(c.clock, x.clock), seq = h.head
    from unnest(client_channels, client_ids, client_users, client_clocks) as x(channel, client, user_id, clock)
    join inkwire.channels h on h.id = x.channel
    where c.channel = x.channel and c.client = x.client and c.user_id = x.user_id;
  get diagnostics touched = row_count;
  if touched <> cardinality(client_ids) then
    insert into inkwire.clients as c (channel, client, user_id, clock, seq)
      select x.channel, x.client, x.user_id, x.clock, h.head
        from unnest(client_channels, client_ids, client_users, client_clocks) as x(channel, client, user_id, clock)
        join inkwire.channels h on h.id = x.channel
      on conflict (channel, client) do update set seq = c.seq where c.user_id = excluded.user_id;
    get diagnostics touched = row_count;
    if touched <> cardinality(client_ids) then
      raise exception 'a client was claimed' using errcode = 'IW001';
    end if;
  end if;

  return query select c.id, c.epoch, c.head from inkwire.channels c where c.id = any(channel_ids);
end
$$;
`;

/** Did the same for a run of entries of one session in which one client wrote, or none. */
export const APPEND_RUN_NOTING = `
create function inkwire.append_run(
  in_now bigint, in_channel integer, in_session text, in_before bigint,
  in_client bigint, in_user text, in_clock bigint,
  starts integer[], lengths integer[], seals bytea, bodies bytea
) returns text language plpgsql as $$
declare
  channel_epoch text;
  channel_head bigint;
  stored bigint;
begin
  update inkwire.channels c
    set head = c.head + cardinality(starts), appended_at = in_now, bytes = c.bytes + length(bodies)
    where c.id = in_channel
    returning c.epoch, c.head, c.head - cardinality(starts) into channel_epoch, channel_head, stored;

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

  if cardinality(starts) = 1 then
    insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
      values (in_channel, channel_head, in_session, in_before + 1, in_now, seals, bodies);
  else
    insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
      select in_channel, stored + x.place, in_session, in_before + x.place, in_now,
        substring(seals from x.place::integer * 16 - 15 for 16),
        substring(bodies from x.start + 1 for x.length)
      from unnest(starts, lengths) with ordinality as x(start, length, place);
  end if;
  return channel_head || ' ' || channel_epoch;
end
$$;
`;

/** Stored entries of any number of channels; each entry said itself which channel, session and client it was of. */
export const APPEND_GROUPS_BY_ENTRY = `
create function inkwire.append_groups(
  in_now bigint,
  channel_ids integer[], channel_revisions bigint[], channel_limits bigint[],
  channel_counts integer[], channel_sizes bigint[],
  entry_channels integer[], entry_followers integer[], entry_sessions text[], entry_ns bigint[],
  entry_clients bigint[], entry_clocks bigint[],
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
      from unnest(channel_ids, channel_revisions, channel_limits, channel_counts, channel_sizes)
        as x(id, revision, highest, count, size)
      where c.id = x.id and c.revision = x.revision and c.head + x.count <= x.highest
      returning c.id, c.head
  )
  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body, client, clock)
    select x.channel, c.head - x.followers, x.session, x.n, in_now,
      substring(seals from (x.position::integer - 1) * 16 + 1 for 16),
      substring(bodies from x.start + 1 for x.length),
      nullif(x.client, -1), nullif(x.clock, -1)
    from unnest(
      entry_channels, entry_followers, entry_sessions, entry_ns, entry_clients, entry_clocks,
      entry_starts, entry_lengths
    ) with ordinality as x(channel, followers, session, n, client, clock, start, length, position)
    join c on c.id = x.channel;
  get diagnostics touched = row_count;
  if touched <> cardinality(entry_ns) then
    raise exception 'a log moved on' using errcode = 'IW001';
  end if;

  if cardinality(client_ids) > 0 then
    update inkwire.clients c set seq = greatest(c.seq, h.head + 1000),
        clock = greatest(c.clock, x.clock, case when h.head <> x.head then (
          select max(e.clock) from inkwire.entries e
            where e.channel = c.channel and e.client = c.client
              and e.seq > c.seq - 1000 and e.seq <= c.seq
        ) end)
      from unnest(client_channels, client_ids, client_users, client_clocks, client_heads)
        as x(channel, client, user_id, clock, head)
      join inkwire.channels h on h.id = x.channel
      where c.channel = x.channel and c.client = x.client and c.user_id = x.user_id;
    get diagnostics touched = row_count;
    if touched <> cardinality(client_ids) then
      insert into inkwire.clients as c (channel, client, user_id, clock, seq)
        select x.channel, x.client, x.user_id, x.clock, h.head + 1000
          from unnest(client_channels, client_ids, client_users, client_clocks) as x(channel, client, user_id, clock)
          join inkwire.channels h on h.id = x.channel
        on conflict (channel, client) do update set seq = c.seq where c.user_id = excluded.user_id;
      get diagnostics touched = row_count;
      if touched <> cardinality(client_ids) then
        raise exception 'a client was claimed' using errcode = 'IW001';
      end if;
    end if;
  end if;

  return query select c.id, c.epoch, c.head from inkwire.channels c where c.id = any(channel_ids);
end
$$;
`;
