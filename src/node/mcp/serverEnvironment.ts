/** What a server knows of the environment: enough to run, none of the secrets that lie around in it. */
const INHERITED = new Set(
  (
    'HOME LOGNAME PATH SHELL TERM USER LANG LC_ALL LC_CTYPE TMPDIR TZ ' +
    'APPDATA HOMEDRIVE HOMEPATH LOCALAPPDATA PROCESSOR_ARCHITECTURE PROGRAMDATA PROGRAMFILES SYSTEMDRIVE SYSTEMROOT ' +
    'TEMP TMP USERNAME USERPROFILE COMSPEC PATHEXT ' +
    'HTTP_PROXY HTTPS_PROXY NO_PROXY NODE_EXTRA_CA_CERTS SSL_CERT_FILE'
  ).split(' '),
);

export function serverEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  // A function of the shell would be run by the next one.
  for (const [name, value] of Object.entries(parent))
    if (value !== undefined && INHERITED.has(name.toUpperCase()) && !value.startsWith('()'))
      result[name] = value;
  return { ...result, ...own };
}
