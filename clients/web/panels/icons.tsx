/** Drawn here, in one weight, so that nothing has to be fetched. All are decoration: the button says what it does. */
const PATHS = {
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c.4-4 2.8-6 6-6s5.6 2 6 6M16 4.5a3 3 0 0 1 0 6M17.5 14.3c2 .8 3.2 2.7 3.5 5.7',
  menu: 'M4 7h16M4 12h16M4 17h10',
  chat: 'M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-5 4v-4.1a2.5 2.5 0 0 1-2-2.4Z',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M5 12h13M13 6l6 6-6 6',
  wave: 'M8 13V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5a1.5 1.5 0 0 1 3 0V11m0-4a1.5 1.5 0 0 1 3 0v6.5c0 4-2.2 6.5-5.5 6.5-2.6 0-4-1.2-5.3-3.6L4.6 13a1.4 1.4 0 0 1 2.3-1.6L8 13',
  sit: 'M7 4v8h8.5M7 12v8M15.5 12a2 2 0 0 1 2 2v6',
  stand: 'M12 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12 7.5V15m0 0-3 5.5M12 15l3 5.5M8 10.5l4-.8 4 .8',
  door: 'M6 20V5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v15M4 20h16M14 12.5v.5',
  use: 'M9 12.5 11 15l4.5-6M5 5h14v14H5Z',
  left: 'M5 9a8 8 0 1 1-1 5M5 4v5h5',
  right: 'M19 9a8 8 0 1 0 1 5M19 4v5h-5',
  view: 'M12 3 4 7.5v9L12 21l8-4.5v-9L12 3Zm0 9.5V21M12 12.5 4 7.5m8 5 8-5',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
