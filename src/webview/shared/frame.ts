/** Drawing at most once a frame, however often something changes. */

/** A function that asks for `run` in the next frame; further calls until then change nothing. */
export function oncePerFrame(run: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      run();
    });
  };
}
