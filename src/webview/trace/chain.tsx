/** The chain of one criterion: from its words through design, property, task and code to the test that proves it. */
import type { JSX } from 'preact';
import type { Level } from '../../core/trace/model';
import type {
  DraftableLevel,
  TraceCriterion,
  TraceLinkView,
  TraceModel,
  TracePlace,
} from '../../protocol/trace';
import { Button, IconButton } from '../shared/button';
import { Icon } from '../shared/icon';
import type { IconName } from '../shared/iconNames';
import { Clauses } from './clauses';
import { COLUMN_NAMES, COLUMNS, emptyCell, isSuspect } from './rows';

const ICONS: Readonly<Record<Level, IconName>> = {
  design: 'symbol-structure',
  property: 'symbol-property',
  task: 'checklist',
  code: 'file-code',
  test: 'beaker',
};

const MISSING: Readonly<Record<Level, string>> = {
  design: 'No section of the design names it',
  property: 'No property validates it',
  task: 'No task names it',
  code: 'No code says that it implements it',
  test: 'No test names it, nor a property of it',
};

const DRAFTS: Readonly<Record<DraftableLevel, string>> = {
  design: 'Asks for a revision of design.md that you take or leave',
  property: 'Asks for a revision of design.md that you take or leave',
  task: 'Asks for a revision of tasks.md that you take or leave',
  test: 'Writes the request into the agent’s input; you send it',
};

const ABSENT: Readonly<Record<Level, string>> = {
  design: 'Sections need not name criteria',
  property: 'Nothing here is stated as a property',
  task: 'There are no tasks yet',
  code: 'No code here says what it implements',
  test: 'Tests are not known',
};

export interface ChainProps {
  readonly criterion: TraceCriterion;
  readonly model: TraceModel;
  readonly onOpen: (place: TracePlace) => void;
  readonly onConfirm: () => void;
  readonly onDraft: (level: DraftableLevel) => void;
  readonly onClose: () => void;
}

export function Chain({ criterion, model, onOpen, onConfirm, onDraft, onClose }: ChainProps): JSX.Element {
  return (
    <aside class="chain" aria-label={`Chain of ${criterion.id}`}>
      <div class="chain-head">
        <h2 class="tabular">{criterion.id}</h2>
        {criterion.pattern !== 'none' && <span class="tag">{criterion.pattern}</span>}
        <span class="spacer" />
        <IconButton
          icon="go-to-file"
          label="Open the criterion (Enter)"
          onPress={() => onOpen(criterion.place)}
        />
        <IconButton icon="close" label="Close (Esc)" onPress={onClose} />
      </div>
      <div class="chain-body scroller">
        <Clauses criterion={criterion} />
        <ol class="nodes">
          {COLUMNS.map((level) => (
            <Node key={level} {...{ level, criterion, model, onOpen, onDraft }} />
          ))}
        </ol>
      </div>
      {isSuspect(criterion) && (
        <div class="chain-acts">
          <Button look="filled" label="Still right" shortcut="A" act="confirm" onPress={onConfirm} />
          <p class="meta dim">You looked: these links are right for what the criterion says now.</p>
        </div>
      )}
    </aside>
  );
}

interface NodeProps {
  readonly level: Level;
  readonly criterion: TraceCriterion;
  readonly model: TraceModel;
  readonly onOpen: (place: TracePlace) => void;
  readonly onDraft: (level: DraftableLevel) => void;
}

function Node({ level, criterion, model, onOpen, onDraft }: NodeProps): JSX.Element {
  const { links } = criterion.cells[level];
  const empty = links.length > 0 ? undefined : emptyCell(level, model);
  const suspect = links.some(({ status }) => status === 'suspect');
  const kind = suspect ? 'suspect' : links.length > 0 ? 'covered' : (empty ?? 'none');
  return (
    <li class={`node is-${kind}`}>
      <span class="node-mark">
        <Icon name={ICONS[level]} small />
      </span>
      <div class="node-head">
        <span class="small dim">{COLUMN_NAMES[level]}</span>
        <NodeState kind={kind} />
      </div>
      {links.map((link, index) => (
        <Link key={index} link={link} onOpen={onOpen} />
      ))}
      {empty === 'none' && (
        <p class="small">
          {MISSING[level]}.{' '}
          {level !== 'code' && (
            <button type="button" class="link" title={DRAFTS[level]} onClick={() => onDraft(level)}>
              Draft one
            </button>
          )}
        </p>
      )}
      {empty === 'na' && <p class="small dim">{ABSENT[level]}</p>}
      {empty === 'reading' && <p class="small dim">Reading code…</p>}
    </li>
  );
}

function NodeState({ kind }: { readonly kind: string }): JSX.Element | null {
  if (kind === 'suspect')
    return (
      <span class="small tone-warn">
        <Icon name="question" tone="warn" small /> suspect
      </span>
    );
  if (kind === 'none')
    return (
      <span class="small dim">
        <Icon name="circle-slash" tone="dim" small /> missing
      </span>
    );
  return null;
}

function Link({
  link,
  onOpen,
}: {
  readonly link: TraceLinkView;
  readonly onOpen: (place: TracePlace) => void;
}): JSX.Element {
  const { label, by, reason, place } = link;
  return (
    <p class="node-link">
      <button type="button" class={'path' in place ? 'link mono' : 'link'} onClick={() => onOpen(place)}>
        {label}
      </button>
      {by !== undefined && <span class="small dim"> proves {by}</span>}
      {reason !== undefined && <span class="small reason">{reason}</span>}
    </p>
  );
}
