/** Somebody in the playground. A real app has its own people and its own way to know who asks. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
}

const colors = ['#2f6fde', '#d9552c', '#2b8a57', '#8a4fd3', '#c0367e', '#0e8394', '#a0701a', '#5661c9'];

/** The two of the page that shows two. */
export const pair: readonly [Person, Person] = [
  { id: 'ana', name: 'Ana', color: colors[0]! },
  { id: 'ben', name: 'Ben', color: colors[1]! },
];

/** For everybody else: nobody is taken for one of the two. */
const others = colors.slice(pair.length);

/**
 * The person of that name, or null when it cannot be one: up to 32 lower-case letters, digits and hyphens.
 * There are no passwords here; whoever opens `/?person=ana` is Ana.
 */
export function personOf(id: string): Person | null {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) return null;
  const known = pair.find((person) => person.id === id);
  if (known) return known;
  const name = id
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');
  return { id, name, color: others[hash(id) % others.length]! };
}

/** Everybody may draw on every board, except those who are there to try what happens to others. */
export function accessOf(id: string, channel: string): 'write' | 'read' | null {
  if (!channel.startsWith('presence-board-')) return null;
  if (id === 'stranger') return null;
  return id === 'reader' ? 'read' : 'write';
}

/** FNV-1a, so that a name always has the same colour; folded, since its lowest bits alone are much the same for many names. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (value ^ (value >>> 15)) >>> 0;
}
