/** What the playground hands to its processes, by the name of the environment variable. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start this process with \`npm start\`.`);
  return value;
}
