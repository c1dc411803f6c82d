import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sparticuz, { inflate } from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/**
 * A real Chromium, headless, that resolves no name but localhost and calls nobody by itself.
 * On Linux x64 it comes from npm, libraries and fonts included; elsewhere an installed Chrome is used.
 */
export async function startChromium(): Promise<Browser> {
  return chromium.launch({
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
    ...(process.platform === 'linux' && process.arch === 'x64' ? await unpacked() : { channel: 'chrome' }),
  });
}

const fontsConf = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

const packageRoot = new URL('../../node_modules/@sparticuz/chromium/', import.meta.url);

/** Unpacks the package once per version. A rename at the end, so that test files that run side by side see all of it or nothing. */
async function unpacked() {
  const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
    version: string;
  };
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  const home = join(cache, `chromium-${version}`);

  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const temporary = await mkdtemp(`${home}-`);
    await unpackInto(temporary);
    await writeFile(join(temporary, 'fonts', 'fonts.conf'), fontsConf(home)); // the package's own looks in /tmp
    await rename(temporary, home).catch(() => rm(temporary, { recursive: true })); // another one was faster
  }

  return {
    executablePath: join(home, 'chromium'),
    env: {
      ...process.env,
      // What a minimal Linux lacks: NSS, and any font at all, without which Chromium crashes.
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(home, 'fonts'),
    },
  };
}

/** The package unpacks into the temporary directory of the process and takes no other. */
async function unpackInto(directory: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = directory;
  try {
    await Promise.all([
      sparticuz.executablePath(),
      inflate(fileURLToPath(new URL('bin/al2023.tar.br', packageRoot))),
    ]);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
