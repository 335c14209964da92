/**
 * Where the agent's commands run, when a person wants that: in a sandbox of the system (bubblewrap on Linux, seatbelt on
 * macOS) that writes in the workspace folder only and reaches no host but those that were named. The library behind it is
 * loaded at the first command. Whether it works is tried, not assumed: many systems switch it off.
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxSettings, SandboxState } from '../../core/ports';
import { errorMessage } from '../../core/util/errorMessage';
import { toNativePath } from '../nativePath';

interface FilePolicy {
  denyRead: string[];
  allowWrite: string[];
  denyWrite: string[];
}

/** What is used of the library. */
export interface SandboxRuntime {
  isSupportedPlatform(): boolean;
  checkDependencies(): { readonly errors: readonly string[] };
  initialize(config: {
    network: { allowedDomains: string[]; deniedDomains: string[] };
    filesystem: FilePolicy;
  }): Promise<void>;
  wrapWithSandbox(command: string, shell?: string, config?: { filesystem: FilePolicy }): Promise<string>;
  reset(): Promise<void>;
}

export interface Sandbox {
  state(): Promise<SandboxState>;
  /** The command line that runs this one inside. */
  wrap(command: string, root: string): Promise<string>;
  /** Ends what it started beside the commands. */
  dispose(): Promise<void>;
}

export interface SandboxOptions {
  readonly settings: () => SandboxSettings | undefined;
  readonly platform?: NodeJS.Platform;
  readonly load?: () => Promise<SandboxRuntime>;
  /** Runs a command line, to see whether it can be. */
  readonly attempt?: (command: string) => Promise<string | undefined>;
}

/** In the person's home: keys and tokens, and what Earshot itself decides by. */
const SECRETS = [
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.config/gcloud', '.config/gh', '.docker/config.json'],
  ...['.netrc', '.git-credentials', '.pypirc', '.earshot'],
];

const loadRuntime = async (): Promise<SandboxRuntime> =>
  (await import('@anthropic-ai/sandbox-runtime')).SandboxManager;

export function createSandbox(options: SandboxOptions): Sandbox {
  const { settings, platform = process.platform, load = loadRuntime, attempt = tryCommand } = options;
  let current:
    | { readonly key: string; readonly started: Promise<SandboxRuntime | { why: string }> }
    | undefined;

  async function start(hosts: readonly string[]): Promise<SandboxRuntime | { why: string }> {
    if (platform === 'win32') return { why: 'Windows has no sandbox that Earshot can use' };
    try {
      const runtime = await load();
      if (!runtime.isSupportedPlatform()) return { why: 'this system has no sandbox that Earshot can use' };
      const missing = runtime.checkDependencies().errors;
      if (missing.length > 0) return { why: `${missing.join('; ')}. Install bubblewrap, socat and ripgrep` };
      // Commands in it keep their temporary files there.
      await mkdir('/tmp/claude', { recursive: true, mode: 0o700 }).catch(() => {});
      await runtime.initialize({
        network: { allowedDomains: [...hosts], deniedDomains: [] },
        filesystem: policyFor(tmpdir()),
      });
      const failure = await attempt(await runtime.wrapWithSandbox('true'));
      if (failure === undefined) return runtime;
      await runtime.reset();
      return { why: `the system does not allow it (${failure}). User namespaces may be switched off` };
    } catch (error) {
      return { why: `it could not be started (${errorMessage(error)})` };
    }
  }

  /** Once for each setting: what is tried takes a moment. */
  async function started(): Promise<SandboxRuntime | { why: string }> {
    const hosts = settings()?.hosts ?? [];
    const key = JSON.stringify(hosts);
    if (current?.key !== key) {
      const before = current?.started;
      current = { key, started: stop(before).then(() => start(hosts)) };
    }
    return current.started;
  }

  return {
    async state() {
      const { mode = 'off', hosts = [] } = settings() ?? {};
      if (mode === 'off') return { kind: 'off' };
      const found = await started();
      return 'why' in found
        ? { kind: 'unavailable', why: found.why, required: mode === 'required' }
        : { kind: 'on', hosts };
    },
    async wrap(command, root) {
      const found = await started();
      if ('why' in found) throw new Error(`There is no sandbox: ${found.why}.`);
      return found.wrapWithSandbox(command, undefined, { filesystem: policyFor(toNativePath(root)) });
    },
    async dispose() {
      const last = current?.started;
      current = undefined;
      await stop(last);
    },
  };
}

async function stop(started: Promise<SandboxRuntime | { why: string }> | undefined): Promise<void> {
  const found = await started;
  if (found && !('why' in found)) await found.reset();
}

function policyFor(root: string): FilePolicy {
  return {
    denyRead: SECRETS.map((name) => join(homedir(), name)),
    allowWrite: [root, '/tmp/claude'],
    // The library keeps git's hooks and configuration; specifications are a person's.
    denyWrite: [join(root, '.kiro')],
  };
}

/** What went wrong, in its own words. */
function tryCommand(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) =>
      resolve(
        code === 0 ? undefined : (said.trim().split('\n')[0] ?? `exit code ${code}`) || `exit code ${code}`,
      ),
    );
  });
}
