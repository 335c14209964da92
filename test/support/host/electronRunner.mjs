#!/usr/bin/env node
// Stands in for desktop VS Code's executable where there is none: @vscode/test-electron starts it with desktop
// VS Code's arguments, and the tests run in a VS Code server instead. What it does is in testRun.ts.
import { tsImport } from 'tsx/esm/api';

const { main } = await tsImport('./testRun.ts', import.meta.url);
await main(process.argv.slice(2));
