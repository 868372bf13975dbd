import type { Command } from '../editor/command.js';
import type { Editor } from '../editor/editor.js';
import { exportFile } from '../export/board-file.js';
import { exportPng } from '../export/export-png.js';
import { exportSvg } from '../export/export-svg.js';
import type { PictureOptions } from '../export/picture.js';
import type { ResolveImage } from '../images/image-source.js';

export interface SaveOptions {
  readonly window: Window & typeof globalThis;
  readonly container: HTMLElement;
  readonly resolveImage?: ResolveImage | undefined;
  readonly painters?: PictureOptions['painters'];
  /** Of the pictures: that on the screen. */
  readonly isDark: () => boolean;
  readonly signal: AbortSignal;
}

/** What is saved is called so, before its ending. */
const NAME = 'board';

/** Saves the board, or what is selected of it, as a picture or a file. */
export function saveCommands({
  window,
  container,
  resolveImage,
  painters,
  isDark,
  signal,
}: SaveOptions): Command[] {
  /** Browsers read what is saved after the click that asks for it: it is kept until the next one. */
  let kept: string | null = null;

  function forget(): void {
    if (kept !== null) window.URL.revokeObjectURL(kept);
    kept = null;
  }

  signal.addEventListener('abort', forget, { once: true });
  const picture = ({ selection }: Editor) => ({
    only: selection.ids.length === 0 ? undefined : selection.ids,
    theme: isDark() ? ('dark' as const) : ('light' as const),
    resolveImage,
    painters,
  });

  function save(blob: Blob, ending: string): void {
    const link = container.ownerDocument.createElement('a');
    forget();
    kept = window.URL.createObjectURL(blob);
    link.href = kept;
    link.download = `${NAME}.${ending}`;
    link.hidden = true;
    container.append(link);
    link.click();
    link.remove();
  }

  const command = (
    name: string,
    label: string,
    keys: readonly string[],
    make: (editor: Editor) => Promise<Blob>,
    ending: string,
  ): Command => ({
    name,
    label,
    group: 'edit',
    keys,
    changes: false,
    enabled: ({ board }) => board.size > 0,
    run(editor) {
      make(editor).then(
        (blob) => save(blob, ending),
        (cause) => editor.notices.show((cause as Error).message),
      );
    },
  });

  return [
    command(
      'save.png',
      'Save as a picture (PNG)',
      ['Mod+Shift+s'],
      (editor) => exportPng(editor.board, picture(editor)),
      'png',
    ),
    command(
      'save.svg',
      'Save as a drawing (SVG)',
      ['Mod+Alt+s'],
      async (editor) => new Blob([await exportSvg(editor.board, picture(editor))], { type: 'image/svg+xml' }),
      'svg',
    ),
    command('save.board', 'Save as a file', ['Mod+s'], async ({ board }) => exportFile(board), 'inkwire'),
  ];
}
