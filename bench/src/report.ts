/** Takes one measured figure. */
export type Report = (row: {
  suite: string;
  case: string;
  metric: string;
  unit: string;
  ours: number;
  /** What `theirs` is a figure of. */
  peer?: string;
  theirs?: number;
  /** More than 1 means that ours is better. */
  ratio?: number;
  /** What is good enough: at least this ratio, or at most this of ours. */
  needed?: { readonly ratio: number } | { readonly ours: number };
}) => void;
