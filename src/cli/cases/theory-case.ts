import type { CaseKind } from './golden-case.ts';
export const theoryCase: CaseKind = { name: 'theory', matches: () => false, compare: () => Promise.resolve({ checks: [], notes: [] }) };
