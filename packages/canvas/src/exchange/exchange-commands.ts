import type { Command } from '../editor/command.js';
import { CLIP_TYPE } from './clip.js';
import type { Exchange, TakeInOptions } from './exchange.js';
import { offerOfFiles, readClipboard } from './offer.js';
import { showReport } from './report.js';

/** What of the page the commands use. */
export interface ExchangePlace {
  readonly window: Window & typeof globalThis;
  /** Where the field for choosing files is while it is open. */
  readonly container: HTMLElement;
}

const FILES = '.excalidraw,.excalidrawlib,.inkwire,.svg,.txt,.md,image/*';

/**
 * The clipboard and files as commands, for menus and buttons. The keys of copy, cut and paste are the browser's own:
 * they work without asking for permission.
 */
export function exchangeCommands(exchange: Exchange, { window, container }: ExchangePlace): Command[] {
  const { clipboard } = window.navigator;
  /** The last copy, which takes its time: a paste right behind it would find what was there before, or nothing. */
  let copied: Promise<unknown> = Promise.resolve();

  async function copy(): Promise<boolean> {
    const all = exchange.contents();
    if (all === null) return false;
    const { ClipboardItem } = window;
    const blob = (text: string, type: string) => new Blob([text], { type });
    const own = `web ${CLIP_TYPE}`;
    const written = clipboard.write([
      new ClipboardItem({
        'text/html': blob(all.html, 'text/html'),
        'text/plain': blob(all.text, 'text/plain'),
        ...(ClipboardItem.supports?.(own) && { [own]: blob(all.clip, own) }),
      }),
    ]);
    copied = written.catch(() => undefined);
    await written;
    return true;
  }

  async function paste(options: TakeInOptions): Promise<void> {
    await copied;
    await exchange.takeIn(await readClipboard(clipboard), options);
  }

  const command = (
    name: string,
    label: string,
    keys: readonly string[],
    changes: boolean,
    run: Command['run'],
    byBrowser = false,
  ): Command => ({ name, label, group: 'edit', keys, changes, run, byBrowser, enabled: () => true });
  const selecting = (each: Command): Command => ({
    ...each,
    enabled: ({ selection }) => selection.ids.length > 0,
  });
  /** A browser that refuses says so in its own words, which are of no use to anybody. */
  const attempt =
    (work: () => Promise<unknown>): Command['run'] =>
    (editor) => {
      work().catch(() =>
        editor.notices.show('The browser does not let this page use the clipboard. Its keys still work.'),
      );
    };

  return [
    selecting(command('copy', 'Copy', ['Mod+c'], false, attempt(copy), true)),
    selecting(
      command(
        'cut',
        'Cut',
        ['Mod+x'],
        true,
        attempt(async () => (await copy()) && exchange.removeSelected()),
        true,
      ),
    ),
    command(
      'paste',
      'Paste',
      ['Mod+v'],
      true,
      attempt(() => paste({})),
      true,
    ),
    command(
      'paste.text',
      'Paste as text',
      ['Mod+Shift+v'],
      true,
      attempt(() => paste({ as: 'text' })),
      true,
    ),
    command(
      'paste.original',
      'Paste where it was',
      ['Mod+Alt+v'],
      true,
      attempt(() => paste({ as: 'original' })),
    ),
    command('open', 'Open a file…', ['Mod+o'], true, async () => {
      const files = await chooseFiles(container);
      if (files.length > 0) await exchange.takeIn(offerOfFiles(files));
    }),
    {
      ...command('report', 'What could not be taken over', [], false, () => {
        if (exchange.reported !== null) showReport(container, exchange.reported);
      }),
      enabled: () => exchange.reported !== null,
    },
  ];
}

/** Resolves with nothing where the person chose nothing. */
function chooseFiles(container: HTMLElement): Promise<readonly File[]> {
  const input = container.ownerDocument.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = FILES;
  input.hidden = true;
  container.append(input);
  return new Promise((resolve) => {
    const end = () => {
      input.remove();
      resolve([...(input.files ?? [])]);
    };
    input.addEventListener('change', end);
    input.addEventListener('cancel', end);
    input.click();
  });
}
