import { InkwireRefusal } from '../refusal.js';
import type { Id, Struct, UpdateShape } from './update-shape.js';

/** The next clock of a client in the log; 0 for a client that has written nothing. */
export type ClockOf = (client: number) => number;

/**
 * Checks that a document with the clocks `clockOf` can take the whole update at once, so that nothing of it would be
 * left pending: every id that it refers to is in the document, or earlier in the update itself.
 *
 * @returns the clocks after the update, of the clients that wrote in it
 * @throws {InkwireRefusal} `causes_missing` with the clocks that are missing; `undecodable` when the update refers to
 *   itself in a circle, so that no log could ever take it
 */
export const checkCauses = (update: UpdateShape, clockOf: ClockOf): ReadonlyMap<number, number> => {
  const clocks = new Map<number, number>();
  const missing = new Map<number, number>();
  const clock = (client: number): number => clocks.get(client) ?? clockOf(client);
  const miss = (id: Id): void => {
    missing.set(id.client, Math.max(missing.get(id.client) ?? 0, id.clock));
  };

  const next = new Map<number, number>();
  for (const client of update.structs.keys()) {
    const cause = advance(update, client, clock, clocks, next);
    if (cause) miss(cause);
  }
  if (missing.size === 0)
    for (const deleted of update.deletes) if (deleted.clock >= clock(deleted.client)) miss(deleted);
  if (missing.size > 0)
    throw new InkwireRefusal(
      'causes_missing',
      'This update builds on others that are not in the log yet: hand those in first.',
      { missing: [...missing].sort(([a], [b]) => a - b) },
    );
  return clocks;
};

/** A client whose structs are being taken, until its clock has passed `until`. */
interface Turn {
  readonly client: number;
  readonly until: number;
}

/**
 * Takes the structs of `first` in order, and of other clients in the same update as far as these need them: the order in
 * which Yjs integrates them. Structs that the document has already are no exception: Yjs waits for what they name, even if
 * a forged repetition names something else than the first. Each turn is for an id that a struct needs, so the work is linear in the update.
 *
 * @returns the id that is missing, or null when all structs of `first` were taken
 */
const advance = (
  update: UpdateShape,
  first: number,
  clock: (client: number) => number,
  clocks: Map<number, number>,
  next: Map<number, number>,
): Id | null => {
  const turns: Turn[] = [{ client: first, until: Number.POSITIVE_INFINITY }];
  const waiting = new Set<number>([first]);
  for (let turn = turns.at(-1); turn; turn = turns.at(-1)) {
    const { client, until } = turn;
    const index = next.get(client) ?? 0;
    const struct = update.structs.get(client)?.[index];
    if (!struct || clock(client) > until) {
      turns.pop();
      waiting.delete(client);
      continue;
    }
    if (struct.start > clock(client)) return { client, clock: struct.start - 1 };
    const cause = struct.causes.find((id) => id.clock >= dependencyLimit(id, client, struct, clock));
    if (!cause) {
      clocks.set(client, Math.max(clock(client), struct.end));
      next.set(client, index + 1);
      continue;
    }
    if (waiting.has(cause.client))
      throw new InkwireRefusal('undecodable', 'This update refers to itself in a circle.');
    const end = update.structs.get(cause.client)?.at(-1)?.end ?? 0;
    if (cause.clock >= end) return cause;
    turns.push({ client: cause.client, until: cause.clock });
    waiting.add(cause.client);
  }
  return null;
};

/** Below which clock an id of a cause is known; a struct never precedes itself. */
const dependencyLimit = (
  id: Id,
  client: number,
  struct: Struct,
  clock: (client: number) => number,
): number => (id.client === client ? Math.min(clock(client), struct.start) : clock(id.client));
