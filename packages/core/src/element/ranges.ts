/** Where a stroke is erased: from and to, as positions along its ink (point index and fraction between points). */
export type Range = readonly [from: number, to: number];

/** The fewest ranges that cover all of `ranges`, in ascending order. */
export const uniteRanges = (ranges: Iterable<Range>): readonly Range[] => {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const united: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = united.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
};
