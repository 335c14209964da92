/** What is said about an agent's work before it begins. */
import { CWD, MODEL, type Option } from './command';

export const AGENT_OPTIONS: Readonly<Record<string, Option>> = {
  autopilot: { help: 'Let the agent write and run in this workspace without asking.' },
  sandbox: {
    value: 'MODE',
    help: 'A sandbox for the agent’s commands: off, when-available or required.',
  },
  headless: { help: 'Ask nothing at a terminal either: what would be asked is denied.' },
  web: { help: 'Let the agent ask for web pages: each host is a question.' },
  'agree-check': { help: 'Agree to exactly the check commands that are about to be used.' },
  'agree-hooks': { help: 'Agree to exactly the hooks that fire, as they are now.' },
  'run-unapproved': { help: 'Run from documents as they are, though they are not approved.' },
  json: { help: 'Print the sessions’ events as JSON lines.' },
  ...MODEL,
  ...CWD,
};

export const WHO_IS_ASKED = `At a terminal you are asked, on standard error, what the agent may do, and what it wants to know. Where
nobody can be asked (in CI, in a pipe, with --headless) the agent may read, and what it would have to ask
for (writing, running) is denied unless --autopilot is given; a question of its own is told that nobody is
there. Checks, hooks and documents that nobody agreed to on this machine are then not run unless
--agree-check, --agree-hooks or --run-unapproved says so, for exactly what is there now.`;
