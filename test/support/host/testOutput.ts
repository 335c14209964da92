import { format } from 'node:util';

// What the workbench itself logs while tests run; says nothing about them.
const chatter =
  /^(Ignoring fetching|\[AgentHost|\[AccountPolicy|\[Service Worker\]|No search provider registered)/;

/**
 * Tells what tests print from what the workbench logs: the automation hook delivers both alike.
 * Everything before the tests' own first line is kept back, and shown only when the run fails before it.
 */
export class TestOutput {
  private readonly before: string[] = [];
  private started = process.env.EARSHOT_HOST_DEBUG !== undefined;

  /** Takes one `console` call of the extension host or the workbench. */
  take(type: string, args: unknown[]): void {
    const line = format(...args);
    if (!this.started && !line.startsWith('Extension host tests:')) {
      this.before.push(line);
      return;
    }
    this.started = true;
    if (chatter.test(line)) return;
    const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
    stream.write(`${line}\n`);
  }

  /** Shows what was kept back, unless the tests got to run. */
  explain(): void {
    if (!this.started) console.error(`--- before the tests\n${this.before.join('\n')}`);
  }
}
