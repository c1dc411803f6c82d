// Runs before everything else, on whatever Node there is: the project's own comes with `npm ci` as an optional dependency.
const MINIMUM = 24;

if (Number(process.versions.node.split('.')[0]) < MINIMUM) {
  console.error(
    `This is Node ${process.versions.node}, and Node ${MINIMUM} or newer is needed. Install it, ` +
      'or run `npm ci` (without --omit=optional), which brings one for the commands of npm, such as `npm start`.',
  );
  process.exit(1);
}
