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

/** What of `ranges` lies in none of `taken`, which is in ascending order. */
export const subtractRanges = (ranges: readonly Range[], taken: readonly Range[]): readonly Range[] =>
  ranges.flatMap((range): readonly Range[] => {
    const left: Range[] = [];
    let [at, to] = range;
    for (const [start, end] of taken) {
      if (end < at || start > to) continue;
      if (start > at) left.push([at, start]);
      if (end >= to) return left;
      at = end;
    }
    left.push([at, to]);
    return left;
  });
