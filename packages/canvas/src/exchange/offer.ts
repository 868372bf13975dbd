import { CLIP_TYPE } from './clip.js';

/** What the clipboard, a drop or a file picker holds out. */
export interface Offer {
  /** Elements of a board, as JSON. */
  readonly clip: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly files: readonly File[];
}

/** Takes everything out of a transfer at once: once its event is over, it is empty. */
export function offerOf(transfer: DataTransfer): Offer {
  return {
    clip: nonEmpty(transfer.getData(CLIP_TYPE)),
    html: nonEmpty(transfer.getData('text/html')),
    text: nonEmpty(transfer.getData('text/plain')),
    files: [...transfer.files],
  };
}

function nonEmpty(text: string): string | null {
  return text === '' ? null : text;
}

export function offerOfFiles(files: Iterable<File>): Offer {
  return { clip: null, html: null, text: null, files: [...files] };
}

/** Asks the browser for the clipboard, which asks the person. Rejects where it may not be read. */
export async function readClipboard(clipboard: Clipboard): Promise<Offer> {
  const found = new Map<string, Blob>();
  for (const item of await clipboard.read())
    for (const type of item.types) if (!found.has(type)) found.set(type, await item.getType(type));
  const text = async (type: string) => nonEmpty((await found.get(type)?.text()) ?? '');
  const pictures = [...found].filter(([type]) => type.startsWith('image/'));
  return {
    clip: await text(`web ${CLIP_TYPE}`),
    html: await text('text/html'),
    text: await text('text/plain'),
    files: pictures.map(([type, blob]) => new File([blob], 'picture', { type })),
  };
}
