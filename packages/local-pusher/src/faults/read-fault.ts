import { LocalPusherError } from '../error.js';
import { isRecord } from '../protocol/message.js';
import type { EventFault } from './event-fault.js';
import type { ConnectionSelector } from './selector.js';
import type { ConnectionRefusal, Cut, HttpFault } from './transport-fault.js';

/** Says what a field must be, or `undefined` when `value` is that. */
type Check = (value: unknown) => string | undefined;
type Checks<Value> = { [Field in keyof Required<Value>]: Check };

const text: Check = (value) => (typeof value === 'string' ? undefined : 'a string');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const from0To1: Check = (value) => (isBetween(value, 0, 1) ? undefined : 'a number from 0 to 1');
const count: Check = (value) =>
  isBetween(value, 1, 1_000_000) && Number.isInteger(value) ? undefined : 'an integer from 1 on';
const copies: Check = (value) =>
  isBetween(value, 1, 100) && Number.isInteger(value) ? undefined : 'an integer from 1 to 100';
const httpStatus: Check = (value) =>
  isBetween(value, 200, 599) && Number.isInteger(value) ? undefined : 'an HTTP status from 200 to 599';
const reason: Check = (value) =>
  typeof value === 'string' && Buffer.byteLength(value) <= 123 ? undefined : 'a string of up to 123 bytes';
const closeCode: Check = (value) =>
  isCloseCode(value)
    ? undefined
    : 'a close code that a client can see: 1000 to 1014 but 1004, or 3000 to 4999';
const delay: Check = (value) => {
  const [least, most] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  return isBetween(least, 0, 3_600_000) && isBetween(most, least, 3_600_000)
    ? undefined
    : 'milliseconds up to an hour, or [least, most]';
};

const SELECTOR: Checks<ConnectionSelector> = { socketId: text, userId: text, channel: text, appId: text };

const EVENT_FAULT: Checks<EventFault> = {
  kind: oneOf('drop', 'delay', 'duplicate', 'reorder'),
  direction: oneOf('client-to-server', 'server-to-client'),
  event: text,
  ...SELECTOR,
  probability: from0To1,
  times: count,
  delayMs: delay,
  copies,
};

const CUT: Checks<Cut> = { ...SELECTOR, code: closeCode, reason };

const REFUSAL: Checks<ConnectionRefusal> = {
  code: closeCode,
  reason,
  status: httpStatus,
  hang: flag,
  probability: from0To1,
};

const HTTP_FAULT: Checks<HttpFault> = {
  status: httpStatus,
  reset: flag,
  afterwards: flag,
  probability: from0To1,
};

interface Seed {
  seed: number;
}
const SEED: Checks<Seed> = { seed: (value) => (Number.isSafeInteger(value) ? undefined : 'an integer') };

/** Each of these takes a fault from code or from a request and throws `invalid-fault` if it is none. */
export const readEventFault = (value: unknown) => read<EventFault>(value, EVENT_FAULT, ['kind']);
export const readSelector = (value: unknown) => read<ConnectionSelector>(value, SELECTOR);
export const readCut = (value: unknown) => read<Cut>(value, CUT);
export const readRefusal = (value: unknown) => read<ConnectionRefusal>(value, REFUSAL);
export const readSeed = (value: unknown) => read<Seed>(value, SEED, ['seed']).seed;
export const readHttpFault = (value: unknown) => read<HttpFault>(value, HTTP_FAULT);

function read<Value>(value: unknown, checks: Checks<Value>, required: (keyof Value & string)[] = []): Value {
  if (!isRecord(value)) throw invalid('A fault must be an object.');
  const checksByField: Record<string, Check | undefined> = checks;
  const known: Record<string, unknown> = {};
  for (const [field, entry] of Object.entries(value)) {
    const check = Object.hasOwn(checksByField, field) ? checksByField[field] : undefined;
    if (check === undefined) {
      throw invalid(`There is no field ${field}; there are ${Object.keys(checks).join(', ')}.`);
    }
    if (entry === undefined) continue;
    const expected = check(entry);
    if (expected !== undefined) throw invalid(`${field} must be ${expected}.`);
    known[field] = entry;
  }
  const missing = required.find((field) => !Object.hasOwn(known, field));
  if (missing !== undefined) throw invalid(`${missing} must be ${checks[missing]?.(undefined)}.`);
  return known as Value;
}

function invalid(sentence: string): LocalPusherError {
  return new LocalPusherError('invalid-fault', sentence);
}

function oneOf(...values: string[]): Check {
  return (value) => (values.some((known) => known === value) ? undefined : values.join(' or '));
}

function isBetween(value: unknown, least: unknown, most: number): boolean {
  return typeof value === 'number' && typeof least === 'number' && value >= least && value <= most;
}

function isCloseCode(value: unknown): boolean {
  if (!Number.isInteger(value)) return false;
  return (isBetween(value, 1_000, 1_014) && value !== 1_004) || isBetween(value, 3_000, 4_999);
}
