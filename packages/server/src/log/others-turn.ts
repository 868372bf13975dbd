/** Lets requests have their turn: an embedded database answers without waiting for anything, and so without a pause. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
