import { type Board, type Effect, type ElementId, parseWriteKey, REGISTERS } from '@inkwire/core';
import type { AnnouncerTimers } from './announcer.js';
import { kindName, shortName } from './element-name.js';

/** What others do is gathered for this long (ms) before it is told. */
const GATHERING = 2000;
/** More elements than this at once are a board that is loaded, and no news. */
const MOST_AT_ONCE = 200;

type Deed = 'added' | 'changed' | 'wrote in' | 'removed';
const DEEDS: readonly Deed[] = ['added', 'changed', 'wrote in', 'removed'];

export interface RemoteNewsOptions {
  readonly board: Board;
  readonly say: (text: string) => void;
  /** What a person is called; null where that is not known. */
  readonly nameOf: (user: string) => string | null;
  readonly timers: AnnouncerTimers;
}

/** Tells what others did, by whom, a sentence for each person; returns the way to stop. */
export function tellRemoteNews({ board, say, nameOf, timers }: RemoteNewsOptions): () => void {
  const news = new Map<string, Map<ElementId, Deed>>();
  /** What they were, for those that are gone when it is told. */
  const names = new Map<ElementId, string>();
  let timer: number | undefined;

  function note(user: string, id: ElementId, deed: Deed): void {
    const deeds = news.get(user) ?? new Map<ElementId, Deed>();
    news.set(user, deeds);
    const before = deeds.get(id);
    // What came and went, or was changed before it went, is told as what it came to.
    if (before === 'added' && deed === 'removed') deeds.delete(id);
    else if (before !== 'added' || deed === 'removed') deeds.set(id, deed);
    const element = board.recall(id);
    if (element !== undefined) names.set(id, shortName(element));
  }

  function tell(): void {
    timer = undefined;
    for (const [user, deeds] of news) {
      const parts = DEEDS.flatMap((deed) => {
        const ids = [...deeds].filter(([, its]) => its === deed).map(([id]) => id);
        return ids.length === 0 ? [] : [`${deed} ${listed(ids)}`];
      });
      if (parts.length > 0) say(`${nameOf(user) ?? 'Somebody'} ${joined(parts)}.`);
    }
    news.clear();
    names.clear();
  }

  function listed(ids: readonly ElementId[]): string {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return names.get(only) ?? 'an element';
    const kinds = new Set(
      ids.map((id) => board.recall(id)).map((element) => (element === undefined ? '' : kindName(element))),
    );
    const [kind] = kinds;
    return kinds.size === 1 && kind
      ? `${ids.length} elements, each a ${kind.toLowerCase()}`
      : `${ids.length} elements`;
  }

  const unsubscribe = board.subscribe((effect) => {
    const { local, user, touched } = effect;
    if (local || user === null || user === board.user || touched.length > MOST_AT_ONCE) return;
    for (const [id, deed] of deedsOf(effect)) note(user, id, deed);
    if (news.size > 0) timer ??= timers.setTimeout(tell, GATHERING);
  });

  return () => {
    unsubscribe();
    timers.clearTimeout(timer);
  };
}

function deedsOf({ change }: Effect): Map<ElementId, Deed> {
  const deeds = new Map<ElementId, Deed>();
  for (const id of change.texts.keys()) deeds.set(id, 'wrote in');
  for (const [key, { to }] of change.writes) {
    const { id, code } = parseWriteKey(key);
    if (code === REGISTERS.removed.code) deeds.set(id, to?.value === true ? 'removed' : 'added');
    else if (!deeds.has(id)) deeds.set(id, 'changed');
  }
  for (const [id, { to }] of change.births) if (to !== null) deeds.set(id, 'added');
  return deeds;
}

function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
