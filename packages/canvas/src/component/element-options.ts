import type { MountOptions } from '../board-view.js';

/** What the view of an `<inkwire-board>` is mounted with, besides what the element has properties for. */
export type ElementOptions = Omit<MountOptions, 'presence' | 'theme' | 'label' | 'readOnly'>;

/** Called as they are by then, and so never a reason to mount anew: who renders a page anew makes them anew. */
const CALLED = ['resolveImage', 'storeImage', 'onTakenIn', 'freeArea', 'nameOf', 'clock'] as const;

/** `options` with functions that call those of `current` options. */
export function callingCurrent(options: ElementOptions, current: () => ElementOptions): ElementOptions {
  const calls = CALLED.flatMap((name) => {
    const first = options[name] as ((...args: unknown[]) => unknown) | undefined;
    if (first === undefined) return [];
    return [[name, (...args: unknown[]) => ((current()[name] as typeof first) ?? first)(...args)]];
  });
  return { ...options, ...Object.fromEntries(calls) };
}

/** Whether a view that is mounted with the one is as the other asks, but for the tool in hand. */
export function sameOptions(a: ElementOptions, b: ElementOptions): boolean {
  return a === b || isAlike(comparable(a), comparable(b), DEPTH);
}

function comparable({ tool: _, ...options }: ElementOptions): object {
  const called = CALLED.map((name) => [name, options[name] === undefined ? undefined : true]);
  return { ...options, ...Object.fromEntries(called) };
}

/** As deep as the style of a tool in the list of tools lies; what an app's own tool holds besides may have no end. */
const DEPTH = 4;

function isAlike(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || !isPlain(a) || !isPlain(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isAlike(a[name], b[name], depth - 1));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
