import { LocalPusherError } from '../error.js';
import type { App, Webhook } from '../protocol/app.js';
import { HOSTED_LIMITS, type Limits } from '../protocol/limits.js';
import { WEBHOOK_EVENT_NAMES } from '../protocol/webhook-event.js';

interface AppOptions {
  appId?: string;
  key?: string;
  secret?: string;
  webhooks?: Webhook[];
  apps?: App[];
}

/** The apps that options describe. Throws `invalid-option`. */
export function readApps(options: AppOptions): App[] {
  const { appId = 'local-app', key = 'local-key', secret = 'local-secret', webhooks = [] } = options;
  const apps = options.apps ?? [{ appId, key, secret, webhooks }];
  if (apps.length === 0) throw invalid('apps must name at least one app.');
  if (options.apps && (options.appId ?? options.key ?? options.secret ?? options.webhooks) !== undefined) {
    throw invalid('Give either apps, or appId, key, secret and webhooks of the only one.');
  }
  for (const field of ['appId', 'key'] as const) {
    const values = apps.map((app) => app[field]);
    if (values.some((value) => typeof value !== 'string' || !/^[\w-]+$/.test(value))) {
      throw invalid(`Every ${field} must consist of letters, digits, _ and -.`);
    }
    if (new Set(values).size < values.length) {
      throw invalid(`Two apps have the same ${field}; give each its own.`);
    }
  }
  for (const { secret, authorizeWithinSeconds = 0 } of apps) {
    if (typeof secret !== 'string' || secret === '') throw invalid('Every app needs a secret.');
    if (typeof authorizeWithinSeconds !== 'number' || !(authorizeWithinSeconds >= 0)) {
      throw invalid(`authorizeWithinSeconds must be a number from 0 on, not ${authorizeWithinSeconds}.`);
    }
  }
  for (const { url, events = [] } of apps.flatMap((app) => app.webhooks ?? [])) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw invalid(`A webhook needs an http or https URL, not "${url}".`);
    }
    const unknown = events.find((name) => !WEBHOOK_EVENT_NAMES.includes(name));
    if (unknown !== undefined) {
      throw invalid(`Webhooks have no event ${unknown}; there are ${WEBHOOK_EVENT_NAMES.join(', ')}.`);
    }
  }
  return apps;
}

/** Throws `invalid-option` for a name that is no limit, or a value that is none. */
export function readLimits(limits: Limits): Limits {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(HOSTED_LIMITS, name)) {
      throw invalid(`There is no limit ${name}; there are ${Object.keys(HOSTED_LIMITS).join(', ')}.`);
    }
    if (typeof value !== 'number' || !(value >= 0)) {
      throw invalid(`limits.${name} must be a number from 0 on, not ${String(value)}.`);
    }
  }
  return limits;
}

/** Throws `invalid-option`. */
export function readSeed(seed: number | undefined): number | undefined {
  if (seed === undefined || Number.isSafeInteger(seed)) return seed;
  throw invalid(`seed must be an integer, not ${seed}.`);
}

function invalid(sentence: string): LocalPusherError {
  return new LocalPusherError('invalid-option', sentence);
}
