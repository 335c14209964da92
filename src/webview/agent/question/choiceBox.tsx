/** A question of the model's, in its place in the log: options to press, and room for words. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Choice } from '../../../core/agent/session/events';
import type { ToolItem } from '../../../core/agent/session/sessionState';
import { Button } from '../../shared/button';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { nothingHidden } from '../log/output';

export interface ChoiceBoxProps {
  readonly call: ToolItem;
  readonly choice: Choice;
  readonly acts: AgentActs;
}

export function ChoiceBox({ call, choice, acts }: ChoiceBoxProps): JSX.Element {
  const [words, setWords] = useState('');
  const [answered, setAnswered] = useState(false);
  const blocked = answered ? 'Answered' : undefined;
  const id = `choice-${call.call}`;
  const answer = (text: string): void => {
    if (answered || text.trim() === '') return;
    setAnswered(true);
    acts.choose(call.call, text.trim());
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    answer(words);
  };
  return (
    <div class="question" role="alertdialog" aria-labelledby={`${id}-title`} aria-describedby={id}>
      <div class="question-head">
        <Icon name="question" tone="info" />
        <h2 id={`${id}-title`}>The agent asks</h2>
      </div>
      <p id={id} class="choice-words">
        {nothingHidden(choice.question)}
      </p>
      <div class="choice-options">
        {choice.options.map((option, index) => (
          <Button
            key={`${index} ${option}`}
            // Where the keys between questions stop.
            act={index === 0 ? 'once' : 'option'}
            label={nothingHidden(option)}
            blocked={blocked}
            onPress={() => answer(option)}
          />
        ))}
      </div>
      <div class="choice-other">
        <input
          class="text-input"
          aria-label="Answer in words"
          placeholder={choice.options.length > 0 ? 'Something else' : 'Your answer'}
          value={words}
          disabled={answered}
          onInput={(event) => setWords(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button
          act="say"
          label="Answer"
          blocked={blocked ?? (words.trim() === '' ? 'Write an answer first' : undefined)}
          onPress={() => answer(words)}
        />
      </div>
    </div>
  );
}
