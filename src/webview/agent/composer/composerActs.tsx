/** Below the words: the model, what is asked first, Stop and Send. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../../protocol/agent';
import { Button } from '../../shared/button';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { asksForMore } from '../sessions/sessionWords';

export interface ComposerActsProps {
  readonly model: AgentModel;
  readonly acts: AgentActs;
  /** Why it cannot be sent now. */
  readonly blocked: string | undefined;
  readonly onSend: () => void;
}

const MODES = {
  ask: { word: 'Asks first', title: 'Asks before it writes or runs anything' },
  supervised: {
    word: 'Supervised',
    title: 'Asks before it runs anything. You keep or refuse what it wrote when its turn is over',
  },
  'edit-workspace': {
    word: 'Edits freely',
    title: 'Writes in the workspace without asking; asks before it runs anything',
  },
  'dev-shell': {
    word: 'Edits and tests',
    title: 'Writes without asking, and runs tests, builds and what only looks; asks before any other command',
  },
  autopilot: { word: 'Autopilot', title: 'Writes and runs without asking' },
} as const;

function limitWords(limit: AgentModel['autonomyLimit']): string {
  return limit === undefined || limit === 'autopilot'
    ? ''
    : `Your organisation allows at most “${MODES[limit].word}”. `;
}

export function ComposerActs({ model, acts, blocked, onSend }: ComposerActsProps): JSX.Element {
  const { session, autonomy, autonomyLimit, modelName } = model;
  const asks = autonomy !== 'autopilot';
  const mode = MODES[autonomy];
  const isSecond = session !== undefined && asksForMore(session);
  return (
    <div class="composer-acts">
      {modelName !== undefined && (
        <button
          type="button"
          class="bare-choice small dim"
          data-act="model"
          title={`Model: ${modelName}. Choose another.`}
          onClick={() => acts.post({ type: 'chooseModel' })}
        >
          <span class="choice-name">{modelName}</span>
          <Icon name="chevron-down" small />
        </button>
      )}
      <button
        type="button"
        class="bare-choice small dim autonomy"
        data-act="autonomy"
        title={`${mode.title}. ${limitWords(autonomyLimit)}Choose what it may do.`}
        onClick={() => acts.post({ type: 'chooseAutonomy' })}
      >
        <Icon name={asks ? 'shield' : 'play'} small />
        <span class="autonomy-word">{mode.word}</span>
        {autonomyLimit !== undefined && autonomyLimit !== 'autopilot' && <Icon name="lock" small />}
      </button>
      <span class="spacer" />
      {session?.status === 'running' && (
        <Button
          act="stopSession"
          look="inline"
          icon="debug-stop"
          label="Stop"
          title="Stop (Ctrl+Escape)"
          onPress={acts.stop}
        />
      )}
      <Button
        act="send"
        look={blocked || isSecond ? 'inline' : 'filled'}
        icon="send"
        label="Send"
        title="Send (Enter)"
        blocked={blocked}
        onPress={onSend}
      />
    </div>
  );
}
