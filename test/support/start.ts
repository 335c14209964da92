/** The body of `npm start`: builds, packs, and opens a real editor with Earshot on the sample. */

import { start } from './host/start';
import { packageVsix } from './package';

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const port = /^--port=(\d+)$/.exec(process.argv.find((arg) => arg.startsWith('--port=')) ?? '')?.[1];
  console.log('Building Earshot…');
  const vsix = await packageVsix();
  await start({ vsix, check, port: port ? Number(port) : 0 });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
