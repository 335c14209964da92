/** A diagram as a picture; one that cannot be drawn says why, above its source. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DiagramProps } from '../shared/diagrams';
import { Icon } from '../shared/icon';
import type { DiagramLook } from './diagrams';
import { loadDiagrams } from './loadDiagrams';
import { palette } from './palette';
import { isDark, onThemeChange } from './theme';
import { whyBroken } from './whyBroken';

type Drawn =
  | { readonly state: 'waiting' }
  | { readonly state: 'drawn'; readonly url: string; readonly width: number }
  | { readonly state: 'broken'; readonly message: string };

export function Diagram({ source }: DiagramProps): JSX.Element {
  const [look, setLook] = useState(lookNow);
  const [drawn, setDrawn] = useState<Drawn>({ state: 'waiting' });
  useEffect(() => onThemeChange(() => setLook(lookNow())), []);
  useEffect(() => {
    let current = true;
    const show = (next: Drawn): void => {
      if (current) setDrawn(next);
    };
    loadDiagrams()
      .then((diagrams) => diagrams.draw(source, look))
      .then(
        ({ svg, width }) =>
          show({ state: 'drawn', url: `data:image/svg+xml,${encodeURIComponent(svg)}`, width }),
        (error: unknown) =>
          show({ state: 'broken', message: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      current = false;
    };
  }, [source, look]);
  if (drawn.state === 'drawn') return <Picture source={source} url={drawn.url} width={drawn.width} />;
  return (
    <figure class="fence">
      {drawn.state === 'broken' && <Broken message={drawn.message} />}
      <pre class="scroller mono">
        <code>{source}</code>
      </pre>
    </figure>
  );
}

const lookNow = (): DiagramLook => ({ dark: isDark(), palette: palette() });

function Broken({ message }: { readonly message: string }): JSX.Element {
  const { reason, more } = whyBroken(message);
  return (
    <figcaption class="diagram-broken small">
      <Icon name="error" tone="err" small />
      <div>
        This diagram cannot be drawn{reason}
        {more !== undefined && (
          <details>
            <summary class="dim">What the parser says</summary>
            <pre class="scroller mono">{more}</pre>
          </details>
        )}
      </div>
    </figcaption>
  );
}

function Picture({
  source,
  url,
  width,
}: {
  readonly source: string;
  readonly url: string;
  readonly width: number;
}): JSX.Element {
  const [kind = ''] = source.trim().split(/\s/);
  return (
    <figure class="diagram">
      <div class="scroller">
        <img src={url} width={width || undefined} alt={`Diagram (${kind}). Its source is below.`} />
      </div>
      <details>
        <summary class="small dim">Source</summary>
        <pre class="scroller mono">{source}</pre>
      </details>
    </figure>
  );
}
