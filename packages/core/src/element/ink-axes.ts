import { createModel, type Series } from './ink-stream.js';
import { POSITION_TABLE, PRESSURE_TABLE } from './ink-tables.js';

/** Pressures are coded in this many steps from 0 to 1, so that 0, 1 and a mouse's 0.5 are exact. */
export const PRESSURE_STEPS = 256;

/** Tilts are coded in whole degrees. */
export const MAX_TILT = 90;

const rows = (table: readonly string[]): number[][] => table.map((row) => row.split(' ').map(Number));

const positionModel = createModel(rows(POSITION_TABLE));
const pressureModel = createModel(rows(PRESSURE_TABLE));

/** x and y: a pen goes on as it went. */
export const POSITION: Series = { order: 2, origin: 0, model: positionModel };

/** Pressure stays about the same, and begins near the middle. */
export const PRESSURE: Series = { order: 1, origin: PRESSURE_STEPS / 2, model: pressureModel };

/** Tilt changes as slowly as pressure does. */
export const TILT: Series = { order: 1, origin: 0, model: pressureModel };
