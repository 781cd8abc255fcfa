import type { CaseKind } from './golden-case.ts';
export const compositeCase: CaseKind = { name: 'composite', matches: () => false, compare: () => Promise.resolve({ checks: [], notes: [] }) };
