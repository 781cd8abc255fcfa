/** `npm run reference`: writes docs/settings.md from the declarations of the settings. */
import { writeFileSync } from 'node:fs';
import { reference } from './settings-page.ts';

writeFileSync(new URL('../../docs/settings.md', import.meta.url), reference());
