/** One sort of thing that could not be taken over as it was. */
export interface Remark {
  readonly code: RemarkCode;
  /** How often. */
  readonly count: number;
  /** A sentence for people. */
  readonly message: string;
}

const MESSAGES = {
  roughness: 'Lines that were drawn roughly are drawn clean.',
  hatching: 'Hatched fills became plain ones.',
  color: 'Colours that could not be read became ink.',
  translucent: 'Colours that let something through became opaque.',
  'label-color': 'Labels take the colour of the outline around them.',
  label: 'Labels of what cannot have one became texts of their own.',
  link: 'Links of elements that are not texts were left out.',
  head: 'Arrowheads of a form that is not known here became the nearest one.',
  font: 'Fonts that are not known here became the nearest one.',
  binding: 'Ends of arrows whose element did not come along are free.',
  picture: 'Pictures that are missing or cannot be shown became empty boxes.',
  embed: 'Embedded pages became boxes with their address.',
  kind: 'Elements of a kind that is not known here were left out.',
  empty: 'Elements without any extent or text were left out.',
  value: 'Settings that could not be read were left at what is usual.',
  'app-data': 'What an app had attached to elements was left out.',
  'item-name': 'The names of library items were left out.',
  file: 'Files of a sort that boards cannot hold were left out.',
  failed: 'Some of what came along could not be read.',
} as const;

export type RemarkCode = keyof typeof MESSAGES;

/** Counts what could not be taken over. */
export interface RemarkBook {
  note(code: RemarkCode, count?: number): void;
  /** In the order in which each first occurred. */
  readonly remarks: readonly Remark[];
}

export function createRemarkBook(): RemarkBook {
  const counts = new Map<RemarkCode, number>();
  return {
    note(code, count = 1) {
      counts.set(code, (counts.get(code) ?? 0) + count);
    },
    get remarks() {
      return [...counts].map(([code, count]) => ({ code, count, message: MESSAGES[code] }));
    },
  };
}
