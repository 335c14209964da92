/**
 * Our settings as the core sees them. All have machine scope, so that a repository's settings cannot change them; but
 * for `lint`, which changes nothing but what is reported.
 */
import * as vscode from 'vscode';
import { readCheckpointSettings } from '../../core/checkpoints/settings';
import { DIALECTS, RULE_SETS } from '../../core/lint/config';
import { severitiesOf } from '../../core/lint/configFile';
import { type ReadModelSettings, readModelSettings } from '../../core/modelSettings';
import { AUTONOMIES, type Settings, type SettingsValues } from '../../core/ports';
import { readLimits, readPrices } from '../../core/usage/settings';
import { Emitter } from '../../core/util/event';
import type { SettingKey } from '../manifest';

/** With less, not even a task and its spec fit. */
const LEAST_CONTEXT = 8000;

type Key<K extends string> = K extends `earshot.${infer Name}` ? Name : never;

export function readSetting<T>(key: Key<SettingKey>): T | undefined {
  return vscode.workspace.getConfiguration('earshot').get<T>(key);
}

export function writeSetting(key: Key<SettingKey>, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('earshot').update(key, value, vscode.ConfigurationTarget.Global);
}

/** With what is wrong in them. */
export function readModels(): ReadModelSettings {
  return readModelSettings({
    model: readSetting('model'),
    models: readSetting('models'),
    thinking: readSetting('thinking'),
    effort: readSetting('effort'),
  });
}

/** A value of the wrong type or outside its list is its safe default. */
function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((candidate) => candidate === value) ?? fallback;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string' && each !== '')
    : [];
}

function readAll(): SettingsValues {
  const maxTurns = readSetting<unknown>('maxTurns');
  return {
    ...readModels().values,
    baseUrl: String(readSetting<unknown>('baseUrl') ?? ''),
    sandbox: {
      mode: oneOf(readSetting('sandbox'), ['off', 'whenAvailable', 'required'], 'off'),
      hosts: textsIn(readSetting('sandboxHosts')),
    },
    autonomy: oneOf(readSetting('autonomy'), AUTONOMIES, 'supervised'),
    contextTokens: Math.max(LEAST_CONTEXT, Number(readSetting<unknown>('contextTokens')) || 150_000),
    limits: readLimits(readSetting('limits')),
    prices: readPrices(readSetting('prices')),
    webFetch: readSetting<unknown>('webFetch') === true,
    maxTurns: typeof maxTurns === 'number' && maxTurns >= 1 ? Math.floor(maxTurns) : 60,
    parallel: Math.min(8, Math.max(1, Math.floor(Number(readSetting('run.parallel')) || 1))),
    checkpoints: readCheckpointSettings({
      on: readSetting('checkpoints'),
      maxFileSize: readSetting('checkpointFileSize'),
      maxStoreSize: readSetting('checkpointStoreSize'),
      keep: readSetting('checkpointCount'),
      keepDays: readSetting('checkpointDays'),
    }),
    hooks: oneOf(readSetting('hooks'), ['auto', 'on', 'off'], 'auto'),
    lint: {
      dialect: oneOf(readSetting('lint.dialect'), DIALECTS, 'kiro'),
      rules: oneOf(readSetting('lint.rules'), RULE_SETS, 'recommended'),
      severities: severitiesOf(readSetting('lint.severities')),
    },
  };
}

export function createSettings(): Settings & vscode.Disposable {
  const changed = new Emitter<void>();
  /** Asked for many times in each turn of an agent, and the editor puts a value together anew each time. */
  let known: SettingsValues | undefined;
  const listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('earshot')) return;
    known = undefined;
    changed.fire();
  });
  return {
    get() {
      known ??= readAll();
      return known;
    },
    onDidChange: changed.event,
    dispose() {
      listener.dispose();
      changed.dispose();
    },
  };
}
