/** What every feature gets: the core, the extension's context, and the few services that features share. */
import type * as vscode from 'vscode';
import type { Core } from '../core';
import type { Aws } from './adapters/aws';
import type { Demo } from './adapters/demoState';
import type { Keys } from './adapters/keys';
import type { ModelService } from './adapters/models';
import type { CommandId } from './manifest';

export interface Host {
  readonly context: vscode.ExtensionContext;
  readonly core: Core;
  readonly log: vscode.LogOutputChannel;
  readonly keys: Keys;
  readonly models: ModelService;
  readonly aws: Aws;
  readonly demo: Demo;
  /** Registers a command whose failure is shown to the person and logged. */
  command(id: CommandId, run: (...args: unknown[]) => unknown): vscode.Disposable;
  /** Shows a failure where the person looks. */
  report(error: unknown): void;
}

/** A feature of the editor. Features never import one another: they meet in the core. */
export type Feature = (host: Host) => vscode.Disposable;
