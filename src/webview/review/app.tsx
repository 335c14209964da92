/** The review panel: one document of a spec, and what stands between it and its approval. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReviewModel } from '../../protocol/review';
import { useEndAnchor } from '../shared/anchor';
import { useFocusKept } from '../shared/focus';
import { toggled, useKeptState } from '../shared/keptState';
import { Hints, KeysDialog } from '../shared/keysDialog';
import { useRoving } from '../shared/roving';
import { Composer } from './composer';
import { DocumentView } from './documentView';
import { FilterBar } from './filterBar';
import { filterChips, itemsOf, visible, visibleParts } from './filters';
import { Head } from './head';
import { hintsOf, KEY_LIST } from './keys';
import { missingRequest } from './missing';
import { blocksOf, cardsOf, partOf, stopsOf, stopsOfChanges } from './navigation';
import { Notices } from './notices';
import { objectionsSentence } from './refusals';
import { type ReviewHost, useActs } from './reviewActs';
import { useCommands } from './reviewCommands';
import { among } from './rounds';
import { RoundsView } from './roundsView';
import { StagedBar } from './stagedBar';
import { shownStep } from './summary';
import { SummaryBar } from './summaryBar';
import { readUiState } from './uiState';
import { useReviewKeys } from './useReviewKeys';
import { WaitingChanges } from './waitingChanges';
import { ITEM_NAMES } from './words';

export interface ReviewAppProps {
  readonly host: ReviewHost;
  readonly model: ReviewModel;
  /** Something the host could not do. */
  readonly error: string | undefined;
  readonly onErrorClosed: () => void;
}

export function ReviewApp({ host, model, error, onErrorClosed }: ReviewAppProps): JSX.Element {
  const [ui, patch] = useKeptState(readUiState, host.kept, host.keep, model.spec);
  const [keysOpen, setKeysOpen] = useState(false);
  const [target, setTarget] = useState<string>();
  const findBox = useRef<HTMLInputElement>(null);
  const filtered = ui.filters.length > 0 || ui.query.trim() !== '';
  const cards = useMemo(
    () => cardsOf(visible(model, ui.filters, ui.query), ui.folded, filtered),
    [model, ui.filters, ui.query, ui.folded],
  );
  // Those of another document are none of this one.
  const compared = useMemo(() => among(model.rounds, ui.compared), [model.rounds, ui.compared]);
  const parts = useMemo(() => visibleParts(model, ui.filters, ui.query), [model, ui.filters, ui.query]);
  const blocks = useMemo(() => blocksOf(cards, parts), [cards, parts]);
  const chips = useMemo(() => filterChips(model, ui.filters), [model, ui.filters]);
  const stops = useMemo(
    () =>
      compared
        ? stopsOfChanges(model.comparison?.changes ?? [])
        : [...stopsOfChanges(model.revision?.changes ?? []), ...stopsOf(blocks)],
    [blocks, model.revision, model.comparison, compared],
  );
  const missing = useMemo(() => missingRequest(model), [model]);
  const roving = useRoving(stops.map((stop) => stop.nav));
  useFocusKept(() => {
    if (roving.active !== undefined) roving.focus(roving.active);
  });
  const anchor = useEndAnchor(model.busy && shownStep(model)?.state === 'drafting');
  const context = { host, model, ui, patch, roving, stops, chips, findBox, cards, setKeysOpen, setTarget };
  const acts = useActs(context);
  useLayoutEffect(() => measureBar(anchor.scroller.current), []);
  // A revision that was asked for comes in sight, but not under the hands of who is writing.
  useLayoutEffect(() => {
    if (ui.writing === undefined) anchor.scroller.current?.scrollTo(0, 0);
  }, [model.shown, model.revision?.session]);
  useReviewKeys(model.revision !== undefined, useCommands(context, acts));
  useLayoutEffect(() => {
    const nav = target === undefined ? undefined : partOf(parts, target);
    if (nav === undefined) return;
    setTarget(undefined);
    roving.focus(nav);
  }, [target, parts]);
  useEffect(() => host.channel.post({ type: 'compare', rounds: compared }), [compared]);
  const hasList = itemsOf(model).length > 0;
  return (
    <main class="review" data-shown={model.shown}>
      <h1 class="visually-hidden">Review of {model.spec}</h1>
      <Head model={model} composing={ui.composing} onShow={acts.show} onAct={acts.act} />
      <SummaryBar model={model} onFilter={acts.showOnly} onJump={acts.jumpTo} />
      {hasList && !compared && (
        <FilterBar
          chips={chips}
          pressed={ui.filters}
          query={ui.query}
          findBox={findBox}
          what={ITEM_NAMES[model.shown]}
          allFolded={model.prose ? undefined : ui.folded.length > 0 && cards.every((card) => card.folded)}
          safeFixes={model.safeFixes}
          missing={missing?.count ?? 0}
          rounds={Math.max(0, model.rounds.length - 2)}
          onRounds={() => acts.stepRounds(-1)}
          onFixAll={acts.fixAll}
          onGenerate={acts.generateMissing}
          onToggle={(id) => patch({ filters: toggled(ui.filters, id) })}
          onQuery={(query) => patch({ query })}
          onFoldAll={acts.foldAll}
        />
      )}
      <div
        class="document scroller"
        id="document"
        role="tabpanel"
        aria-labelledby={`step-${model.shown}`}
        ref={anchor.scroller}
      >
        <div class="document-content" ref={anchor.content}>
          <Notices
            model={model}
            refused={ui.refused}
            acts={acts}
            error={error}
            onErrorClosed={onErrorClosed}
          />
          <div class="list" ref={roving.container}>
            {compared ? (
              <RoundsView
                rounds={model.rounds}
                compared={compared}
                comparison={model.comparison}
                active={roving.active}
                onCompare={acts.compare}
                onFocus={roving.activate}
              />
            ) : (
              <>
                <WaitingChanges model={model} ui={ui} active={roving.active} acts={acts} />
                <DocumentView
                  model={model}
                  cards={cards}
                  blocks={blocks}
                  chips={chips}
                  filters={ui.filters}
                  query={ui.query}
                  active={roving.active}
                  acts={acts.list}
                  parts={parts}
                  opened={ui.opened}
                  writing={ui.writing}
                  onAct={acts.act}
                  onClear={acts.clearFilter}
                />
              </>
            )}
          </div>
        </div>
      </div>
      <StagedBar
        model={model}
        quiet={ui.composing}
        onSend={acts.sendComments}
        onResolve={(all) => acts.list.resolve(all, true)}
      />
      {ui.composing && (
        <Composer
          fileName={shownStep(model)?.fileName ?? ''}
          text={ui.request}
          also={objectionsSentence(model)}
          onText={(request) => patch({ request })}
          onSend={acts.sendRequest}
          onCancel={acts.closeComposer}
        />
      )}
      <Hints keys={hintsOf({ list: hasList, document: isThere(model) })} onAll={() => setKeysOpen(true)} />
      {keysOpen && <KeysDialog keys={KEY_LIST} onClose={() => setKeysOpen(false)} />}
    </main>
  );
}

function isThere(model: ReviewModel): boolean {
  return !model.busy && shownStep(model)?.state !== 'missing';
}

function measureBar(box: HTMLElement | null): void {
  if (box) box.style.setProperty('--bar', `${box.offsetWidth - box.clientWidth}px`);
}
