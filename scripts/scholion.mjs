/** `npm run scholion -- …`: builds where that is needed, then runs the command line of dist/cli.js. */
import { runReachable } from './detour.mjs';
import { buildTools, install, root } from './prepared.mjs';

// A file named on the command line is looked for where the command was given.
const from = process.env.INIT_CWD ?? process.cwd();
process.env.SCHOLION_FROM = from;
process.env.NODE_ENV ||= 'production';
process.chdir(root);

await runReachable(async () => {
  install();
  await buildTools();
  await import('../dist/cli.js');
});
