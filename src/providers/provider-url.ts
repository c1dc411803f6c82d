/** What a browser runs, or reads from where it stands, or opens within itself, instead of going there. */
const NOWHERE_TO_GO = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'filesystem:',
  'view-source:',
  'jar:',
  'feed:',
  'about:',
  'chrome:',
  'chrome-extension:',
  'moz-extension:',
  'edge:',
  'resource:',
  'devtools:',
]);

/** Of http(s) with its host, and of an app with at least a slash: `feed:javascript:…` and `mailto:…` lead to no place. */
const WRITTEN_AS_A_PLACE = /^(?:https?:\/\/|(?!https?:)[a-z][a-z\d+.-]*:\/)[^\s\p{Cc}]+$/iu;

/** Whether a provider's URL can be answered: absolute, http(s) or of an app's scheme (`myapp://done`), and none of a browser's own. */
export function isAnswerableUrl(url: string): boolean {
  return WRITTEN_AS_A_PLACE.test(url) && !NOWHERE_TO_GO.has(URL.parse(url)?.protocol ?? 'about:');
}

const THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a provider's URL can be that of a page: https, or http on this machine, where the sandbox is. */
export function isPageUrl(url: string): boolean {
  const { protocol, hostname = '' } = (isAnswerableUrl(url) && URL.parse(url)) || {};
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.test(hostname));
}
