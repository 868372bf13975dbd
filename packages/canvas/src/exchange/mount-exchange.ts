import type { Point } from '@inkwire/core';
import type { Command } from '../editor/command.js';
import { attachExchange } from './attach-exchange.js';
import { createExchange, type ExchangeOptions, type TakenIn } from './exchange.js';
import { exchangeCommands } from './exchange-commands.js';
import { offerOf, offerOfFiles } from './offer.js';
import { showReport } from './report.js';
import { type SaveOptions, saveCommands } from './save-commands.js';

/** The exchange of a board on the screen. */
export interface MountedExchange {
  readonly commands: readonly Command[];
  takeIn(from: DataTransfer | Iterable<File>, at?: Point): Promise<TakenIn>;
}

/** Lets a board on the screen copy, paste and take in what is dropped, until `signal` aborts. */
export function mountExchange(
  container: HTMLElement,
  options: Omit<ExchangeOptions, 'report'> & Pick<SaveOptions, 'resolveImage' | 'painters' | 'isDark'>,
): MountedExchange {
  const exchange = createExchange({ ...options, report: (taken) => showReport(container, taken) });
  attachExchange(container, exchange, options.signal);
  return {
    commands: [
      ...exchangeCommands(exchange, { window: options.window, container }),
      ...saveCommands({ ...options, container }),
    ],
    takeIn: (from, at) => exchange.takeIn('getData' in from ? offerOf(from) : offerOfFiles(from), { at }),
  };
}
