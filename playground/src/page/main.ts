import { addressOf, boardIdOf, readAddress } from './address.js';
import { measureDelay } from './delay.js';
import { openPane, type Pane } from './pane.js';
import { chooseNextTheme, chosenTheme, showTheme, type ThemeChoice } from './theme.js';
import type {} from './window.js';

const here = new URL(location.href);
const { board, people } = readAddress(here);
const alone = people.length === 1 ? people[0] : undefined;
const part = <E extends Element = HTMLElement>(selector: string) => document.querySelector<E>(selector)!;

document.documentElement.dataset.people = String(people.length);
const boardName = board.replaceAll('-', ' ');
document.title = alone ? `${alone.name} · ${boardName} · Inkwire` : `${boardName} · Inkwire`;
showTheme(chosenTheme());

const panes: readonly Pane[] = await Promise.all(
  people.map((person) =>
    openPane(part('.panes'), {
      person,
      board,
      theme: chosenTheme(),
      other: people.find((other) => other !== person),
      // The others on this page look where the writing is.
      onMove: (camera) => {
        for (const pane of panes) if (pane.person !== person) pane.view.setCamera(camera);
      },
    }),
  ),
);
// Alone, one bar says it all.
if (alone) part('.top > .actions').before(panes[0]!.bar);
window.inkwire = Object.fromEntries(panes.map((pane) => [pane.person.id, pane]));

const name = part<HTMLInputElement>('#board-name');
name.value = boardName;
part('.name').addEventListener('submit', (event) => {
  event.preventDefault();
  name.blur();
});
name.addEventListener('change', () => {
  const chosen = boardIdOf(name.value) ?? board;
  name.value = chosen.replaceAll('-', ' ');
  if (chosen !== board) location.assign(addressOf(here, chosen, alone));
});

const announcement = part('[data-announce]');
const copy = part('[data-action="copy"]');
let copied: ReturnType<typeof setTimeout> | undefined;
copy.setAttribute('aria-label', 'Copy link to this board');
copy.addEventListener('click', async () => {
  const link = addressOf(here, board).href;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    // Without the right to the clipboard the link can still be copied by hand.
    prompt('The link to this board', link);
    return;
  }
  announcement.textContent = 'The link was copied.';
  showCopied(true);
  clearTimeout(copied);
  copied = setTimeout(() => showCopied(false), 1_800);
});

function showCopied(done: boolean): void {
  copy.querySelector('use')!.setAttribute('href', done ? '#done' : '#link');
  copy.querySelector('span')!.textContent = done ? 'Copied' : 'Copy link';
}

const theme = part('[data-action="theme"]');
theme.addEventListener('click', () => showChoice(chooseNextTheme()));
showChoice(chosenTheme());

function showChoice(choice: ThemeChoice): void {
  theme.querySelector('use')!.setAttribute('href', `#${choice}`);
  theme.title = { light: 'Light', dark: 'Dark', system: 'Light or dark, as the system is' }[choice];
  theme.setAttribute('aria-label', `Theme: ${theme.title}`);
  for (const pane of panes) pane.component.theme = choice;
}

if (panes.length > 1) {
  measureDelay(panes, (ms) => {
    part('.delay').hidden = false;
    part('[data-delay]').textContent = `${ms < 100 ? Math.round(ms) : Math.round(ms / 10) * 10} ms`;
  });
}
