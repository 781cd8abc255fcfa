/**
 * Writes Mantine's theme variables to src/app/generated/theme.css. At run time Mantine would put them into a
 * <style> element, which the page's content security policy refuses.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { theme } from '../src/app/look/theme.ts';

/** Colour families the page never uses: 14 × 10 shades and their variants, in two schemes. */
const UNUSED = ['red', 'pink', 'grape', 'violet', 'indigo', 'blue', 'cyan', 'teal', 'green', 'lime', 'yellow', 'orange'];
const resolved = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
const isUnused = (name: string): boolean => UNUSED.some((colour) => name.startsWith(`--mantine-color-${colour}-`));
for (const part of [resolved.variables, resolved.light, resolved.dark] as Record<string, string>[]) {
  for (const name of Object.keys(part)) if (isUnused(name)) delete part[name];
}
const css = `/* Written by scripts/make-theme.ts; do not edit. */\n${convertCssVariables(resolved, ':root')}\n`;
const folder = fileURLToPath(new URL('../src/app/generated/', import.meta.url));
const file = `${folder}theme.css`;
mkdirSync(folder, { recursive: true });
let before = '';
try {
  before = readFileSync(file, 'utf8');
} catch {
  // The first time there is none.
}
if (before !== css) writeFileSync(file, css);
