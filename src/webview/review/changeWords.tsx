/** What a change takes away and what it brings, in the words of the document. */
import type { JSX } from 'preact';
import { type ChangeLine, type ChangeWord, changeLines } from './changeLines';
import { type LookingWord, lookingWords } from './changeMarks';

export function ChangeWords({ words }: { readonly words: readonly ChangeWord[] }): JSX.Element {
  const lines = changeLines(words);
  if (lines === undefined) return <p class="change-words">{lookingWords(words).map(drawLooking)}</p>;
  return (
    <div class="change-words in-clauses">
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: ChangeLine }): JSX.Element {
  return (
    <p class={`clause role-${line.role}`}>
      <span class="keyword">{line.keywords.map(drawWord)}</span>
      <span class="clause-body">
        {' '}
        {line.pieces.map(({ kind, word }, index) => (
          <span key={index} class={kind === 'text' ? undefined : `part-${kind}`}>
            {drawWord(word, index)}
          </span>
        ))}
      </span>
    </p>
  );
}

/** As Markdown has it drawn. */
function drawLooking(word: LookingWord, index: number): JSX.Element {
  return word.looks.reduce((inner, Look) => <Look key={index}>{inner}</Look>, drawWord(word, index));
}

/** White space at its ends is not marked: it reads as a mark without a word. */
function drawWord({ text, is }: ChangeWord, index: number): JSX.Element {
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (is === 'kept' || core === '') return <span key={index}>{text}</span>;
  return (
    <span key={index}>
      {before}
      {is === 'gone' ? <del>{core}</del> : <ins>{core}</ins>}
      {after}
    </span>
  );
}
