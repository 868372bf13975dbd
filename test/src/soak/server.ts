import { startFolders } from '../server/databases.js';
import { surviveKills } from '../server/kill-run.js';
import { startPostgres } from '../server/postgres.js';
import { seededRandom } from './seeded-random.js';

const SERVER_KILLS = 50;
const DATABASE_KILLS = 10;

/**
 * 50 kills of the server on each database and 10 of PostgreSQL itself, at moments drawn from `seed`. The number of kills
 * decides how long it takes, not `minutes`.
 */
export const run = async ({ seed }: { minutes: number; seed: number }): Promise<void> => {
  const random = seededRandom(seed);
  const answersBetween = (): number => 1 + random.below(60);
  const report = (what: string) => (kills: number) => {
    if (kills % 10 === 0) console.log(`${what}: ${kills} kills`);
  };
  console.log(`seed ${seed}`);

  const folders = await startFolders();
  const embedded = await surviveKills({
    database: await folders.create(),
    kills: SERVER_KILLS,
    answersBetween,
    onKilled: report('server on the embedded database'),
  });
  await folders.stop();
  console.log(`embedded database: all ${embedded} entries there`);

  const postgres = await startPostgres();
  const served = await surviveKills({
    database: await postgres.createDatabase('server_killed'),
    kills: SERVER_KILLS,
    answersBetween,
    onKilled: report('server on PostgreSQL'),
  });
  console.log(`PostgreSQL: all ${served} entries there`);
  const stored = await surviveKills({
    database: await postgres.createDatabase('database_killed'),
    kills: DATABASE_KILLS,
    answersBetween,
    async kill() {
      await postgres.kill();
      await postgres.start();
    },
    onKilled: report('PostgreSQL itself'),
  });
  console.log(`PostgreSQL killed: all ${stored} entries there`);
  await postgres.stop();
};
