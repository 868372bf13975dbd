/** Looks now, and whenever it is told to, whether something holds. */
export const createLooks = () => {
  const looks = new Set<() => void>();
  return {
    look: (): void => {
      for (const each of [...looks]) each();
    },
    until: (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const each = (): void => {
          if (!holds()) return;
          looks.delete(each);
          resolve();
        };
        looks.add(each);
        each();
      }),
  };
};
