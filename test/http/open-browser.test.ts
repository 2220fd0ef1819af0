import { describe, expect, it } from 'vitest';
import { openerFor } from '../../server/http/open-browser.ts';

describe('openerFor', () => {
  it('knows the program of each system', () => {
    expect(openerFor('darwin', {})).toEqual(['open']);
    expect(openerFor('win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler']);
    expect(openerFor('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
    expect(openerFor('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
  });

  it('opens nothing where there is no screen or nobody looks', () => {
    expect(openerFor('linux', {})).toBeNull();
    expect(openerFor('darwin', { CI: 'true' })).toBeNull();
  });
});
