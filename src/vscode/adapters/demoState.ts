/** The guided demo: which folder it runs in. Kept under `~/.earshot`, so that it goes on after the reload. */
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Emitter, type Event } from '../../core/util/event';

/** What the demo proposes, and what its rehearsed words are about. */
export const DEMO_IDEA = 'Short links that expire';

export interface Demo {
  /** Is this window's folder the demo's? */
  readonly active: boolean;
  /** True once after the folder was opened for the demo: it begins by itself. */
  readonly begins: boolean;
  /** Makes a folder the demo's. `begins`: the window that opens it starts by itself. */
  start(folder: string, begins: boolean): Promise<void>;
  begun(): Promise<void>;
  stop(): Promise<void>;
  readonly onDidChange: Event<void>;
}

interface DemoRecord {
  readonly folder: string;
  readonly begins: boolean;
}

export function createDemo(home: string, folder: string | undefined): Demo {
  const file = path.join(home, 'demo.json');
  const changed = new Emitter<void>();
  let record = read(file);

  async function write(next: DemoRecord | undefined): Promise<void> {
    record = next;
    await fs.mkdir(home, { recursive: true });
    if (next) await fs.writeFile(file, JSON.stringify(next));
    else await fs.rm(file, { force: true });
    changed.fire();
  }

  return {
    get active() {
      return folder !== undefined && record?.folder === folder;
    },
    get begins() {
      return folder !== undefined && record?.folder === folder && record.begins;
    },
    start: (target, begins) => write({ folder: target, begins }),
    begun: async () => (record?.begins ? write({ ...record, begins: false }) : undefined),
    stop: () => write(undefined),
    onDidChange: changed.event,
  };
}

/** At once: while a window opens, whoever waits for a file lets every other extension start before. */
function read(file: string): DemoRecord | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoRecord>;
    return typeof value.folder === 'string'
      ? { folder: value.folder, begins: value.begins === true }
      : undefined;
  } catch {
    return undefined;
  }
}
