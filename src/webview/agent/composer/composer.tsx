/** Where the person writes to the agent: words, mentions, pictures and commands. */

import type { JSX, TargetedClipboardEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Picture } from '../../../core/agent/turn/images';
import type { AgentModel } from '../../../protocol/agent';
import { takeFocus } from '../../shared/focus';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import type { Inbox } from '../inbox';
import { type CompletionItem, complete } from './completion';
import { CompletionList } from './completionList';
import { ComposerActs } from './composerActs';
import { PictureRow } from './pictureRow';
import { filesOf, readPictures } from './pictures';
import { parseSlash, SLASH_COMMANDS } from './slashCommands';
import type { Unsent } from './unsent';
import { useCompletion } from './useCompletion';

export interface ComposerProps {
  readonly model: AgentModel;
  readonly acts: AgentActs;
  readonly inbox: Inbox;
  readonly kept: Unsent;
  readonly onKeep: (unsent: Unsent) => void;
}

const NO_PICTURES: readonly Picture[] = [];

export function Composer({ model, acts, inbox, kept, onKeep }: ComposerProps): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(kept.words);
  const [cursor, setCursor] = useState(kept.words.length);
  const [pictures, setPictures] = useState(kept.pictures);
  const [problem, setProblem] = useState<string>();
  const sent = useRef({ text: '', pictures: NO_PICTURES });

  const write = (next: string, at = next.length): void => {
    setText(next);
    setCursor(at);
  };
  const done = (): void => {
    write('');
    setPictures(NO_PICTURES);
    setProblem(undefined);
  };
  const runCommand = (name: string, argument: string): void => {
    const command = SLASH_COMMANDS.find((each) => each.name === name);
    if (!command && model.commands?.some((each) => each.name === name)) {
      done();
      acts.post({ type: 'command', session: model.session?.id, name, argument });
      return;
    }
    const why = command ? command.blocked?.(model) : `There is no command /${name}. Type / to see them all.`;
    if (why !== undefined) {
      setProblem(why);
      return;
    }
    done();
    command?.run(acts, argument);
  };
  const pick = (item: CompletionItem): void => {
    const { token } = completion ?? {};
    if (item.command !== undefined) runCommand(item.command, '');
    if (item.command !== undefined || !token) return;
    const next = complete(text, token, cursor, item.insert);
    write(next.text, next.cursor);
  };
  const { completion, onKeyDown: onCompletionKey } = useCompletion({
    text,
    cursor,
    kinds: model.mentions ?? [],
    commands: model.commands ?? [],
    ask: inbox.ask,
    onPick: pick,
  });
  const blocked = blockedBy(model, text, pictures);
  const send = (): void => {
    const command = commandIn(text, model);
    if (command) runCommand(command.name, command.argument);
    if (command || blocked !== undefined) return;
    sent.current = { text, pictures };
    acts.say(text.trim(), pictures);
    done();
  };

  useGrowing(area, text, cursor);
  useLayoutEffect(() => onKeep({ words: text, pictures }), [text, pictures]);
  useEffect(() => {
    const told = inbox.take();
    if (!told) return;
    takeFocus(area.current);
    if (told.type === 'compose') {
      write(text.trim() === '' ? told.text : `${text}\n${told.text}`);
      setPictures([...pictures, ...(told.pictures ?? [])]);
      return;
    }
    setProblem(told.message);
    if (text !== '') return;
    write(sent.current.text);
    setPictures(sent.current.pictures);
  });

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (onCompletionKey(event)) return;
    const last = model.elsewhere ? undefined : model.session?.queued.at(-1);
    if (event.key === 'ArrowUp' && text === '' && last) acts.takeBack(last.message);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = async (event: TargetedClipboardEvent<HTMLTextAreaElement>): Promise<void> => {
    const files = filesOf(event.clipboardData);
    if (!files) return;
    event.preventDefault();
    const pasted = await readPictures(files, pictures.length);
    setPictures((before) => [...before, ...pasted.pictures]);
    setProblem(pasted.problem);
  };
  const listId = 'completions';
  return (
    <div class="composer-frame">
      {completion && (
        <CompletionList
          id={listId}
          items={completion.items}
          active={completion.active}
          none={completion.none}
          onPick={pick}
        />
      )}
      {problem !== undefined && (
        <p class="composer-problem small" role="alert">
          <Icon name="error" tone="err" small />
          {problem}
        </p>
      )}
      <div class="composer">
        <PictureRow
          pictures={pictures}
          onRemove={(index) => setPictures(pictures.filter((_, each) => each !== index))}
        />
        <textarea
          ref={area}
          class="composer-text scroller"
          rows={1}
          aria-label="Message to the agent"
          aria-controls={completion ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={completion?.items.length ? `${listId}-${completion.active}` : undefined}
          placeholder={placeholderOf(model)}
          value={text}
          onInput={(event) => {
            setProblem(undefined);
            write(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <ComposerActs model={model} acts={acts} blocked={blocked} onSend={send} />
      </div>
    </div>
  );
}

/** Undefined: it is a message, also one that calls guidance by its name. */
function commandIn(text: string, { commands = [] }: AgentModel): ReturnType<typeof parseSlash> {
  const written = parseSlash(text);
  const isOurs = SLASH_COMMANDS.some(({ name }) => name === written?.name);
  const isSaid = commands.some(({ name, said }) => said && name === written?.name);
  return isSaid && !isOurs ? undefined : written;
}

function blockedBy(model: AgentModel, text: string, pictures: readonly Picture[]): string | undefined {
  if (model.off !== undefined) return model.off;
  return text.trim() === '' && pictures.length === 0 ? 'Write something first' : undefined;
}

function placeholderOf({ session }: AgentModel): string {
  if (!session) return 'Ask or tell (# mention, / command)';
  if (session.status === 'running') return 'Steer (# mention, / command)';
  if (session.started.kind === 'chat') return 'Go on (# mention, / command)';
  return 'Go on in a copy of this session';
}

type Area = { readonly current: HTMLTextAreaElement | null };

/** Grows with its text up to the limit in the style sheet; the cursor goes where a completion put it. */
function useGrowing(area: Area, text: string, cursor: number): void {
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.setProperty('height', 'auto');
    box.style.setProperty('height', `${box.scrollHeight}px`);
    if (
      document.activeElement === box &&
      box.selectionStart !== cursor &&
      box.selectionStart === box.selectionEnd
    )
      box.setSelectionRange(cursor, cursor);
  }, [text]);
}
