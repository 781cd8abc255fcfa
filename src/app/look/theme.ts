/**
 * Mantine's theme. Ink is the primary colour, so that hues stay free for networks. The CSS variables that follow
 * from it are written at build time (scripts/make-theme.ts): the policy of the page allows no inline style sheet.
 */
import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#f4f5f7',
  '#e1e5ea',
  '#c9ced6',
  '#a9b3c1',
  '#868f9c',
  '#66707f',
  '#525c69',
  '#363e49',
  '#1f252e',
  '#12161d',
];

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 0 },
  autoContrast: true,
  colors: { ink },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '15px', xl: '17px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '27px' },
  defaultRadius: '6px',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
});
