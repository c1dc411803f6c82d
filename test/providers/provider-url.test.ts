import { describe, expect, it } from 'vitest';

import { isAnswerableUrl, isPageUrl } from '../../src/providers/provider-url.ts';

describe("a provider's URL", () => {
  it.each([
    'https://example.com/done?a=b#c',
    'http://localhost:3000',
    'myapp://done',
    'com.example.app:/done',
    'intent://done#Intent;scheme=myapp;end',
    `https://example.com/${'x'.repeat(5_000)}`,
  ])('can be answered: %.60s', (url) => {
    expect(isAnswerableUrl(url)).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.com/%0aalert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/7',
    'file:///etc/passwd',
    'filesystem:https://example.com/temporary/x',
    'view-source:https://example.com',
    'jar:https://example.com/a.jar!/b',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'feed:javascript:alert(1)',
    'feed://example.com/x',
    'chrome://settings',
    'about:blank',
    'about://blank',
    'mailto:maria@example.com',
  ])('leads a browser to no place, and cannot be answered: %j', (url) => {
    expect([isPageUrl(url), isAnswerableUrl(url)]).toEqual([false, false]);
  });

  it.each([
    ['https://example.com/form', true],
    ['http://127.0.0.1:4011/form', true],
    ['http://[::1]:4011/form', true],
    ['http://localhost:4011/form', true],
    ['http://example.com/form', false],
    ['myapp://form', false],
    ['//evil.com', false],
  ])('can be a page’s, %s: %s', (url, isPage) => {
    expect(isPageUrl(url)).toBe(isPage);
  });

  it.each([
    '',
    'not a url',
    '//evil.com',
    'https:/example.com',
    'https:example.com',
    'done',
    '/done',
    'example.com/done',
    ' https://example.com',
    'https://example.com/a b',
  ])('is not absolute, or not written as one: %j', (url) => {
    expect(isAnswerableUrl(url)).toBe(false);
  });
});
