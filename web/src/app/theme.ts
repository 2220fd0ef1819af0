import { Badge, Button, type CSSVariablesResolver, createTheme, Input, type MantineColorsTuple } from '@mantine/core';
import i18next from 'i18next';

/** The colour of a wet whetstone: used for what can be acted on, nothing else. */
const stone: MantineColorsTuple = [
  '#eef6f5',
  '#dcebe9',
  '#b9d8d4',
  '#8fc1bb',
  '#66a9a2',
  '#43908a',
  '#2a7a74',
  '#15605c',
  '#0f4f4b',
  '#0a3c39',
];
const gray: MantineColorsTuple = [
  '#f6f7f7',
  '#eef0f1',
  '#e2e5e7',
  '#d2d7da',
  '#b6bdc2',
  '#8f989f',
  '#69737b',
  '#4d565e',
  '#363d44',
  '#22272c',
];
const dark: MantineColorsTuple = [
  '#d9dde1',
  '#b9bfc6',
  '#9ba3ac',
  '#78818b',
  '#3b424a',
  '#31373e',
  '#262b31',
  '#1a1e22',
  '#15181c',
  '#101316',
];

const CHINESE = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei"';
const FONT = `-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, ${CHINESE}, sans-serif`;
const MONO = `ui-monospace, SFMono-Regular, Menlo, "Cascadia Mono", Consolas, "Liberation Mono", ${CHINESE}, monospace`;

/** Asked whenever one is drawn, so it is in the language of the pages. */
const closeLabel = () => ({ 'aria-label': i18next.t('close') });

export const theme = createTheme({
  colors: { stone, gray, dark },
  primaryColor: 'stone',
  primaryShade: { light: 7, dark: 6 },
  black: '#22272c',
  defaultRadius: 5,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.45' },
    },
  },
  components: {
    Button: Button.extend({
      vars: (_, { size = 'sm' }) => ({
        root: size === 'sm' ? { '--button-height': '32px', '--button-padding-x': '14px' } : {},
      }),
    }),
    Input: Input.extend({
      vars: (_, { size = 'sm' }) => ({ wrapper: size === 'sm' ? { '--input-height': '34px' } : {} }),
    }),
    // The tinted title is too faint on its ground; the icon carries the colour.
    Alert: { styles: { label: { color: 'var(--mantine-color-text)' } } },
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 360 } },
    // Mantine's placeholder is a menu's child that a menu may not have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        styles: { title: { fontWeight: 600 } },
      },
    },
    // Mantine's is a `header` at the end of the body: beside the page's it would be a second banner.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    ModalCloseButton: { defaultProps: closeLabel },
    DrawerCloseButton: { defaultProps: closeLabel },
    Notification: { defaultProps: () => ({ closeButtonProps: closeLabel() }) },
    Drawer: { defaultProps: { position: 'right' } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 10 } },
    // A box that scrolls must be reached by the keyboard.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    Paper: { defaultProps: { withBorder: true, radius: 6 } },
  },
});

/** Colours by meaning, as text on the page's ground and as a ground of their own; every pair has a contrast of at least 4.5 : 1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfcfc',
    '--mantine-color-dimmed': '#5d666e',
    '--mantine-color-placeholder': '#69737b',
    '--mantine-color-anchor': '#15605c',
    '--mantine-color-error': '#b3261e',
    '--w-raised': '#ffffff',
    '--w-sunken': '#f1f3f4',
    '--w-line': '#e0e4e6',
    '--w-pass': '#1a6b3c',
    '--w-pass-ground': '#e4f4ea',
    '--w-fail': '#b3261e',
    '--w-fail-ground': '#fdebe9',
    '--w-none': '#7d5200',
    '--w-none-ground': '#fdf1d8',
    '--w-error': '#7a3c9c',
    '--w-error-ground': '#f5ebfa',
    '--w-info': '#2b5a94',
    '--w-info-ground': '#e8f0fa',
  },
  dark: {
    '--mantine-color-body': '#15181c',
    '--mantine-color-dimmed': '#9ba3ac',
    '--mantine-color-placeholder': '#8b949e',
    '--mantine-color-anchor': '#7dbdb6',
    '--mantine-color-error': '#f28b82',
    '--w-raised': '#1c2025',
    '--w-sunken': '#101316',
    '--w-line': '#2d333a',
    '--w-pass': '#6fcf97',
    '--w-pass-ground': '#16301f',
    '--w-fail': '#f28b82',
    '--w-fail-ground': '#3b1b19',
    '--w-none': '#e5b567',
    '--w-none-ground': '#352811',
    '--w-error': '#cf9fe8',
    '--w-error-ground': '#2f1e39',
    '--w-info': '#8fb8ea',
    '--w-info-ground': '#172a40',
  },
});
