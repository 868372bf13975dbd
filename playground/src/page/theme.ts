export type ThemeChoice = 'light' | 'dark' | 'system';

const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const key = 'inkwire-playground-theme';

/** The theme that was chosen here before, else the system's. */
export function chosenTheme(): ThemeChoice {
  const kept = localStorage.getItem(key);
  return choices.find((choice) => choice === kept) ?? 'system';
}

/** Chooses the next one, keeps the choice and shows it. */
export function chooseNextTheme(): ThemeChoice {
  const next = choices[(choices.indexOf(chosenTheme()) + 1) % choices.length]!;
  localStorage.setItem(key, next);
  showTheme(next);
  return next;
}

export function showTheme(choice: ThemeChoice): void {
  document.documentElement.dataset.theme = choice;
}
