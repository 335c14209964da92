/** The host's theme: is it a dark one, and which? */

export function isDark(): boolean {
  const { classList } = document.body;
  return classList.contains('vscode-dark') || classList.contains('vscode-high-contrast')
    ? !classList.contains('vscode-high-contrast-light')
    : false;
}

export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}
