// Mocha's dot-quiet reporter plus its counts in a file: what failed is printed whole, what passed is counted, what took
// longest is named, tests and files.
const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');
const { reporters } = require('mocha');

const SLOWEST = 10;
const SLOW_MS = 10_000;
const LONG_MS = 60_000;

class CountingReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const slow = [];
    const files = new Map();
    runner.on('test end', (test) => {
      if (test.duration >= SLOW_MS) slow.push(test);
      const name = basename(test.file ?? '');
      files.set(name, (files.get(name) ?? 0) + (test.duration ?? 0));
    });
    runner.once('end', () => {
      for (const { duration, title, file } of slow
        .sort((a, b) => b.duration - a.duration)
        .slice(0, SLOWEST)) {
        console.log(`   ${(duration / 1000).toFixed(0)} s  ${basename(file ?? '')}: ${title}`);
      }
      const long = [...files].filter(([, ms]) => ms >= LONG_MS).sort(([, a], [, b]) => b - a);
      const told = long.map(([name, ms]) => `${name} ${(ms / 1000).toFixed(0)} s`);
      if (told.length > 0) console.log(`   all tests of a file: ${told.join(', ')}`);
      const { passes, failures, pending } = this.stats;
      const file = options.reporterOptions?.file;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

module.exports = CountingReporter;
