import type { Person } from '../people.js';
import type { Network } from './network.js';

export interface PersonBarOptions {
  readonly person: Person;
  readonly network: Network;
  /** The page with this person alone. */
  readonly alone: URL;
}

/** Fills the bar over a board: who it is, the switch of their network, and the way to their own page. */
export function fillPersonBar(bar: HTMLElement, options: PersonBarOptions): void {
  const { person, network } = options;
  const part = <E extends Element = HTMLElement>(selector: string) => bar.querySelector<E>(selector)!;
  bar.style.setProperty('--person', person.color);
  part('.avatar').textContent = person.name.slice(0, 1);
  part('h2').textContent = person.name;

  const link = part<HTMLAnchorElement>('[data-action="alone"]');
  link.href = options.alone.href;
  link.title = `Open ${person.name}'s board in a window of its own`;
  link.querySelector('span')!.textContent = link.title;

  const networkSwitch = part<HTMLInputElement>('[data-action="network"]');
  networkSwitch.setAttribute('aria-label', `${person.name}'s network`);
  networkSwitch.addEventListener('change', () => network.setOnline(networkSwitch.checked));
  network.subscribe((online) => {
    networkSwitch.checked = online;
    part('[data-network]').textContent = online ? 'Online' : 'Offline';
  });
}
