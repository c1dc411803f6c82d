// Runs in the browser, after graphiql.js has set the global YogaGraphiQL.
const { tabs, words, ...options } = JSON.parse(document.querySelector('#playground').textContent);

// Workers are files of this service: the page's policy allows nothing else.
globalThis.MonacoEnvironment = { getWorkerUrl: (_module, label) => `/graphiql/${label}.worker.js` };

// Of our own, because many a GraphiQL has run on localhost before, and its tabs are not ours.
const prefix = 'onboarding-subgraph:';
const ownKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
const storage = {
  getItem: (key) => localStorage.getItem(prefix + key),
  setItem: (key, value) => localStorage.setItem(prefix + key, value),
  removeItem: (key) => localStorage.removeItem(prefix + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

// Tabs that were kept may tell of an earlier run of the service: who answered then, and keys that have done their work.
// They are not in GraphiQL's storage, whose «Clear data» forgets the tabs and shows these again.
const earlierWords = JSON.parse(localStorage.getItem('onboarding-subgraph-words')) ?? [];
const kept = storage.getItem('graphiql:tabState');
if (kept) {
  const renewed = earlierWords.reduce(
    (text, word, index) => text.replaceAll(word, words[index] ?? word),
    kept,
  );
  storage.setItem('graphiql:tabState', renewed);
}
localStorage.setItem('onboarding-subgraph-words', JSON.stringify(words));

// GraphiQL keeps the visitor's tabs, and ours are for the first visit (and after «Clear data» in its settings).
// It has to be told the active tab's content: else it forgets the first tab's variables, and opens an empty tab at each reload.
const stored = JSON.parse(storage.getItem('graphiql:tabState'));
const active = stored?.tabs[stored.activeTabIndex] ?? tabs[0];

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  ...options,
  storage,
  defaultTabs: tabs,
  query: active.query ?? '',
  variables: active.variables ?? '',
  shouldPersistHeaders: false, // they may hold credentials
  onEditQuery() {}, // instead of writing the query, which may hold personal data, into the address
});
