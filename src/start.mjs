// The production command. A Node that is too old cannot read src/main.ts, not even to say so.
import '../scripts/check-node.mjs';
await import('./main.ts');
