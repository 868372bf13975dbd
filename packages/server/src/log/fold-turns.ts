import type { Folded } from './fold.js';
import type { Fold } from './quarantine.js';

/** Each holds a whole document in memory, and one thread works on all of them. */
const AT_ONCE = 2;

/** The same as `fold`, of which only two are under way at once, until their documents are closed; others wait. */
export const inTurns = (fold: Fold): Fold => {
  const waiting: (() => void)[] = [];
  let free = AT_ONCE;

  const begin = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const end = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  const endWith = ({ doc, seq }: Folded): Folded => {
    let isOpen = true;
    const close = (): void => {
      doc.close();
      if (isOpen) end();
      isOpen = false;
    };
    return { doc: { ...doc, close }, seq };
  };

  return async (channel, until) => {
    await begin();
    try {
      return endWith(await fold(channel, until));
    } catch (error) {
      end();
      throw error;
    }
  };
};
