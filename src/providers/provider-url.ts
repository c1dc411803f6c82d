/** What a browser runs, or reads from where it stands, instead of going there. */
const RUN = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'filesystem:',
  'view-source:',
  'jar:',
]);

/** Whether a URL that a provider gives us would be run by whoever follows it. Read as browsers read it, white space and all. */
export function isRunByBrowsers(url: string): boolean {
  return RUN.has(URL.parse(url)?.protocol ?? '');
}

/** Whether a provider's URL can be answered: absolute, of any scheme (`myapp://done`) but those that are run. */
export function isAnswerableUrl(url: string): boolean {
  return !/[\s\p{Cc}]/u.test(url) && URL.canParse(url) && !isRunByBrowsers(url);
}
