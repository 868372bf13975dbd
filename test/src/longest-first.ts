import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes tens of seconds, longest first. */
const LONG = [
  'test/src/concurrent-edits.test.ts',
  'transport/src/board/convergence.test.ts',
  'transport/src/board/cost.test.ts',
  'test/src/two-people.test.ts',
  'test/src/server-kill.test.ts',
  'test/src/tools-together.test.ts',
  'test/src/access-keyboard.test.ts',
  'transport/src/board/measures.test.ts',
  'test/src/killed-processes.test.ts',
  'test/src/canvas-pixels.test.ts',
  'test/src/server-log.test.ts',
  'test/src/editing-together.test.ts',
  'transport/src/connection/reconnection.test.ts',
  'transport/src/workspace/connect-workspace.test.ts',
  'test/src/start.test.ts',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((name) => moduleId.endsWith(`/${name}`));
  return rank < 0 ? LONG.length : rank;
};

/** Begins with the files that take long: begun last, one of them would keep a single processor at work in the end. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rankOf(one) - rankOf(other));
  }
}
